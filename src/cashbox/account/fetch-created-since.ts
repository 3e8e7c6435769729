/** Account.fetchCreatedSince: lists the accounts made in a span of time. */
import { partOf } from '../../contract/selection';
import type { AccountOperations } from '../../contract/types.generated';
import type { Handler } from '../call';
import { MAX_PAGE_SIZE, toPage, toSpan } from '../paging';
import { noRecords } from '../returns';
import { loadAccounts } from './load-account';

/**
 * Those made in [timestamp, endTimestamp), in that order; without endTimestamp, until now. Without page and pageSize: the first page of
 * the largest size.
 * @throws Refusal `No matching records found.` (documented) · what is wrong with the span or the page
 *   (decided)
 */
export const fetchCreatedSince: Handler<AccountOperations['fetchCreatedSince']> = async (call) => {
  const page = toPage(call.input, { page: 0, pageSize: MAX_PAGE_SIZE });
  const reader = call.store.reader(call.merchant.id);
  const span = toSpan(call.input, reader.now());
  if (partOf(call.selection, 'accounts') === undefined) return {};
  const accounts = await reader.listAccountsCreated(span, page);
  if (accounts.length === 0) throw noRecords();
  return { accounts: await loadAccounts(reader, accounts, 'accounts', call.selection) };
};
