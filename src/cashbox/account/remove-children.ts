/** Account.removeChildren: parts children from their parent. */
import { cut } from '../../base/quote';
import { inUnits } from '../../batches/in-units';
import type { Account, AccountOperations } from '../../contract/types.generated';
import { changeParent } from '../../ledger/record-account';
import type { Reader, StoredAccount } from '../../store/store';
import { type Handler, workOf } from '../call';
import { childrenNotRemoved } from '../returns';
import { nameOf } from '../../store/accounts';
import { CHILDREN_OF_UNIT, requireChildren } from './family';
import { findNamedAccount, requireName } from '../../grants/name-account';

/** What a child costs, in changes of an entitlement. */
const WEIGHT = 5;

/**
 * All of them or, where one is refused, none. Many are removed in several units of work, when all of them can be.
 * @throws Refusal `Base Account not specified.` · `Child Account not specified.` · `Account not
 *   found.` · `Failed to remove children: ….` (decided)
 */
export const removeChildren: Handler<AccountOperations['removeChildren']> = async (call) => {
  const { store, merchant, input } = call;
  const { parent: named, child: children = [] } = input;
  requireName(named, 'parent');
  requireChildren(children);
  if (children.length > CHILDREN_OF_UNIT) {
    const reader = store.reader(merchant.id);
    const parent = await findNamedAccount(reader, named);
    const seen = new Set<number>();
    for (const named of children) {
      const child = await findChild(reader, parent, named);
      if (seen.has(child.id)) throw noChild(parent, child);
      seen.add(child.id);
    }
  }
  await inUnits(store, merchant.id, 0, async (unit, from) => {
    const work = workOf(call, unit);
    const parent = await findNamedAccount(unit, named);
    const to = from + CHILDREN_OF_UNIT;
    for (const child of children.slice(from, to)) {
      await changeParent(unit, work, await findChild(unit, parent, child), undefined);
    }
    return to < children.length ? to : undefined;
  });
  return {};
};

/** @throws Refusal `Account not found.` · `Failed to remove children: ….` */
async function findChild(
  reader: Reader,
  parent: StoredAccount,
  named: Account,
): Promise<StoredAccount> {
  await reader.pause(WEIGHT);
  const account = await findNamedAccount(reader, named);
  if (account.parentMerchantAccountId === nameOf(parent)) return account;
  throw noChild(parent, account);
}

const noChild = (parent: StoredAccount, account: StoredAccount) =>
  childrenNotRemoved(`${cut(nameOf(account))} is no child of ${cut(nameOf(parent))}`);
