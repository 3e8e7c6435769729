/** BillingPlan.fetchByMerchantEntitlementId: finds the plans that entitle to something. */
import type { BillingPlanOperations } from '../../contract/types.generated';
import type { Handler } from '../call';
import { BILLING_PLANS } from '../catalogue/kinds';
import { lookUpByEntitlementId } from '../catalogue/look-up';
import { loadBillingPlans } from './load-billing-plan';

/**
 * In the order in which they were made.
 * @throws Refusal `Must specify entitlement id.` (decided) · 404 `No BillingPlans found for
 *   entitlementId ….` (documented)
 */
export const fetchByMerchantEntitlementId: Handler<
  BillingPlanOperations['fetchByMerchantEntitlementId']
> = async (call) => {
  const reader = call.store.reader(call.merchant.id);
  const id = call.input.merchantEntitlementId;
  const plans = lookUpByEntitlementId(BILLING_PLANS, reader, id);
  return { billingPlans: await loadBillingPlans(plans) };
};
