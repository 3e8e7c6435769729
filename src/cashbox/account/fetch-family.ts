/** Account.fetchFamily: the parent and the children that an account belongs to. */
import { onePage } from '../../base/pages';
import { partOf } from '../../contract/selection';
import type { AccountOperations } from '../../contract/types.generated';
import type { Handler } from '../call';
import { childPages } from '../../store/pages';
import { nameOf } from '../../store/accounts';
import { findParent } from './family';
import { loadAccounts } from './load-account';
import { findNamedAccount } from '../../grants/name-account';

/**
 * Whichever of the family is named; an account without one is the parent of no child (decided).
 * @throws Refusal `Base Account not specified.` · `Account not found.`
 */
export const fetchFamily: Handler<AccountOperations['fetchFamily']> = async (call) => {
  const reader = call.store.reader(call.merchant.id);
  const account = await findNamedAccount(reader, call.input.account);
  const head = (await findParent(reader, account)) ?? account;
  // The schema requires a parent: even if srd leaves it out, it has its identifiers.
  const [parent = head] =
    (await loadAccounts(reader, onePage([head]), 'parent', call.selection)) ?? [];
  if (partOf(call.selection, 'child') === undefined) return { parent };
  const children = childPages(reader, nameOf(head));
  return { parent, child: await loadAccounts(reader, children, 'child', call.selection) };
};
