/**
 * How changes of what accounts are granted are refused, by whichever API they come: each returnString once. They are
 * the vendor's where documented; the others are decided by analogy.
 */
import { Refusal } from '../base/refusal';

const refuse = (returnString: string) => new Refusal(400, returnString);

export const baseAccountNotSpecified = () => refuse('Base Account not specified.');
export const accountNotFound = () => refuse('Account not found.');
export const entitlementNotSpecified = () => refuse('Entitlement not specified.');
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

/** Documented for Account.extendEntitlementToDate; by interval decided, by analogy. */
export const EXTEND = {
  failed: (description: string) => refuse(`Entitlement extension failed: ${description}.`),
  dateNotSpecified: () => refuse('Extension date not specified.'),
  intervalNotSpecified: () => refuse('Extension interval not specified.'),
  notFound: () => refuse('Entitlement not found.'),
  dateNotConverted: (description: string) =>
    refuse(`Failed to convert extension date: ${description}.`),
  notSaved: (description: string) =>
    refuse(`Failed to save Account after entitlement extension: ${description}.`),
  notReloaded: (description: string) =>
    refuse(`Failed to reload account after entitlement extension: ${description}.`),
} satisfies ChangeStrings & Record<string, (description: string) => Refusal>;
