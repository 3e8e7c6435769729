/** The effect of an order's payments on its access. */
import type { Work } from '../base/work';
import { restoreLine, revokeLine } from '../entitlements/order-access';
import type { StoredOrder } from '../store/orders';
import type { UnitOfWork } from '../store/store';
import { changeOrder } from './change-order';
import { requireOrderToChange } from './order-state';

/**
 * Counts a payment that failed. At the merchant's limit the order is revoked for `payment_failed`,
 * which replaces no other reason. An order that was removed stays as it is (decided).
 * @returns the order
 * @throws Refusal 404
 */
export async function paymentFailed(
  unit: UnitOfWork,
  work: Work,
  { orderId, note }: { orderId: string; note?: string | undefined },
): Promise<StoredOrder> {
  const order = await requireOrderToChange(unit, work, orderId);
  if (order.state === 'removed') return order;
  const before = await unit.orders.listLines(order.id);
  const failedPayments = order.failedPayments + 1;
  const reached = failedPayments >= (await unit.orders.findPaymentFailureLimit());
  const after = reached ? before.map((line) => revokeLine(line, 'payment_failed')) : before;
  return changeOrder(unit, work, order, {
    before,
    after,
    event: 'order.payment_failed',
    back: 'grant',
    reason: 'payment_failed',
    note,
    failedPayments,
  });
}

/**
 * Counts failed payments from 0 again, and restores the offers that were revoked for `payment_failed`; offers
 * that were revoked for another reason stay revoked.
 * @returns the order
 * @throws Refusal 404
 */
export async function paymentSucceeded(
  unit: UnitOfWork,
  work: Work,
  { orderId, note }: { orderId: string; note?: string | undefined },
): Promise<StoredOrder> {
  const order = await requireOrderToChange(unit, work, orderId);
  const before = await unit.orders.listLines(order.id);
  const after = before.map((line) => restoreLine(line, 'payment_failed'));
  return changeOrder(unit, work, order, {
    before,
    after,
    event: 'order.payment_succeeded',
    back: 'restore',
    reason: 'payment_succeeded',
    note,
    failedPayments: 0,
  });
}
