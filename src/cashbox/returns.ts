/**
 * The Return catalogue: every returnCode and returnString that an operation refuses with, each
 * once. Strings are the vendor's where documented; the others are decided by analogy.
 */
import { Refusal } from '../contract/return';

const refuse = (returnString: string) => new Refusal(400, returnString);

/** Observed: what CashBox answers to wrong credentials. */
export const permissionDenied = () => new Refusal(403, 'Permission denied to domain "soap"');

/** The store failed where no documented string says so. */
export const storeFailed = (cause: { description: string }) =>
  new Refusal(500, `The store failed: ${cause.description}.`, { cause });

export const accountNotSpecified = () => refuse('Account not specified.');
export const baseAccountNotSpecified = () => refuse('Base Account not specified.');
export const accountNotFound = () => refuse('Account not found.');
export const entitlementNotSpecified = () => refuse('Entitlement not specified.');
export const merchantAccountIdNotSpecified = () =>
  refuse('Must specify merchantAccountId to load by!');
export const vidNotSpecified = () => refuse('Must specify VID to load by!');
/** The vendor's own wording names the VID whatever was looked for. */
export const noMatch = (id: string) => refuse(`Unable to load account by VID ${id}: No match.`);

/** An element within an object that cannot be kept without it. */
export const elementNotSpecified = (path: string) => refuse(`${path} not specified.`);
export const idTooLong = (path: string, limit: number) =>
  refuse(`${path} is longer than ${limit} bytes.`);

/** How changing an entitlement may fail. Each takes the cause in plain words, without a full stop. */
export interface ChangeStrings {
  readonly failed: (description: string) => Refusal;
  readonly notSaved: (description: string) => Refusal;
  readonly notReloaded: (description: string) => Refusal;
}

/** Decided, by analogy with revocation: the vendor's page could not be found. */
export const GRANT: ChangeStrings = {
  failed: (description) => refuse(`Entitlement grant failed: ${description}.`),
  notSaved: (description) =>
    refuse(`Failed to save Account after granting entitlement: ${description}.`),
  notReloaded: (description) =>
    refuse(`Failed to reload account after entitlement grant: ${description}.`),
};

/** Documented for Account.revokeEntitlement. */
export const REVOKE: ChangeStrings & { readonly notActive: () => Refusal } = {
  failed: (description) => refuse(`Entitlement revocation failed: ${description}.`),
  notActive: () => REVOKE.failed('Could not find active entitlement for revocation'),
  notSaved: (description) =>
    refuse(`Failed to save Account after revoking entitlement: ${description}.`),
  notReloaded: (description) =>
    refuse(`Failed to reload account after entitlement revocation: ${description}.`),
};
