/**
 * The Return catalogue: every returnCode and returnString that an operation refuses with, each
 * once; those about grants are with their rules. Strings are the vendor's where documented; the others are decided
 * by analogy.
 * Decided: docs/decisions/store-failures.md
 */
import { cut, quote } from '../base/quote';
import { notFound, Refusal } from '../base/refusal';

export * from '../grants/refusals';

const refuse = (returnString: string) => new Refusal(400, returnString);

/** Observed: CashBox's answer to wrong credentials. */
export const permissionDenied = () => new Refusal(403, 'Permission denied to domain "soap"');

/** The store failed where no documented string says so. */
export const storeFailed = (cause: { description: string }) =>
  new Refusal(500, `The store failed: ${cause.description}.`, { cause });

export const accountNotSpecified = () => refuse('Account not specified.');
/** Documented as far as the colon. */
export const accountNotUpdated = (reason: string) => refuse(`Failed to update Account: ${reason}.`);
export const merchantAccountIdNotSpecified = () =>
  refuse('Must specify merchantAccountId to load by!');
export const vidNotSpecified = () => refuse('Must specify VID to load by!');
/**
 * Observed with VID and merchantAccountId, both blanks included; the vendor's pages say it otherwise.
 * With externalId decided, by analogy.
 */
export const noMatchBy = (element: 'VID' | 'merchantAccountId' | 'externalId', value: string) =>
  refuse(`Unable to load account by ${element} ${quote(value)}:  No match.`);

/** Documented for Account.fetchByEmail; for AutoBill.fetchByEmail decided. */
export const emailAddressNotSpecified = () => refuse('Must specify email address to load by!');
/** Documented for Account.fetchByEmail; for AutoBill.fetchByEmail decided. */
export const noMatchByEmail = (address: string) =>
  notFound(`Unable to load account by emailAddress ${cut(address)}: No match.`);
/** Documented for Account.fetchCreatedSince. */
export const noRecords = () => refuse('No matching records found.');
export const childNotSpecified = () => refuse('Child Account not specified.');
export const childrenNotAdded = (reason: string) => refuse(`Failed to add children: ${reason}.`);
export const childrenNotRemoved = (reason: string) =>
  refuse(`Failed to remove children: ${reason}.`);
export const parentNotKept = (reason: string) => refuse(`Parent Account refused: ${reason}.`);
export const notTransferred = (reason: string) => refuse(`Account transfer failed: ${reason}.`);
export const notWithin = (path: string, least: number, most: number) =>
  refuse(`${path} must be from ${least} to ${most}.`);
export const isNegative = (path: string) => refuse(`${path} must not be negative.`);
export const endsBeforeStart = () => refuse('endTimestamp is before timestamp.');

/** An element within an object that cannot be kept without it. */
export const elementNotSpecified = (path: string) => refuse(`${path} not specified.`);
/** Something that an object has more often than it may. */
export const tooManyParts = (path: string, most: number) =>
  refuse(`${path}: there may be ${most} at most.`);
/** @param reason what it must be, without a full stop */
export const elementRefused = (path: string, reason: string) => refuse(`${path} ${reason}.`);

/** How naming a product or a billing plan may fail. */
export interface CatalogueStrings {
  readonly notSpecified: () => Refusal;
  /** VID and the merchant's name are those of two. */
  readonly notFound: () => Refusal;
  readonly noVid: (VID: string) => Refusal;
  readonly noMerchantId: (id: string) => Refusal;
  readonly notEntitling: (merchantEntitlementId: string) => Refusal;
  /** A page holds none. */
  readonly noneThere: () => Refusal;
}

/**
 * Observed, blanks and the code of each included: noVid, noMerchantId. Documented: notEntitling, and
 * that noneThere is 404. The rest is decided, by analogy.
 */
export const PRODUCT: CatalogueStrings = {
  notSpecified: () => refuse('Product not specified.'),
  notFound: () => refuse('Product not found.'),
  noVid: (VID) => notFound(`Unable to load product by VID ${quote(VID)} -  No match`),
  noMerchantId: (id) => refuse(`Unable to load product by sku ${quote(id)}:  No match`),
  notEntitling: (id) => notFound(`Could not load product for entitlement id ${cut(id)}.`),
  noneThere: () => notFound('No Products found.'),
};

/**
 * Observed, blanks included: noVid, noMerchantId. Documented: notEntitling, and that noneThere is 404.
 * The rest is decided, by analogy.
 */
export const BILLING_PLAN: CatalogueStrings & {
  readonly noneWithStatus: (status: string) => Refusal;
} = {
  notSpecified: () => refuse('BillingPlan not specified.'),
  notFound: () => refuse('BillingPlan not found.'),
  noVid: (VID) => notFound(`No BillingPlans found for Vid = ${cut(VID)}`),
  noMerchantId: (id) =>
    notFound(`No BillingPlans found for Merchant Billing Plan id  = ${cut(id)}`),
  notEntitling: (id) => notFound(`No BillingPlans found for entitlementId ${cut(id)}.`),
  noneThere: () => notFound('No BillingPlans found.'),
  noneWithStatus: (status) => notFound(`No BillingPlans found for Status = ${cut(status)}`),
};

/** Documented for Product.fetchByMerchantEntitlementId; for billing plans decided. */
export const entitlementIdNotSpecified = () => refuse('Must specify entitlement id.');
/** Decided, by analogy with merchantAccountId. */
export const notSpecifiedToLoadBy = (element: string) =>
  refuse(`Must specify ${element} to load by!`);
export const bundlesItself = () => refuse('Product refused: it is bundled with itself.');

/**
 * How calls about AutoBills are refused. Observed, blanks included, in replies that a client library
 * in the field keeps for its tests: notLoaded, noVid, noMerchantId, noAccount. Documented:
 * nothingToDelay, daysNotPositive, dateNotSpecified, notDelayedTo, and that noneOfAccount is 404. The rest is decided, by analogy.
 */
export const AUTO_BILL = {
  notSpecified: () => refuse('AutoBill not specified.'),
  notLoaded: () => refuse('Unable to load AutoBill:  .'),
  noVid: (vid: string) => refuse(`Unable to load autobill by VID ${quote(vid)}:  .`),
  noMerchantId: (id: string) => refuse(`Unable to find autobill by serial number ${cut(id)}: `),
  noAccount: () => refuse('Unable to load account:  No match.'),
  noneOfAccount: () => notFound('No AutoBills found for the Account.'),
  notSaved: (reason: string) => refuse(`Unable to save AutoBill: ${reason}.`),
  notCancelled: (reason: string) => refuse(`Unable to cancel AutoBill: ${reason}.`),
  notModified: (reason: string) => refuse(`Unable to modify AutoBill: ${reason}.`),
  nothingToDelay: () => refuse('Must specify AutoBill to delay billing for.'),
  daysNotPositive: () => refuse('Days to delay must be a positive integer.'),
  dateNotSpecified: () => refuse('Date to delay to must be specified and have a length.'),
  notDelayedTo: (reason: string) => refuse(`Unable to delay billing to date: ${reason}.`),
  notDelayedBy: (reason: string) => refuse(`Unable to delay billing by days: ${reason}.`),
};
