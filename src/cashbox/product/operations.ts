/** The operations of Product that are implemented, each by its name in the contract. */
export { fetchAll } from './fetch-all';
export { fetchByAccount } from './fetch-by-account';
export { fetchByMerchantEntitlementId } from './fetch-by-merchant-entitlement-id';
export { fetchByMerchantProductId } from './fetch-by-merchant-product-id';
export { fetchByVid } from './fetch-by-vid';
export { update } from './update';
