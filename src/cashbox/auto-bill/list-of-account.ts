/** The AutoBills of the account that a request names. */
import type { Account } from '../../contract/types.generated';
import type { StoredAutoBill } from '../../store/auto-bills';
import type { Reader, StoredAccount } from '../../store/store';
import { listFamily } from '../account/family';
import { lookUpAccount, requireName } from '../../grants/name-account';
import { AUTO_BILL } from '../returns';

/** Those of several accounts, one account's after another's. */
export async function listOfAccounts(
  reader: Reader,
  accounts: readonly StoredAccount[],
): Promise<StoredAutoBill[]> {
  const lists: StoredAutoBill[][] = [];
  for (const { id } of accounts) lists.push(await reader.autoBills.listByAccount(id));
  return lists.flat();
}

/**
 * Its own, and those of its children where they are asked for.
 * @throws Refusal `Base Account not specified.` · `Unable to load account:  No match.`
 */
export async function listOfAccount(
  reader: Reader,
  {
    account: named,
    includeChildren,
  }: { readonly account?: Account | undefined; readonly includeChildren?: boolean | undefined },
): Promise<StoredAutoBill[]> {
  requireName(named);
  const account = await lookUpAccount(reader, named);
  if (!account) throw AUTO_BILL.noAccount();
  return listOfAccounts(reader, await listFamily(reader, account, includeChildren));
}
