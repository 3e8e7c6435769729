/** Moves what AutoBills, orders and grants have given to another account, with the lines that the ledger gets of it. */
import type { Work } from '../base/work';
import { finishChangesWhere } from '../batches/left-over';
import { type LongChange, makeLongChange, restKind } from '../batches/long-change';
import { join } from '../entitlements/course';
import { isOver, revoke } from '../entitlements/entitlement';
import { inParts } from '../entitlements/in-parts';
import { nameOf } from '../store/accounts';
import type { StoredAutoBill } from '../store/auto-bills';
import { LONG_CHANGES, type LongWork } from '../store/long-work';
import type { StoredOrder } from '../store/orders';
import { accessPages, allOf, givenPages } from '../store/pages';
import type { StoredAccount, StoredEntitlement, UnitOfWork } from '../store/store';
import { recordChange } from './record-change';

/** Two accounts, of which one gets what the other has. */
export interface Transfer {
  readonly source: StoredAccount;
  readonly target: StoredAccount;
}

/** The accounts of a transfer, by their rows. */
interface Kept {
  readonly source: number;
  readonly target: number;
}

type Moving = Pick<LongChange<StoredEntitlement>, 'list' | 'make' | 'isSame'>;

const [, , OF_AUTO_BILL, OF_ORDER] = LONG_CHANGES;

/** Finishes the move of what an AutoBill gave; `detail` is a Kept. */
export const MOVED_AUTO_BILL = restKind({
  name: OF_AUTO_BILL,
  find: async (unit, _work, row, detail) => {
    const autoBill = await unit.autoBills.find(row);
    const transfer = await readTransfer(unit, detail);
    return autoBill && transfer && movingOf(transfer, autoBill);
  },
});

/** The same of an order. */
export const MOVED_ORDER = restKind({
  name: OF_ORDER,
  find: async (unit, _work, row, detail) => {
    const order = await unit.orders.findOrderAt(row);
    const transfer = await readTransfer(unit, detail);
    return order && transfer && movingOfOrder(transfer, order);
  },
});

async function readTransfer(unit: UnitOfWork, detail: string): Promise<Transfer | undefined> {
  const kept = JSON.parse(detail) as Kept;
  const accounts = await unit.findAccounts([kept.source, kept.target]);
  const source = accounts.get(kept.source);
  const target = accounts.get(kept.target);
  return source && target && { source, target };
}

/**
 * Moves what an AutoBill gave, which is the target's now: the rest of much in further units of work.
 * @param autoBill whose earlier changes are finished
 */
export async function moveGivenByAutoBill(
  unit: UnitOfWork,
  work: Work,
  transfer: Transfer,
  autoBill: StoredAutoBill,
): Promise<void> {
  const about = aboutOf(transfer, autoBill.id, autoBill.VID);
  const change = movingOf(transfer, autoBill);
  await makeLongChange(unit, work, { kind: MOVED_AUTO_BILL, about, ...change });
}

/** The same of an order. */
export async function moveGivenByOrder(
  unit: UnitOfWork,
  work: Work,
  transfer: Transfer,
  order: StoredOrder,
): Promise<void> {
  const about = aboutOf(transfer, order.id, order.orderId);
  const change = movingOfOrder(transfer, order);
  await makeLongChange(unit, work, { kind: MOVED_ORDER, about, ...change });
}

function aboutOf({ source, target }: Transfer, subject: number, name: string) {
  const kept: Kept = { source: source.id, target: target.id };
  return { subject, name, detail: JSON.stringify(kept) };
}

function movingOf(transfer: Transfer, { id, VID }: StoredAutoBill): Moving {
  const given = (unit: UnitOfWork) => givenPages(unit, transfer.source.id, 'AutoBill', VID);
  return moving(transfer, given, async (unit) => (await unit.autoBills.find(id))?.accountId);
}

function movingOfOrder(transfer: Transfer, { id, orderId }: StoredOrder): Moving {
  const order = { accountId: transfer.source.id, orderId };
  const given = (unit: UnitOfWork) => accessPages(unit, order);
  return moving(transfer, given, async (unit) => {
    const present = await unit.orders.findOrderAt(id);
    return present?.orderId === orderId ? present.accountId : undefined;
  });
}

/** @param ownerOf the account that the object belongs to */
function moving(
  transfer: Transfer,
  given: (unit: UnitOfWork) => AsyncIterable<StoredEntitlement[]>,
  ownerOf: (unit: UnitOfWork) => Promise<number | undefined>,
): Moving {
  return {
    list: async (unit) => inParts(await allOf(given(unit)), (one) => one),
    make: (unit, work, one) => moveEntitlement(unit, work, transfer, one),
    isSame: async (unit) => (await ownerOf(unit)) === transfer.target.id,
  };
}

/**
 * Finishes moves from or to the accounts of a transfer, before what they have is moved on.
 * @throws Error as `finishChangesOf` does
 */
export async function finishMoves(
  unit: UnitOfWork,
  work: Work,
  { source, target }: Transfer,
): Promise<void> {
  const accounts = [source.id, target.id];
  const isMeant = async ({ id }: LongWork) => {
    const detail = (await unit.longWork.firstRange(id))?.detail ?? '{}';
    const kept = JSON.parse(detail) as Partial<Kept>;
    return accounts.some((account) => account === kept.source || account === kept.target);
  };
  for (const kind of [MOVED_AUTO_BILL, MOVED_ORDER]) {
    await finishChangesWhere(unit, work, kind, isMeant);
  }
}

/** One line in the ledger of each account: the source's right ends, the target has it. */
export async function moveEntitlement(
  unit: UnitOfWork,
  work: Work,
  { source, target }: Transfer,
  entitlement: StoredEntitlement,
): Promise<void> {
  const { now } = work;
  const { merchantEntitlementId, source: of, sourceId, start, end, description } = entitlement;
  const key = { merchantEntitlementId, source: of, sourceId };
  const change = { ...key, action: 'transfer' as const };
  const over = isOver(entitlement, now);
  const held = await unit.findEntitlement(target.id, key);
  // An entitlement that is over adds nothing to the target's own.
  if (held && over) return;
  const after = join(held, { start, end, description }, now);
  const from = `from ${nameOf(source)}`;
  await recordChange(unit, work, {
    accountId: target.id,
    before: held,
    after,
    note: from,
    ...change,
  });
  if (over) return;
  const ended = revoke({ start, end, description }, now) ?? { start, end, description };
  await recordChange(unit, work, {
    accountId: source.id,
    before: entitlement,
    after: ended,
    note: `to ${nameOf(target)}`,
    ...change,
  });
}
