/** AutoBill.fetchByEmail: lists the AutoBills of the accounts with an e-mail address. */
import type { AutoBillOperations } from '../../contract/types.generated';
import type { StoredAutoBill } from '../../store/auto-bills';
import type { Handler } from '../call';
import { noMatchBy, notSpecifiedToLoadBy } from '../returns';
import { loadAutoBills } from './present';

/**
 * The address as it was given, in upper and lower case; ended AutoBills included.
 * @throws Refusal `Must specify email to load by!` · `Unable to load account by email …: No match.`
 *   (decided, as of Account.fetchByEmail)
 */
export const fetchByEmail: Handler<AutoBillOperations['fetchByEmail']> = async (call) => {
  const { email } = call.input;
  if (!email) throw notSpecifiedToLoadBy('email');
  const reader = call.store.reader(call.merchant.id);
  const accounts = await reader.listAccountsByEmail(email);
  if (accounts.length === 0) throw noMatchBy('email', email);
  const autoBills: StoredAutoBill[] = [];
  for (const { id } of accounts) autoBills.push(...(await reader.autoBills.listByAccount(id)));
  return { autobills: await loadAutoBills(reader, autoBills, call) };
};
