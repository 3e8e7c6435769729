/** Account.removeChildren: parts children from their parent. */
import { cut } from '../../base/quote';
import type { AccountOperations } from '../../contract/types.generated';
import { changeParent } from '../../ledger/record-account';
import { type Handler, workOf } from '../call';
import { childrenNotRemoved } from '../returns';
import { nameOf } from './family';
import { requireChildren } from './family';
import { findNamedAccount, requireName } from '../../grants/name-account';

/** What a child costs, in changes of an entitlement. */
const WEIGHT = 5;

/**
 * All of them or, where one is refused, none.
 * @throws Refusal `Base Account not specified.` · `Child Account not specified.` · `Account not
 *   found.` · `Failed to remove children: ….` (decided)
 */
export const removeChildren: Handler<AccountOperations['removeChildren']> = async (call) => {
  const { parent: named, child: children = [] } = call.input;
  requireName(named, 'parent');
  requireChildren(children);
  return call.store.transact(call.merchant.id, async (unit) => {
    const work = workOf(call, unit);
    const parent = await findNamedAccount(unit, named);
    for (const child of children) {
      await unit.pause(WEIGHT);
      const account = await findNamedAccount(unit, child);
      if (account.parentMerchantAccountId !== nameOf(parent)) {
        throw childrenNotRemoved(`${cut(nameOf(account))} is no child of ${cut(nameOf(parent))}`);
      }
      await changeParent(unit, work, account, undefined);
    }
    return {};
  });
};
