/**
 * Account.fetchByEmail: finds the accounts with an e-mail address.
 * Decided: docs/decisions/look-ups.md
 */
import { slicesOf } from '../../base/pages';
import type { AccountOperations } from '../../contract/types.generated';
import type { Handler } from '../call';
import { emailAddressNotSpecified, noMatchByEmail } from '../returns';
import { loadAccounts } from './load-account';

/**
 * The address as it was given, in upper and lower case; the account that was modified last
 * comes first (documented).
 * @throws Refusal `Must specify email address to load by!` · 404 `Unable to load account by
 *   emailAddress …: No match.` (documented)
 */
export const fetchByEmail: Handler<AccountOperations['fetchByEmail']> = async (call) => {
  const { emailAddress } = call.input;
  if (!emailAddress) throw emailAddressNotSpecified();
  const reader = call.store.reader(call.merchant.id);
  const accounts = await reader.listAccountsByEmail(emailAddress);
  if (accounts.length === 0) throw noMatchByEmail(emailAddress);
  const pages = slicesOf(accounts, (rows) => reader.pause(rows));
  return { accounts: await loadAccounts(reader, pages, 'accounts', call.selection) };
};
