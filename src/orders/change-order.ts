/** Saves the new state of an order, and makes the access that it gives follow. */
import type { Work } from '../base/work';
import { finishChangesOf } from '../batches/left-over';
import { type LongChange, makeLongChange, restKind } from '../batches/long-change';
import type { WorkKind } from '../batches/long-work';
import {
  type AccessChange,
  planAccess,
  stateOf,
  type WantedAccess,
} from '../entitlements/order-access';
import { MOVED_ORDER } from '../ledger/move-access';
import { recordChange } from '../ledger/record-change';
import { recordEvent } from '../ledger/record-event';
import { LONG_CHANGES } from '../store/long-work';
import type { OrderDocument, RecordedType } from '../store/events';
import type { StoredLine, StoredOrder } from '../store/orders';
import { accessPages, allOf, offerEntitlementPages } from '../store/pages';
import type { StoredEntitlement, UnitOfWork } from '../store/store';

/** The reason and note of a change, for its line in the ledger. */
export interface Cause {
  /** One of REASONS, or what else brought it about; undefined: it needs none. */
  readonly reason?: string | undefined;
  readonly note?: string | undefined;
}

/** What the feed calls a change of an order. */
export type OrderEvent = Extract<RecordedType, `order.${string}`>;

/** A change of an order. */
export interface OrderChange extends Cause {
  readonly before: readonly StoredLine[];
  /** The lines after it; the same objects where they stay. */
  readonly after: readonly StoredLine[];
  /** What the feed calls it. */
  readonly event: OrderEvent;
  /** Whether what has ended comes back as it was, or is given anew. */
  readonly back: 'restore' | 'grant';
  /** The new count of failed payments; undefined: it stays. */
  readonly failedPayments?: number | undefined;
}

/**
 * Saves a change, and writes a line in the ledger for each entitlement that it changes.
 * @returns the order after it; the same object when nothing has changed
 */
export async function changeOrder(
  unit: UnitOfWork,
  work: Work,
  order: StoredOrder,
  change: OrderChange,
): Promise<StoredOrder> {
  const { before, after, failedPayments = order.failedPayments } = change;
  const unchanged = new Set(before);
  const changed = after.filter((line) => !unchanged.has(line));
  if (changed.length === 0 && failedPayments === order.failedPayments) return order;
  await finishChangesOf(unit, work, ORDER_CHANGES, order.id);
  for (const line of changed) await unit.orders.saveLine(order.id, line);
  const saved = { ...order, state: stateOf(after), failedPayments, changedAt: work.now };
  await unit.orders.updateOrder(saved);
  await recordOrder(unit, work, saved, { ...change, after });
  const revoked = new Set(before.filter(({ state }) => state === 'revoked').map(offerOf));
  const restated = changed.filter((line) => line.state === 'revoked' && revoked.has(offerOf(line)));
  await followLines(unit, work, saved, {
    lines: after,
    restated: restated.map(offerOf),
    ...change,
  });
  return saved;
}

const offerOf = ({ offer }: StoredLine) => offer;

/** A change of each line of an order. */
export interface LineChange extends Pick<OrderChange, 'event' | 'back' | 'reason' | 'note'> {
  /** A line after it; the same object where it stays. */
  readonly each: (line: StoredLine) => StoredLine;
}

/** Changes the lines of an order, and its access with them. @returns the order after it */
export async function changeLines(
  unit: UnitOfWork,
  work: Work,
  order: StoredOrder,
  { each, ...change }: LineChange,
): Promise<StoredOrder> {
  const before = await unit.orders.listLines(order.id);
  const after = before.map(each);
  // A restored order may miss the same number of payments as a new one.
  const restored = change.back === 'restore' && after.some((line, index) => line !== before[index]);
  const failedPayments = restored ? 0 : undefined;
  return changeOrder(unit, work, order, { before, after, failedPayments, ...change });
}

/** An order as the feed shows it. Its orderId is that of its row. */
async function recordOrder(
  unit: UnitOfWork,
  work: Work,
  order: StoredOrder,
  { event: type, reason, note, after }: Pick<OrderChange, 'event' | 'reason' | 'note' | 'after'>,
): Promise<void> {
  const { id: subject, accountId, orderId, state, failedPayments, createdAt } = order;
  const offers = after.map(({ offerId, offerName, ...line }) => {
    return { id: offerId, name: offerName, state: line.state, reason: line.reason };
  });
  const document: OrderDocument = { orderId, state, failedPayments, createdAt, offers };
  await recordEvent(unit, work, { type, accountId, subject, reason, note, document });
}

/** How the access of an order is made to follow its lines. */
interface Following extends Cause, Pick<WantedAccess, 'back'> {
  /** The rows of offers whose ids stay revoked, but for another reason. */
  readonly restated: readonly number[];
}

/** What is left of such a change. */
interface Kept extends Following {
  /** When it was made, in UTC milliseconds. */
  readonly at: number;
}

/** Finishes such a change; `detail` is a Kept. */
export const ORDER_ACCESS = restKind({
  name: LONG_CHANGES[1],
  isSuperseded: true,
  find: async (unit, _work, row, detail) => {
    const order = await unit.orders.findOrderAt(row);
    const lines = await unit.orders.listLines(row);
    return order && accessChange(order, lines, JSON.parse(detail) as Kept);
  },
});

/** What may be left of changes of an order. */
export const ORDER_CHANGES: readonly WorkKind[] = [ORDER_ACCESS, MOVED_ORDER];

/** Makes the entitlements of an order those of its active lines: the rest of many in further units of work. */
export async function followLines(
  unit: UnitOfWork,
  work: Work,
  order: StoredOrder,
  { lines, back, restated, reason, note }: Following & { readonly lines: readonly StoredLine[] },
): Promise<void> {
  const { id: subject, orderId: name } = order;
  const kept: Kept = { back, restated, reason, note, at: work.now };
  const about = { subject, name, detail: JSON.stringify(kept) };
  const change = accessChange(order, lines, kept);
  await makeLongChange(unit, work, { kind: ORDER_ACCESS, about, ...change });
}

function accessChange(
  order: StoredOrder,
  lines: readonly StoredLine[],
  { back, restated, reason, note, at }: Kept,
): Pick<LongChange<AccessChange<StoredEntitlement>>, 'list' | 'make' | 'isSame'> {
  const { accountId, orderId: sourceId } = order;
  const source = 'Order' as const;
  return {
    list: async (unit) => {
      const active = lines.filter(({ state }) => state === 'active');
      const wanted = {
        merchantEntitlementIds: await entitlementsOf(unit, active.map(offerOf)),
        restated: await entitlementsOf(unit, restated),
        back,
      };
      return planAccess(await allOf(accessPages(unit, order)), wanted, at);
    },
    isSame: async (unit) => {
      const present = await unit.orders.findOrderAt(order.id);
      return present?.accountId === accountId && present.orderId === sourceId;
    },
    make: (unit, work, change) =>
      recordChange(unit, work, { accountId, source, sourceId, reason, note, ...change }),
  };
}

/** @param offers their rows */
async function entitlementsOf(
  unit: UnitOfWork,
  offers: readonly number[],
): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  for (const offer of offers) {
    for await (const given of offerEntitlementPages(unit, offer)) {
      for (const id of given) ids.add(id);
    }
    await unit.pause();
  }
  return ids;
}
