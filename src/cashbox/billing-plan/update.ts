/** BillingPlan.update: creates a billing plan, or changes one. */
import type { BillingPlanOperations } from '../../contract/types.generated';
import { type Handler, workOf } from '../call';
import { BILLING_PLANS } from '../catalogue/kinds';
import { updateBillingPlan } from '../catalogue/update';
import { loadBillingPlan } from './load-billing-plan';

/**
 * Absent and empty elements stay as they are; nameValues are merged by name, the rest is replaced.
 * @throws Refusal `BillingPlan not specified.` · `… not specified.` of an element that cannot be kept
 *   without it · 404 `No BillingPlans found for Vid = …` · `BillingPlan not found.` when VID and
 *   merchantBillingPlanId name two plans
 */
export const update: Handler<BillingPlanOperations['update']> = async (call) => {
  const given = call.input.billingPlan;
  if (!given) throw BILLING_PLANS.strings.notSpecified();
  return call.store.transact(call.merchant.id, async (unit) => {
    const { item, created } = await updateBillingPlan(unit, given, workOf(call, unit));
    return { billingPlan: loadBillingPlan(item, call), created };
  });
};
