/** Account.fetchByMerchantAccountId: finds an account by the merchant's own name for it. */
import type { AccountOperations } from '../../contract/types.generated';
import type { Handler } from '../call';
import { merchantAccountIdNotSpecified, noMatchBy } from '../returns';
import { requireIdLength } from '../../grants/id-limit';
import { loadAccount } from './load-account';

/**
 * @throws Refusal `Must specify merchantAccountId to load by!` (documented) · `Unable to load account by
 *   merchantAccountId "…":  No match.` (observed)
 */
export const fetchByMerchantAccountId: Handler<
  AccountOperations['fetchByMerchantAccountId']
> = async (call) => {
  const { merchantAccountId } = call.input;
  if (!merchantAccountId) throw merchantAccountIdNotSpecified();
  requireIdLength('merchantAccountId', merchantAccountId);
  const reader = call.store.reader(call.merchant.id);
  const account = await reader.findAccountByMerchantAccountId(merchantAccountId);
  if (!account) throw noMatchBy('merchantAccountId', merchantAccountId);
  return { account: await loadAccount(reader, account, call.selection) };
};
