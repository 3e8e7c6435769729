/** BillingPlan.fetchAll: lists every billing plan, page by page. */
import { partOf } from '../../contract/selection';
import type { BillingPlanOperations } from '../../contract/types.generated';
import type { Handler } from '../call';
import { presentBillingPlan } from '../catalogue/present-item';
import { MAX_PAGE_SIZE, toPage } from '../paging';

/**
 * In the order in which they were made; an empty list where there are none. Without page and
 * pageSize: the first 1000.
 * @throws Refusal that names what is wrong with the page (decided)
 */
export const fetchAll: Handler<BillingPlanOperations['fetchAll']> = async (call) => {
  const page = toPage(call.input, { page: 0, pageSize: MAX_PAGE_SIZE });
  if (partOf(call.selection, 'billingPlans') === undefined) return {};
  const { catalogue } = call.store.reader(call.merchant.id);
  const plans = await catalogue.billingPlans.listPage(page);
  return { billingPlans: plans.map(presentBillingPlan) };
};
