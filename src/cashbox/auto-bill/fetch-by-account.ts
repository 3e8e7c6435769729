/** AutoBill.fetchByAccount: lists the AutoBills of an account. */
import type { AutoBillOperations } from '../../contract/types.generated';
import type { Handler } from '../call';
import { MAX_PAGE_SIZE, toPage } from '../paging';
import { AUTO_BILL } from '../returns';
import { listOfAccount } from './list-of-account';
import { loadAutoBills } from './present';

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
  const autoBills = await listOfAccount(reader, call.input);
  const start = wanted ? wanted.page * wanted.pageSize : 0;
  const listed = wanted ? autoBills.slice(start, start + wanted.pageSize) : autoBills;
  if (listed.length === 0) throw AUTO_BILL.noneOfAccount();
  return { autobills: await loadAutoBills(reader, listed, call) };
};
