/** Account.fetchByVid: finds an account by the server's own name for it. */
import type { AccountOperations } from '../../contract/types.generated';
import type { Handler } from '../call';
import { noMatchBy, vidNotSpecified } from '../returns';
import { loadAccount } from './load-account';

/**
 * @throws Refusal `Must specify VID to load by!` (documented) · `Unable to load account by VID "…":  No
 *   match.` (observed)
 */
export const fetchByVid: Handler<AccountOperations['fetchByVid']> = async (call) => {
  const { vid } = call.input;
  if (!vid) throw vidNotSpecified();
  const reader = call.store.reader(call.merchant.id);
  const account = await reader.findAccountByVid(vid);
  if (!account) throw noMatchBy('VID', vid);
  return { account: await loadAccount(reader, account, call.selection) };
};
