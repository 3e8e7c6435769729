/** The AutoBills of the account that a request names. */
import type { Account } from '../../contract/types.generated';
import type { StoredAutoBill } from '../../store/auto-bills';
import { autoBillPages } from '../../store/pages';
import type { Reader, StoredAccount } from '../../store/store';
import { familyPages } from '../account/family';
import { lookUpAccount, requireName } from '../../grants/name-account';
import { AUTO_BILL } from '../returns';

/** Those of several accounts, one account's after another's. */
export async function* autoBillsOf(
  reader: Reader,
  accounts: AsyncIterable<readonly StoredAccount[]>,
): AsyncGenerator<StoredAutoBill[]> {
  for await (const page of accounts) {
    for (const account of page) {
      yield* autoBillPages(reader, account.id);
      await reader.pause();
    }
  }
}

/**
 * Its own, and those of its children where they are asked for.
 * @throws Refusal `Base Account not specified.` · `Unable to load account:  No match.`
 */
export async function findAutoBills(
  reader: Reader,
  {
    account: named,
    includeChildren,
  }: { readonly account?: Account | undefined; readonly includeChildren?: boolean | undefined },
): Promise<AsyncGenerator<StoredAutoBill[]>> {
  requireName(named);
  const account = await lookUpAccount(reader, named);
  if (!account) throw AUTO_BILL.noAccount();
  return autoBillsOf(reader, familyPages(reader, account, includeChildren));
}
