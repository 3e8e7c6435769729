/**
 * What a change of an offer, or the deletion of a user, does with any number of orders.
 * Decided: docs/decisions/work.md
 */
import type { WorkTools } from '../base/work';
import { removeLine } from '../entitlements/order-access';
import { finishChangesOf } from '../batches/left-over';
import { doShare, type WorkKind } from '../batches/long-work';
import type { StoredOrder } from '../store/orders';
import type { UnitOfWork } from '../store/store';
import { changeLines, followLines, ORDER_CHANGES } from './change-order';

/** Brings an order's access up to date with an offer. */
export const OFFER_WORK: WorkKind = {
  name: 'offer',
  weight: 10,
  walk: ({ orders }) => orders.ofOffer,
  visit: async (unit, work, row, { name }) => {
    const order = await unit.orders.findOrderAt(row);
    if (!order) return;
    await finishChangesOf(unit, work, ORDER_CHANGES, row);
    await followLines(unit, work, order, {
      lines: await unit.orders.listLines(row),
      restated: [],
      back: 'grant',
      reason: 'offer_changed',
      note: `offer ${name}`,
    });
  },
};

/** Removes what an order of a deleted user gives. */
export const DELETION_WORK: WorkKind = {
  name: 'deleted user',
  weight: 10,
  walk: ({ orders }) => orders.ofAccount,
  visit: async (unit, work, row) => {
    const order = await unit.orders.findOrderAt(row);
    if (!order) return;
    await changeLines(unit, work, order, {
      each: removeLine,
      event: 'order.removed',
      back: 'grant',
      reason: 'user_deleted',
    });
  },
};

/**
 * Does what is left to do with an order, before a call looks at it to change it.
 * @returns the order after it
 */
export async function broughtUpToDate(
  unit: UnitOfWork,
  tools: WorkTools,
  order: StoredOrder,
): Promise<StoredOrder> {
  if (!(await unit.longWork.hasAny())) return order;
  const { id: row, accountId } = order;
  let any = false;
  for (const { offer } of await unit.orders.listLines(row)) {
    if (await doShare(unit, tools, OFFER_WORK, { subject: offer, row })) any = true;
  }
  if (await doShare(unit, tools, DELETION_WORK, { subject: accountId, row })) any = true;
  return any ? ((await unit.orders.findOrderAt(row)) ?? order) : order;
}
