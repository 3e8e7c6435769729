/** The account that an object of a request refers to, made where it isn't there. */
import type { Work } from '../../base/work';
import type { Account } from '../../contract/types.generated';
import type { StoredAccount, UnitOfWork } from '../../store/store';
import { accountNotFound, noMatchBy } from '../returns';
import { requireName } from '../../grants/name-account';
import { checkAccount, saveAccount } from './update';

/**
 * An account that is there stays as it is, whatever else the request says of it (decided).
 * @param path where it stands in the request, for messages
 * @throws Refusal `Base Account not specified.` · `Unable to load account by VID …` · `Account not
 *   found.` when VID and merchantAccountId are those of two · what a new account is refused for
 */
export async function findOrCreateAccount(
  unit: UnitOfWork,
  named: Account | undefined,
  path: string,
  work: Work,
): Promise<StoredAccount> {
  requireName(named, path);
  const { VID, merchantAccountId: id } = named;
  const byId = id ? await unit.findAccountByMerchantAccountId(id) : undefined;
  if (VID) {
    const account = await unit.findAccountByVid(VID);
    if (!account) throw noMatchBy('VID', VID);
    if (id && byId?.id !== account.id) throw accountNotFound();
    return account;
  }
  if (byId) return byId;
  checkAccount(named, path);
  return (await saveAccount(unit, named, work)).account;
}
