/** Account.fetchByExternalId: finds an account by what another system calls it. */
import type { AccountOperations } from '../../contract/types.generated';
import type { Handler } from '../call';
import { noMatchBy, notSpecifiedToLoadBy } from '../returns';
import { requireIdLength } from '../../grants/id-limit';
import { loadAccount } from './load-account';

/**
 * Of several with that externalId the oldest.
 * @throws Refusal `Must specify externalId to load by!` · `Unable to load account by externalId "…":
 *   No match.` (decided)
 */
export const fetchByExternalId: Handler<AccountOperations['fetchByExternalId']> = async (call) => {
  const { externalId } = call.input;
  if (!externalId) throw notSpecifiedToLoadBy('externalId');
  requireIdLength('externalId', externalId);
  const reader = call.store.reader(call.merchant.id);
  const account = await reader.findAccountByExternalId(externalId);
  if (!account) throw noMatchBy('externalId', externalId);
  return { account: await loadAccount(reader, account, call.selection) };
};
