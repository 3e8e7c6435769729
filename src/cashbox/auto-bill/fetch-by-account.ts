/** AutoBill.fetchByAccount: lists the AutoBills of an account. */
import type { AutoBillOperations } from '../../contract/types.generated';
import type { StoredAutoBill } from '../../store/auto-bills';
import type { Page } from '../../store/store';
import type { Handler } from '../call';
import { MAX_PAGE_SIZE, toPage } from '../paging';
import { findAutoBills } from './list-of-account';
import { requireAutoBills } from './present';

/**
 * Those of its children after its own, where they are asked for; ended ones included, in the order in
 * which they were made (decided). Without page and pageSize: all.
 * @throws Refusal `Base Account not specified.` · `Unable to load account:  No match.` (observed) ·
 *   404 `No AutoBills found for the Account.`, on a page past the end, too · what is wrong with the page
 */
export const fetchByAccount: Handler<AutoBillOperations['fetchByAccount']> = async (call) => {
  const { page, pageSize } = call.input;
  const all = page === undefined && pageSize === undefined;
  const wanted = all ? undefined : toPage(call.input, { page: 0, pageSize: MAX_PAGE_SIZE });
  const reader = call.store.reader(call.merchant.id);
  const pages = await findAutoBills(reader, call.input);
  const listed = wanted ? within(pages, wanted) : pages;
  return { autobills: await requireAutoBills(reader, listed, call) };
};

/** The AutoBills of one page. */
async function* within(
  pages: AsyncGenerator<StoredAutoBill[]>,
  { page, pageSize }: Page,
): AsyncGenerator<StoredAutoBill[]> {
  const start = page * pageSize;
  let passed = 0;
  for await (const rows of pages) {
    const shown = rows.slice(Math.max(0, start - passed), start + pageSize - passed);
    if (shown.length > 0) yield shown;
    passed += rows.length;
    if (passed >= start + pageSize) return;
  }
}
