/** Saves the new state of an order, and makes the access that it gives follow. */
import type { Work } from '../base/work';
import { planAccess, stateOf, type WantedAccess } from '../entitlements/order-access';
import { recordChange } from '../ledger/record-change';
import { recordEvent } from '../ledger/record-event';
import type { OrderDocument, RecordedType } from '../store/events';
import type { StoredLine, StoredOrder } from '../store/orders';
import { accessPages, allOf, offerEntitlementPages } from '../store/pages';
import type { UnitOfWork } from '../store/store';

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
  for (const line of changed) await unit.orders.saveLine(order.id, line);
  const saved = { ...order, state: stateOf(after), failedPayments, changedAt: work.now };
  await unit.orders.updateOrder(saved);
  await recordOrder(unit, work, saved, { ...change, after });
  const revoked = new Set(before.filter(({ state }) => state === 'revoked').map(offerOf));
  const restated = changed.filter((line) => line.state === 'revoked' && revoked.has(offerOf(line)));
  await followLines(unit, work, saved, {
    lines: after,
    restated: await entitlementsOf(unit, restated),
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
interface Follow extends Cause, Pick<WantedAccess, 'restated' | 'back'> {
  readonly lines: readonly StoredLine[];
}

/** Makes the entitlements of an order those of its active lines. */
export async function followLines(
  unit: UnitOfWork,
  work: Work,
  order: StoredOrder,
  { lines, restated, back, reason, note }: Follow,
): Promise<void> {
  const active = lines.filter(({ state }) => state === 'active');
  const merchantEntitlementIds = await entitlementsOf(unit, active);
  const { accountId, orderId } = order;
  const held = await allOf(accessPages(unit, order));
  const wanted = { merchantEntitlementIds, restated, back };
  for (const change of planAccess(held, wanted, work.now)) {
    if (!change) {
      await unit.pause(LOOKED);
      continue;
    }
    const source = 'Order' as const;
    await recordChange(unit, work, {
      accountId,
      source,
      sourceId: orderId,
      reason,
      note,
      ...change,
    });
  }
}

/** What a part of the comparison costs, in changes of an entitlement. */
const LOOKED = 200;

async function entitlementsOf(
  unit: UnitOfWork,
  lines: readonly StoredLine[],
): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  for (const { offer } of lines) {
    for await (const given of offerEntitlementPages(unit, offer)) {
      for (const id of given) ids.add(id);
    }
    await unit.pause();
  }
  return ids;
}
