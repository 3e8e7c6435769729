/** Account.addChildren: makes accounts the children of another. */
import { slicesOf } from '../../base/pages';
import { inUnits } from '../../batches/in-units';
import { partOf } from '../../contract/selection';
import type { Work } from '../../base/work';
import type { Account, AccountOperations } from '../../contract/types.generated';
import { changeParent } from '../../ledger/record-account';
import type { Reader, StoredAccount, UnitOfWork } from '../../store/store';
import { type Call, type Handler, workOf } from '../call';
import { childrenNotAdded } from '../returns';
import { nameOf } from '../../store/accounts';
import { CHILDREN_OF_UNIT, requireChildren, whyNotChild } from './family';
import { findOrCreateAccount } from './find-or-create';
import { loadAccounts } from './load-account';
import { checkAccount } from './update';
import { findNamedAccount, lookUpAccount, requireName } from '../../grants/name-account';

/** What a child costs that is made, in changes of an entitlement. */
const WEIGHT = 10;

/**
 * Parent and children that aren't there are made (observed). All of them are added or, where one is
 * refused, none. One that is named several times is added and answered once (decided). With `force` a
 * child is taken from another parent. Many are added in several units of work, when all of them can be.
 * @throws Refusal `Base Account not specified.` · `Child Account not specified.` · `Account not
 *   found.` · `Failed to add children: ….` (decided)
 */
export const addChildren: Handler<AccountOperations['addChildren']> = async (call) => {
  const { store, merchant, input } = call;
  const { parent: named, child: children = [] } = input;
  requireName(named, 'parent');
  requireChildren(children);
  if (children.length <= CHILDREN_OF_UNIT) {
    return store.transact(merchant.id, async (unit) =>
      answer(unit, call, await addSome(unit, call, { from: 0, to: children.length })),
    );
  }
  const reader = store.reader(merchant.id);
  await refuseBefore(reader, call);
  let added: readonly StoredAccount[] = [];
  const first = { from: 0, before: added };
  await inUnits(store, merchant.id, first, async (unit, { from, before }) => {
    const to = from + CHILDREN_OF_UNIT;
    added = [...before, ...(await addSome(unit, call, { from, to }))];
    return to < children.length ? { from: to, before: added } : undefined;
  });
  return answer(reader, call, added);
};

type AddCall = Call<AccountOperations['addChildren']['input']>;

/** Refuses what can be told before anything is done. */
async function refuseBefore(
  reader: Reader,
  { input: { parent: named, child: children = [], force } }: AddCall,
): Promise<void> {
  const known = named && (await lookUpAccount(reader, named));
  // One that is to be made, as far as children are compared with it.
  const { merchantAccountId } = named ?? {};
  const parent = known ?? { id: 0, VID: '', merchantAccountId, createdAt: 0 };
  for (const [index, child] of children.entries()) {
    await reader.pause(WEIGHT);
    const account = child.VID
      ? await findNamedAccount(reader, child)
      : await lookUpAccount(reader, child);
    if (!account) checkAccount(child, pathOf(index));
    const reason = account && (await whyNotChild(reader, parent, account, force));
    if (reason) throw childrenNotAdded(reason);
  }
}

const pathOf = (index: number) => `child[${index + 1}]`;

/** Adds those from a place to another. */
async function addSome(
  unit: UnitOfWork,
  call: AddCall,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<StoredAccount[]> {
  const { parent: named, child: children = [], force = false } = call.input;
  const work = workOf(call, unit);
  const parent = await findOrMake(unit, named ?? {}, 'parent', work);
  const added = new Map<number, StoredAccount>();
  for (const [index, child] of children.slice(from, to).entries()) {
    await unit.pause(WEIGHT);
    const account = await findOrMake(unit, child, pathOf(from + index), work);
    if (added.has(account.id)) continue;
    const reason = await whyNotChild(unit, parent, account, force);
    if (reason) throw childrenNotAdded(reason);
    await changeParent(unit, work, account, nameOf(parent));
    added.set(account.id, { ...account, parentMerchantAccountId: nameOf(parent) });
  }
  return [...added.values()];
}

async function answer(reader: Reader, { selection }: AddCall, added: readonly StoredAccount[]) {
  if (partOf(selection, 'childAdded') === undefined) return {};
  const each = new Map(added.map((account) => [account.id, account]));
  const accounts = slicesOf([...each.values()], (rows) => reader.pause(rows));
  return { childAdded: await loadAccounts(reader, accounts, 'childAdded', selection) };
}

async function findOrMake(
  unit: UnitOfWork,
  named: Account,
  path: string,
  work: Work,
): Promise<StoredAccount> {
  // A VID is the server's own name: nothing is made by it.
  return named.VID ? findNamedAccount(unit, named) : findOrCreateAccount(unit, named, path, work);
}
