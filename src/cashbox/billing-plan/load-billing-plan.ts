/** Reads billing plans as a reply shows them. */
import { listOrPages, mapPages } from '../../base/pages';
import { partOf } from '../../contract/selection';
import type { BillingPlan } from '../../contract/types.generated';
import type { StoredBillingPlan } from '../../store/catalogue';
import type { Call } from '../call';
import { presentBillingPlan } from '../catalogue/present-item';

/** @returns undefined when srd wants no billing plan */
export function loadBillingPlan(
  plan: StoredBillingPlan,
  { selection }: Pick<Call<unknown>, 'selection'>,
): BillingPlan | undefined {
  return partOf(selection, 'billingPlan') && presentBillingPlan(plan);
}

/** The same for a response with several. @throws what the reading of the pages throws */
export function loadBillingPlans(
  pages: AsyncGenerator<readonly StoredBillingPlan[]>,
): Promise<BillingPlan[]> {
  return listOrPages(mapPages(pages, (page) => page.map(presentBillingPlan)));
}
