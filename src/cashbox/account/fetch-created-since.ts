/** Account.fetchCreatedSince: lists the accounts made in a span of time. */
import { partOf } from '../../contract/selection';
import type { AccountOperations } from '../../contract/types.generated';
import type { StoredAccount } from '../../store/store';
import type { Handler } from '../call';
import { MAX_PAGE_SIZE, partsOf, toPage, toSpan } from '../paging';
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
  // A span that is none is refused before anything is asked; the unit of work has the moment of its end.
  toSpan(call.input, 0);
  if (partOf(call.selection, 'accounts') === undefined) return {};
  // In a unit of work every account that is dated before it has been kept, by whichever process.
  const span = await call.store.transact(call.merchant.id, (unit) =>
    Promise.resolve(toSpan(call.input, unit.now())),
  );
  const reader = call.store.reader(call.merchant.id);
  const accounts = partsOf<StoredAccount>(
    page,
    (part) => reader.listAccountsCreated(span, part),
    (rows) => reader.pause(rows),
  );
  const loaded = await loadAccounts(reader, accounts, 'accounts', call.selection);
  if (loaded?.length === 0) throw noRecords();
  return { accounts: loaded };
};
