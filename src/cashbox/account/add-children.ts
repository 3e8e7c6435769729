/** Account.addChildren: makes accounts the children of another. */
import { partOf } from '../../contract/selection';
import type { AccountOperations } from '../../contract/types.generated';
import type { StoredAccount } from '../../store/store';
import type { Handler } from '../call';
import { childrenNotAdded } from '../returns';
import { nameOf, requireChildren, whyNotChild } from './family';
import { loadAccounts } from './load-account';
import { findNamedAccount, requireName } from './name-account';

/**
 * All of them or, where one is refused, none. With `force` a child is taken from another parent.
 * @throws Refusal `Base Account not specified.` · `Child Account not specified.` · `Account not
 *   found.` · `Failed to add children: ….` (decided)
 */
export const addChildren: Handler<AccountOperations['addChildren']> = async (call) => {
  const { parent: named, child: children = [], force = false } = call.input;
  requireName(named, 'parent');
  requireChildren(children);
  return call.store.transact(call.merchant.id, async (unit) => {
    const parent = await findNamedAccount(unit, named);
    const added: StoredAccount[] = [];
    for (const child of children) {
      const account = await findNamedAccount(unit, child);
      const reason = await whyNotChild(unit, parent, account, force);
      if (reason) throw childrenNotAdded(reason);
      await unit.setParent(account.id, nameOf(parent));
      added.push({ ...account, parentMerchantAccountId: nameOf(parent) });
    }
    if (partOf(call.selection, 'childAdded') === undefined) return {};
    return { childAdded: await loadAccounts(unit, added, 'childAdded', call.selection) };
  });
};
