/** The operations of Account that are implemented, each by its name in the contract. */
export { addChildren } from './add-children';
export { extendEntitlementByInterval } from './extend-entitlement-by-interval';
export { extendEntitlementToDate } from './extend-entitlement-to-date';
export { fetchByEmail } from './fetch-by-email';
export { fetchByExternalId } from './fetch-by-external-id';
export { fetchByMerchantAccountId } from './fetch-by-merchant-account-id';
export { fetchByVid } from './fetch-by-vid';
export { fetchCreatedSince } from './fetch-created-since';
export { fetchFamily } from './fetch-family';
export { grantEntitlement } from './grant-entitlement';
export { isEntitled } from './is-entitled';
export { removeChildren } from './remove-children';
export { revokeEntitlement } from './revoke-entitlement';
export { stopAutoBilling } from './stop-auto-billing';
export { transfer } from './transfer';
export { update } from './update';
