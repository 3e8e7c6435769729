/** Account.addChildren: makes accounts the children of another. */
import { slicesOf } from '../../base/pages';
import { partOf } from '../../contract/selection';
import type { Work } from '../../base/work';
import type { Account, AccountOperations } from '../../contract/types.generated';
import { changeParent } from '../../ledger/record-account';
import type { StoredAccount, UnitOfWork } from '../../store/store';
import { type Handler, workOf } from '../call';
import { childrenNotAdded } from '../returns';
import { nameOf, requireChildren, whyNotChild } from './family';
import { findOrCreateAccount } from './find-or-create';
import { loadAccounts } from './load-account';
import { findNamedAccount, requireName } from '../../grants/name-account';

/** What a child costs that is made, in changes of an entitlement. */
const WEIGHT = 10;

/**
 * Parent and children that aren't there are made (observed). All of them are added or, where one is
 * refused, none. One that is named several times is added and answered once (decided). With `force` a
 * child is taken from another parent.
 * @throws Refusal `Base Account not specified.` · `Child Account not specified.` · `Account not
 *   found.` · `Failed to add children: ….` (decided)
 */
export const addChildren: Handler<AccountOperations['addChildren']> = async (call) => {
  const { parent: named, child: children = [], force = false } = call.input;
  requireName(named, 'parent');
  requireChildren(children);
  return call.store.transact(call.merchant.id, async (unit) => {
    const work = workOf(call, unit);
    const parent = await findOrMake(unit, named, 'parent', work);
    const added = new Map<number, StoredAccount>();
    for (const [index, child] of children.entries()) {
      await unit.pause(WEIGHT);
      const account = await findOrMake(unit, child, `child[${index + 1}]`, work);
      if (added.has(account.id)) continue;
      const reason = await whyNotChild(unit, parent, account, force);
      if (reason) throw childrenNotAdded(reason);
      await changeParent(unit, work, account, nameOf(parent));
      added.set(account.id, { ...account, parentMerchantAccountId: nameOf(parent) });
    }
    if (partOf(call.selection, 'childAdded') === undefined) return {};
    const accounts = slicesOf([...added.values()], (rows) => unit.pause(rows));
    return { childAdded: await loadAccounts(unit, accounts, 'childAdded', call.selection) };
  });
};

async function findOrMake(
  unit: UnitOfWork,
  named: Account,
  path: string,
  work: Work,
): Promise<StoredAccount> {
  // A VID is the server's own name: nothing is made by it.
  return named.VID ? findNamedAccount(unit, named) : findOrCreateAccount(unit, named, path, work);
}
