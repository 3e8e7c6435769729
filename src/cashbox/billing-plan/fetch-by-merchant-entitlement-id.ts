/** BillingPlan.fetchByMerchantEntitlementId: finds the plans that entitle to something. */
import type { BillingPlanOperations } from '../../contract/types.generated';
import type { Handler } from '../call';
import { BILLING_PLANS } from '../catalogue/kinds';
import { lookUpByEntitlementId } from '../catalogue/look-up';
import { presentBillingPlan } from '../catalogue/present-item';

/**
 * In the order in which they were made.
 * @throws Refusal `Must specify entitlement id.` (decided) · 404 `No BillingPlans found for
 *   entitlementId ….` (documented)
 */
export const fetchByMerchantEntitlementId: Handler<
  BillingPlanOperations['fetchByMerchantEntitlementId']
> = async (call) => {
  const { catalogue } = call.store.reader(call.merchant.id);
  const id = call.input.merchantEntitlementId;
  const plans = await lookUpByEntitlementId(BILLING_PLANS, catalogue, id);
  return { billingPlans: plans.map(presentBillingPlan) };
};
