/** Saves the new state of an order, and makes the access that it gives follow. */
import {
  type AccessChange,
  planAccess,
  stateOf,
  type WantedAccess,
} from '../entitlements/order-access';
import { recordChange } from '../ledger/record-change';
import type { StoredLine, StoredOrder } from '../store/orders';
import type { StoredEntitlement, UnitOfWork } from '../store/store';
import type { Work } from './call';

/** What the ledger is told of a change beside what has changed. */
export interface Cause {
  /** One of REASONS, or what else brought it about; undefined: it needs none. */
  readonly reason?: string | undefined;
  readonly note?: string | undefined;
}

/** A change of an order. */
export interface OrderChange extends Cause {
  readonly before: readonly StoredLine[];
  /** The lines after it; the same objects where they stay. */
  readonly after: readonly StoredLine[];
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
  const changed = after.filter((line) => !before.includes(line));
  if (changed.length === 0 && failedPayments === order.failedPayments) return order;
  for (const line of changed) await unit.orders.saveLine(order.id, line);
  const now = work.clock();
  const saved = { ...order, state: stateOf(after), failedPayments, changedAt: now };
  await unit.orders.updateOrder(saved);
  const retold = changed.filter(
    ({ offer, state }) =>
      state === 'revoked' &&
      before.some((line) => line.offer === offer && line.state === 'revoked'),
  );
  await followLines(unit, work, saved, {
    ...change,
    now,
    lines: after,
    retold: await entitlementsOf(unit, retold),
  });
  return saved;
}

/** How the access of an order is made to follow its lines. */
interface Follow extends Cause, Pick<WantedAccess, 'retold' | 'back'> {
  readonly lines: readonly StoredLine[];
  /** UTC milliseconds. */
  readonly now: number;
}

/** Makes the entitlements of an order those of its active lines. */
export async function followLines(
  unit: UnitOfWork,
  work: Work,
  order: StoredOrder,
  { now, lines, retold, back, reason, note }: Follow,
): Promise<void> {
  const active = lines.filter(({ state }) => state === 'active');
  const merchantEntitlementIds = await entitlementsOf(unit, active);
  const { id, accountId, orderId } = order;
  const held = (await unit.orders.listAccessOf([order])).get(id) ?? [];
  const changes: AccessChange<StoredEntitlement>[] = planAccess(
    held,
    { merchantEntitlementIds, retold, back },
    now,
  );
  for (const change of changes) {
    const key = { source: 'Order' as const, sourceId: orderId };
    await recordChange(
      unit,
      { actor: work.actor, soapId: work.callId },
      { ...change, ...key, accountId, reason, note },
      now,
    );
  }
}

async function entitlementsOf(
  unit: UnitOfWork,
  lines: readonly StoredLine[],
): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  for (const { offer } of lines) {
    for (const id of await unit.orders.listOfferEntitlements(offer)) ids.add(id);
  }
  return ids;
}
