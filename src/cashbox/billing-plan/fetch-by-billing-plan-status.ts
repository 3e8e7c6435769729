/** BillingPlan.fetchByBillingPlanStatus: lists the plans that are sold, or those that aren't. */
import type { BillingPlan, BillingPlanOperations } from '../../contract/types.generated';
import type { Handler } from '../call';
import { itemPages, requireSome } from '../catalogue/look-up';
import { BILLING_PLAN, notSpecifiedToLoadBy } from '../returns';
import { loadBillingPlans } from './load-billing-plan';

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
  const reader = call.store.reader(call.merchant.id);
  const { billingPlans } = reader.catalogue;
  const plans = itemPages<BillingPlan>(reader, (part) => billingPlans.listByStatus(status, part));
  const pages = requireSome(plans, () => BILLING_PLAN.noneWithStatus(status));
  return { billingPlans: await loadBillingPlans(pages) };
};
