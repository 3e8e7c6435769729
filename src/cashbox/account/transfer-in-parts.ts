/**
 * Moves what an account has a lot of before the unit of work that transfers it, so that other calls come between.
 * Decided: docs/decisions/transfer.md
 */
import { FIRST_PAGE, pagesOf, unevenPagesOf } from '../../base/pages';
import type { Work } from '../../base/work';
import { inUnits } from '../../batches/in-units';
import { finishSome } from '../../batches/long-work';
import type { AccountOperations } from '../../contract/types.generated';
import {
  moveEntitlement,
  moveGivenByAutoBill,
  moveGivenByOrder,
  type Transfer,
} from '../../ledger/move-access';
import { DELETION_WORK } from '../../orders/order-work';
import { entitlementPages } from '../../store/pages';
import type { ReplacedEntitlement } from '../../store/entitlements';
import type {
  EntitlementKey,
  Reader,
  StoredAccount,
  StoredEntitlement,
  UnitOfWork,
} from '../../store/store';
import { type Call, workOf } from '../call';
import { nameOf } from '../../store/accounts';
import { findTransfer, prepareToMove } from './find-transfer';
import { moveAutoBill, moveChild, moveOrder } from './move-belongings';

/** Up to how many of each an account is moved in one unit of work. */
const FEW = { autoBills: 100, children: 100, entitlements: 1000, orders: 2000 };

/** The most that a part moves of each. */
const SOME = { autoBills: 50, children: 100, entitlements: 250, orders: 100 };

/** The changes after which a part moves no further AutoBill or order with what it gave. */
const MOST_CHANGES = 500;

/** How far the source's entitlements have been moved. */
interface Progress {
  /** The last of them that was; undefined: none has been looked at. */
  readonly after: EntitlementKey | undefined;
  /** The source's line of the ledger after which those that were passed may have changed again. */
  readonly line: number;
}

/** What was moved in parts, and of which accounts. */
export interface Moved extends Progress, Transfer {}

const NOTHING: Progress = { after: undefined, line: 0 };

/**
 * Moves most of what the source has, if it has much of anything: each part is a unit of work. What a call left half-done
 * that was cut off, the same call goes on with.
 * @returns undefined: the source has little
 * @throws Refusal as `findTransfer` does; what was moved until then stays
 */
export async function transferInParts(
  call: Call<AccountOperations['transfer']['input']>,
): Promise<Moved | undefined> {
  const { store, merchant, input } = call;
  const reader = store.reader(merchant.id);
  const found = await findTransfer(reader, input);
  if (!(await hasMuch(reader, found.source))) return undefined;
  let reached = NOTHING;
  await inUnits(store, merchant.id, NOTHING, async (unit, progress) => {
    const transfer = await findTransfer(unit, input, found);
    reached = progress;
    return movePart(unit, workOf(call, unit), transfer, progress);
  });
  return { ...found, ...reached };
}

/** The entitlements that are left to move: all, or what follows those that were moved in parts and what has changed of them. */
export async function* leftEntitlements(
  unit: UnitOfWork,
  { id }: StoredAccount,
  moved: Progress = NOTHING,
): AsyncGenerator<StoredEntitlement> {
  const { after: last, line: seen } = moved;
  if (!last) {
    for await (const page of entitlementPages(unit, id)) yield* page;
    return;
  }
  const pause = (rows: number) => unit.pause(rows);
  const replaced = (line: ReplacedEntitlement | undefined, limit: number) =>
    unit.listReplaced(id, line?.line ?? seen, limit);
  for await (const lines of pagesOf<ReplacedEntitlement>(replaced, pause)) {
    for (const line of lines) yield* presentOf(unit, id, line);
  }
  const following = (after: EntitlementKey = last, limit: number) =>
    unit.listAllEntitlements(id, { after, limit });
  for await (const page of unevenPagesOf<StoredEntitlement>(following, pause)) yield* page;
}

/** The entitlement of a line, as it is when it is asked for: lines before may have been of the same. */
async function* presentOf(
  unit: UnitOfWork,
  accountId: number,
  { merchantEntitlementId, source, sourceId }: ReplacedEntitlement,
): AsyncGenerator<StoredEntitlement> {
  const key = { merchantEntitlementId, source, sourceId };
  const present = await unit.findEntitlement(accountId, key);
  if (present) yield present;
}

