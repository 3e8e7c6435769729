/** Finds the two accounts of a transfer, and refuses one that cannot be. */
import type { Work } from '../../base/work';
import type { AccountOperations } from '../../contract/types.generated';
import { ERASURE_WORK } from '../../store/erasures';
import type { Reader, StoredAccount, UnitOfWork } from '../../store/store';
import { finishMoves, type Transfer } from '../../ledger/move-access';
import { recordDueOf } from '../../ledger/record-due';
import { finishRename } from '../../ledger/rename-parent';
import { findNamedAccount } from '../../grants/name-account';
import { accountNotFound, notTransferred } from '../returns';
import { nameOf } from '../../store/accounts';
import { MOST_PARTS } from './update';

/**
 * @param before the two of an earlier look-up; undefined: there was none. Their names may be others' by now
 * @throws Refusal `Account not found.` · `Account transfer failed: ….`
 */
export async function findTransfer(
  reader: Reader,
  { targetAccount, sourceAccount }: AccountOperations['transfer']['input'],
  before?: Transfer,
): Promise<Transfer> {
  const target = await findNamedAccount(reader, targetAccount);
  const source = await findNamedAccount(reader, sourceAccount);
  if (before && (before.target.id !== target.id || before.source.id !== source.id)) {
    throw accountNotFound();
  }
  const reason =
    (await whyNotInFamily(reader, { source, target })) ??
    (await whyNotNamed(reader, { source, target }));
  if (reason) throw notTransferred(reason);
  return { source, target };
}

async function whyNotInFamily(
  reader: Reader,
  { source, target }: Transfer,
): Promise<string | undefined> {
  if (source.id === target.id) return 'source and target are one account';
  const { parentMerchantAccountId: parent } = target;
  if (parent === undefined) return undefined;
  if (parent === nameOf(source)) return 'the target is a child of the source';
  return (await reader.hasChildren(nameOf(source)))
    ? 'the source has children and the target is a child itself'
    : undefined;
}

async function whyNotNamed(
  reader: Reader,
  { source, target }: Transfer,
): Promise<string | undefined> {
  const given = await reader.listNameValues(source.id);
  if (given.length === 0) return undefined;
  const held = await reader.listNameValues(target.id);
  const names = new Set([...held, ...given].map(({ name }) => name));
  return names.size > Math.max(MOST_PARTS, held.length)
    ? `together they have more than ${MOST_PARTS} nameValues`
    : undefined;
}

const [, ORDER_IDS, , , , , PARENTS] = ERASURE_WORK;

/**
 * To be called in a unit that moves something: finishes what earlier calls have left of it.
 * @throws Refusal while orders or children of the source have yet to get other ids by an erasure: moved ones would keep theirs
 */
export async function prepareToMove(
  unit: UnitOfWork,
  work: Work,
  transfer: Transfer,
): Promise<void> {
  const { source, target } = transfer;
  await requireErased(unit, source);
  await finishRename(unit, work, source.id);
  await finishMoves(unit, work, transfer);
  // Before AutoBills and entitlements are read that it changes.
  for (const { id } of [source, target]) await recordDueOf(unit, id, work);
}

async function requireErased(unit: UnitOfWork, source: StoredAccount): Promise<void> {
  if (!(await unit.longWork.hasAny())) return;
  for (const kind of [ORDER_IDS, PARENTS]) {
    if (await unit.longWork.findOf(kind, source.id)) {
      throw notTransferred('personal data of the source are being erased; try again in a while');
    }
  }
}
