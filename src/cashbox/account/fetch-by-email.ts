/**
 * Account.fetchByEmail: finds the accounts with an e-mail address.
 * Decided: docs/decisions/look-ups.md
 */
import type { AccountOperations } from '../../contract/types.generated';
import { emailPages } from '../../store/pages';
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
  const pages = emailPages(reader, emailAddress);
  const accounts = await loadAccounts(reader, pages, 'accounts', call.selection);
  const none = accounts ? accounts.length === 0 : (await pages.next()).done;
  if (none) throw noMatchByEmail(emailAddress);
  return { accounts };
};
