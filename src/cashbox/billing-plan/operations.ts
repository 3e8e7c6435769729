/** The operations of BillingPlan that are implemented, each by its name in the contract. */
export { fetchAll } from './fetch-all';
export { fetchByBillingPlanStatus } from './fetch-by-billing-plan-status';
export { fetchByMerchantBillingPlanId } from './fetch-by-merchant-billing-plan-id';
export { fetchByMerchantEntitlementId } from './fetch-by-merchant-entitlement-id';
export { fetchByVid } from './fetch-by-vid';
export { update } from './update';
