/** AutoBill.fetchByEmail: lists the AutoBills of the accounts with an e-mail address. */
import type { AutoBillOperations } from '../../contract/types.generated';
import { emailPages } from '../../store/pages';
import type { Handler } from '../call';
import { emailAddressNotSpecified, noMatchByEmail } from '../returns';
import { autoBillsOf } from './list-of-account';
import { requireAutoBills } from './present';

/**
 * The address as it was given, in upper and lower case; ended AutoBills included.
 * @throws Refusal `Must specify email address to load by!` · 404 `Unable to load account by
 *   emailAddress …: No match.` (decided, as of Account.fetchByEmail) · 404 `No AutoBills found for the
 *   Account.`
 */
export const fetchByEmail: Handler<AutoBillOperations['fetchByEmail']> = async (call) => {
  const { email } = call.input;
  if (!email) throw emailAddressNotSpecified();
  const reader = call.store.reader(call.merchant.id);
  const first = await reader.listAccountsByEmail(email, { after: undefined, limit: 1 });
  if (first.length === 0) throw noMatchByEmail(email);
  const pages = autoBillsOf(reader, emailPages(reader, email));
  return { autobills: await requireAutoBills(reader, pages, call) };
};