async function hasMuch(reader: Reader, source: StoredAccount): Promise<boolean> {
  const { autoBills, children, orders } = FEW;
  const first = (most: number) => ({ after: 0, limit: most + 1 });
  const ofAccount = await reader.autoBills.listByAccount(source.id, first(autoBills));
  if (ofAccount.length > autoBills) return true;
  const below = await reader.listChildren(nameOf(source), first(children));
  if (below.length > children) return true;
  const { total } = await reader.orders.ofAccount.extent(source.id, first(orders));
  if (total > orders) return true;
  let count = 0;
  for await (const { length } of entitlementPages(reader, source.id)) {
    count += length;
    if (count > FEW.entitlements) return true;
  }
  return false;
}

/** @returns how far it came; undefined: few are left */
async function movePart(
  unit: UnitOfWork,
  work: Work,
  transfer: Transfer,
  progress: Progress,
): Promise<Progress | undefined> {
  await prepareToMove(unit, work, transfer);
  if (await finishSome(unit, work, DELETION_WORK, transfer.source.id)) return progress;
  for (const moveSome of [moveAutoBills, moveOrders, moveChildren]) {
    if (!(await moveSome(unit, work, transfer))) return progress;
  }
  return moveEntitlements(unit, work, transfer, progress);
}

/** An AutoBill moves together with what it gave: a call that changes it looks for that with its account. @returns whether that was all */
async function moveAutoBills(unit: UnitOfWork, work: Work, transfer: Transfer): Promise<boolean> {
  const { id } = transfer.source;
  const limit = SOME.autoBills;
  const most = unit.changes + MOST_CHANGES;
  const autoBills = await unit.autoBills.listByAccount(id, { after: 0, limit });
  for (const autoBill of autoBills) {
    if (unit.changes >= most) return false;
    const moved = await moveAutoBill(unit, work, transfer, autoBill);
    await moveGivenByAutoBill(unit, work, transfer, moved);
  }
  return autoBills.length < limit;
}

/** The same of an order. */
async function moveOrders(unit: UnitOfWork, work: Work, transfer: Transfer): Promise<boolean> {
  const { source } = transfer;
  const part = { after: 0, until: Number.MAX_SAFE_INTEGER, limit: SOME.orders };
  const most = unit.changes + MOST_CHANGES;
  const rows = await unit.orders.ofAccount.next(source.id, part);
  for (const row of rows) {
    if (unit.changes >= most) return false;
    const order = await unit.orders.findOrderAt(row);
    if (!order) continue;
    await moveOrder(unit, work, transfer, order);
    await moveGivenByOrder(unit, work, transfer, order);
    await unit.pause();
  }
  return rows.length < part.limit;
}

async function moveChildren(unit: UnitOfWork, work: Work, transfer: Transfer): Promise<boolean> {
  const { source, target } = transfer;
  // An account's merchantAccountId may be the VID of one that has none: then they are children of both.
  if (nameOf(source) === nameOf(target)) return true;
  const limit = SOME.children;
  const children = await unit.listChildren(nameOf(source), { after: 0, limit });
  for (const child of children) await moveChild(unit, work, transfer, child);
  return children.length < limit;
}

/** The next ones, after those that were passed and have changed since. What gave them is the target's by now. */
async function moveEntitlements(
  unit: UnitOfWork,
  work: Work,
  transfer: Transfer,
  { after, line }: Progress,
): Promise<Progress | undefined> {
  const { id } = transfer.source;
  const most = SOME.entitlements;
  const changed = after ? await unit.listReplaced(id, line, most) : [];
  const limit = after ? most : FIRST_PAGE;
  const page = await unit.listAllEntitlements(id, { after, limit });
  if (page.length === 0 && changed.length < most) return undefined;
  for (const one of changed) await moveEach(unit, work, transfer, presentOf(unit, id, one));
  await moveEach(unit, work, transfer, page);
  const last = changed[most - 1]?.line;
  return {
    after: page.at(-1) ?? after,
    line: last ?? (await unit.lastLineUntil(id, Number.MAX_SAFE_INTEGER)),
  };
}

async function moveEach(
  unit: UnitOfWork,
  work: Work,
  transfer: Transfer,
  entitlements: Iterable<StoredEntitlement> | AsyncIterable<StoredEntitlement>,
): Promise<void> {
  for await (const entitlement of entitlements) {
    await moveEntitlement(unit, work, transfer, entitlement);
    await unit.pause();
  }
}
