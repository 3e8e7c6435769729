/** BillingPlan.fetchByBillingPlanStatus: lists the plans that are sold, or those that aren't. */
import type { BillingPlanOperations } from '../../contract/types.generated';
import type { Handler } from '../call';
import { presentBillingPlan } from '../catalogue/present-item';
import { BILLING_PLAN, notSpecifiedToLoadBy } from '../returns';

/**
 * In the order in which they were made.
 * @throws Refusal `Must specify status to load by!` · 404 `No BillingPlans found for Status = …`
 *   (decided)
 */
export const fetchByBillingPlanStatus: Handler<
  BillingPlanOperations['fetchByBillingPlanStatus']
> = async (call) => {
  const { status } = call.input;
  if (!status) throw notSpecifiedToLoadBy('status');
  const { catalogue } = call.store.reader(call.merchant.id);
  const plans = await catalogue.billingPlans.listByStatus(status);
  if (plans.length === 0) throw BILLING_PLAN.noneWithStatus(status);
  return { billingPlans: plans.map(presentBillingPlan) };
};
