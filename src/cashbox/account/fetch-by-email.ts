/** Account.fetchByEmail: finds the accounts with an e-mail address. */
import type { AccountOperations } from '../../contract/types.generated';
import type { Handler } from '../call';
import { emailAddressNotSpecified, noMatchBy } from '../returns';
import { loadAccounts } from './load-account';

/**
 * The address as it was given, in upper and lower case; accounts in the order in which they were made.
 * @throws Refusal `Must specify emailAddress to load by!` · `Unable to load account by emailAddress
 *   …: No match.` (decided)
 */
export const fetchByEmail: Handler<AccountOperations['fetchByEmail']> = async (call) => {
  const { emailAddress } = call.input;
  if (!emailAddress) throw emailAddressNotSpecified();
  const reader = call.store.reader(call.merchant.id);
  const accounts = await reader.listAccountsByEmail(emailAddress);
  if (accounts.length === 0) throw noMatchBy('emailAddress', emailAddress);
  return { accounts: await loadAccounts(reader, accounts, 'accounts', call) };
};
