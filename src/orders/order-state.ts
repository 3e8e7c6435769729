/**
 * Revokes, restores and removes the access that orders give.
 * Decided: docs/decisions/orders.md
 */
import type { Work } from '../base/work';
import {
  type Reason,
  removeLine,
  restoreLine,
  revokeLine,
  stateOf,
} from '../entitlements/order-access';
import type { StoredLine, StoredOrder } from '../store/orders';
import type { Reader, UnitOfWork } from '../store/store';
import { changeLines, type LineChange } from './change-order';
import { requireAccountsOf } from './find-user';
import { broughtUpToDate } from './order-work';
import {
  notTheirOffer,
  notTheirOrder,
  offerIsRemoved,
  orderIsRemoved,
  tooManyOrders,
  unknownOffer,
  unknownOrder,
} from './refusals';

/**
 * The order of that id.
 * @throws Refusal 404
 */
export async function requireOrder(reader: Reader, orderId: string): Promise<StoredOrder> {
  const order = await reader.orders.findOrder(orderId);
  if (!order) throw unknownOrder(orderId);
  return order;
}

/** The same, with all done that was left to do with it. @throws Refusal 404 */
export async function requireOrderToChange(
  unit: UnitOfWork,
  work: Work,
  orderId: string,
): Promise<StoredOrder> {
  return broughtUpToDate(unit, work, await requireOrder(unit, orderId));
}

/**
 * Ends the access that an order gives. An order that was removed stays as it is.
 * @returns the order
 * @throws Refusal 404
 */
export async function revokeOrder(
  unit: UnitOfWork,
  work: Work,
  { orderId, reason, note }: { orderId: string; reason: Reason; note?: string | undefined },
): Promise<StoredOrder> {
  const order = await requireOrderToChange(unit, work, orderId);
  const each = (line: StoredLine) => revokeLine(line, reason);
  const event = 'order.revoked';
  return changeLines(unit, work, order, { each, event, back: 'grant', reason, note });
}

/**
 * Brings back the access that an order gave, whatever it was revoked for; failed payments are
 * counted from 0 again.
 * @returns the order
 * @throws Refusal 404, or 409 when it was removed
 */
export async function restoreOrder(
  unit: UnitOfWork,
  work: Work,
  { orderId, note }: { orderId: string; note?: string | undefined },
): Promise<StoredOrder> {
  const order = await requireOrderToChange(unit, work, orderId);
  if (order.state === 'removed') throw orderIsRemoved(orderId);
  return changeLines(unit, work, order, { note, ...RESTORE });
}

const RESTORE = {
  each: (line: StoredLine) => restoreLine(line),
  event: 'order.restored',
  back: 'restore',
} as const;

/** The change that `active` requests: true restores, false revokes, undefined removes altogether. */
function changeFor(active: boolean | undefined): LineChange {
  if (active === undefined) {
    return { each: removeLine, event: 'order.removed', back: 'grant', reason: 'removed' };
  }
  if (active) return RESTORE;
  return {
    each: (line) => revokeLine(line, 'other'),
    event: 'order.revoked',
    back: 'grant',
    reason: 'other',
  };
}

/**
 * Sets the state of a user's order.
 * @returns the order
 * @throws Refusal 404 for an unknown user or order; 409 when it was removed and is to be active
 */
export async function setOrderState(
  unit: UnitOfWork,
  work: Work,
  { email, orderId, active }: { email: string; orderId: string; active?: boolean | undefined },
): Promise<StoredOrder> {
  const accounts = await requireAccountsOf(unit, email);
  const known = await unit.orders.findOrder(orderId);
  if (!known || !accounts.some(({ id }) => id === known.accountId)) {
    throw notTheirOrder(email, orderId);
  }
  const order = await broughtUpToDate(unit, work, known);
  if (active && order.state === 'removed') throw orderIsRemoved(orderId);
  return changeLines(unit, work, order, changeFor(active));
}

/** The most orders of which one call sets an offer's state: its answer has each of them. */
export const MOST_ORDERS = 500;

/** What the change of an order costs, in changes of an entitlement, beside those that it makes. */
const WEIGHT = 10;

/**
 * Sets the state of one offer in every order of a user.
 * @returns the orders that hold it
 * @throws Refusal 404 for an unknown user or offer, or when no order of the user holds it; 409
 *   when it was removed from all of them and is to be active; 422 where more than MOST_ORDERS hold it
 */
export async function setOfferState(
  unit: UnitOfWork,
  work: Work,
  { email, offerId, active }: { email: string; offerId: string; active?: boolean | undefined },
): Promise<StoredOrder[]> {
  const accounts = await requireAccountsOf(unit, email);
  const offer = await unit.orders.findOffer(offerId);
  if (!offer) throw unknownOffer(offerId);
  const holding: Array<{ order: StoredOrder; line: StoredLine }> = [];
  for (const { id } of accounts) {
    const left = MOST_ORDERS - holding.length;
    const orders = await unit.orders.listOrdersHolding(id, offer.id, left + 1);
    if (orders.length > left) throw tooManyOrders(email, MOST_ORDERS, SINGLY);
    for (const known of orders) {
      const order = await broughtUpToDate(unit, work, known);
      const lines = await unit.orders.listLines(order.id);
      const line = lines.find((one) => one.offer === offer.id);
      if (line) holding.push({ order, line });
      await unit.pause();
    }
  }
  if (holding.length === 0) throw notTheirOffer(email, offerId);
  if (active && stateOf(holding.map(({ line }) => line)) === 'removed') {
    throw offerIsRemoved(email, offerId);
  }
  const { each: eachLine, ...change } = changeFor(active);
  const each = (line: StoredLine) => (line.offer === offer.id ? eachLine(line) : line);
  const orders: StoredOrder[] = [];
  for (const { order } of holding) {
    orders.push(await changeLines(unit, work, order, { each, ...change }));
    await unit.pause(WEIGHT);
  }
  return orders;
}

const SINGLY = 'set the state of each by set-order-state';
