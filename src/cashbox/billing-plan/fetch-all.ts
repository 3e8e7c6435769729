/** BillingPlan.fetchAll: lists every billing plan, page by page. */
import { partOf } from '../../contract/selection';
import type { BillingPlanOperations } from '../../contract/types.generated';
import type { Handler } from '../call';
import { BILLING_PLANS } from '../catalogue/kinds';
import { listCataloguePage } from '../catalogue/look-up';
import { MAX_PAGE_SIZE, toPage } from '../paging';
import { loadBillingPlans } from './load-billing-plan';

/**
 * In the order in which they were made. Without page and pageSize: the first page of the
 * largest size.
 * @throws Refusal 404 `No BillingPlans found.`, on a page past the end, too · what is wrong with the page
 */
export const fetchAll: Handler<BillingPlanOperations['fetchAll']> = async (call) => {
  const page = toPage(call.input, { page: 0, pageSize: MAX_PAGE_SIZE });
  if (partOf(call.selection, 'billingPlans') === undefined) return {};
  const reader = call.store.reader(call.merchant.id);
  const plans = listCataloguePage(BILLING_PLANS, reader, page);
  return { billingPlans: await loadBillingPlans(plans) };
};
