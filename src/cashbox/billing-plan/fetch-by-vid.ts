/** BillingPlan.fetchByVid: finds a billing plan by the server's own name for it. */
import type { BillingPlanOperations } from '../../contract/types.generated';
import type { Handler } from '../call';
import { BILLING_PLANS } from '../catalogue/kinds';
import { lookUpByVid } from '../catalogue/look-up';
import { loadBillingPlan } from './load-billing-plan';

/** @throws Refusal `Must specify VID to load by!` · 404 `No BillingPlans found for Vid = …` (observed) */
export const fetchByVid: Handler<BillingPlanOperations['fetchByVid']> = async (call) => {
  const { catalogue } = call.store.reader(call.merchant.id);
  const plan = await lookUpByVid(BILLING_PLANS, catalogue, call.input.vid);
  return { billingPlan: loadBillingPlan(plan, call) };
};
