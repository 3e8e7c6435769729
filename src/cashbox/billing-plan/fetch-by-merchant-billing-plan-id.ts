/** BillingPlan.fetchByMerchantBillingPlanId: finds a plan by the merchant's own name for it. */
import type { BillingPlanOperations } from '../../contract/types.generated';
import type { Handler } from '../call';
import { BILLING_PLANS } from '../catalogue/kinds';
import { lookUpByMerchantId } from '../catalogue/look-up';
import { loadBillingPlan } from './load-billing-plan';

/**
 * @throws Refusal `Must specify merchantBillingPlanId to load by!` · 404 `No BillingPlans found for
 *   Merchant Billing Plan id  = …` (observed)
 */
export const fetchByMerchantBillingPlanId: Handler<
  BillingPlanOperations['fetchByMerchantBillingPlanId']
> = async (call) => {
  const { catalogue } = call.store.reader(call.merchant.id);
  const id = call.input.merchantBillingPlanId;
  const plan = await lookUpByMerchantId(BILLING_PLANS, catalogue, id);
  return { billingPlan: loadBillingPlan(plan, call) };
};
