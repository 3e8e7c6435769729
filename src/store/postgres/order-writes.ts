/** Changes of one merchant's offers and orders. */
import type { OrderWrites, StoredLine, StoredOffer, StoredOrder } from '../orders';
import type { Move } from '../rows/order-row';
import { type OrderReadStatements, PostgresOrderReads } from './order-reads';
import type { Change, PrepareChange } from './query';

/** Every change, prepared once. */
export type OrderWriteStatements = Readonly<
  Record<
    | 'insertOffer'
    | 'insertOrder'
    | 'renameOffer'
    | 'deleteOfferEntitlements'
    | 'insertOfferEntitlements'
    | 'updateOrder'
    | 'saveLine'
    | 'moveOrder'
    | 'moveLinesOf'
    | 'moveOrders'
    | 'moveLines'
    | 'updatePaymentFailureLimit',
    Change
  >
>;

/** Prepares the statements that change offers and orders. */
export function prepareOrderWrites(prepare: PrepareChange): OrderWriteStatements {
  return {
    insertOffer: prepare(
      `INSERT INTO offer (merchant_id, offer_id, name, created_at) VALUES (?, ?, ?, ?)
       RETURNING id`,
    ),
    renameOffer: prepare('UPDATE offer SET name = ? WHERE merchant_id = ? AND id = ?'),
    // There may be thousands: one statement for all, and none for those that stay.
    deleteOfferEntitlements: prepare(
      `DELETE FROM offer_entitlement
       WHERE merchant_id = ? AND offer = ? AND merchant_entitlement_id <> ALL(?::text[])`,
    ),
    insertOfferEntitlements: prepare(
      `INSERT INTO offer_entitlement (merchant_id, offer, merchant_entitlement_id)
       SELECT ?, ?, unnest(?::text[]) ON CONFLICT DO NOTHING`,
    ),
    insertOrder: prepare(
      `INSERT INTO customer_order (merchant_id, order_id, account_id, named, state,
         failed_payments, created_at, changed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
    ),
    updateOrder: prepare(
      `UPDATE customer_order SET state = ?, failed_payments = ?, changed_at = ?
       WHERE merchant_id = ? AND id = ?`,
    ),
    saveLine: prepare(
      `INSERT INTO order_line (merchant_id, customer_order, offer, account_id, state, reason)
       SELECT merchant_id, id, :offer, account_id, :state, :reason FROM customer_order
       WHERE merchant_id = :merchant AND id = :order
       ON CONFLICT (merchant_id, customer_order, offer)
       DO UPDATE SET state = excluded.state, reason = excluded.reason`,
    ),
    moveOrder: prepare(
      'UPDATE customer_order SET account_id = :account WHERE merchant_id = :merchant AND id = :order',
    ),
    moveLinesOf: prepare(
      `UPDATE order_line SET account_id = :account
       WHERE merchant_id = :merchant AND customer_order = :order`,
    ),
    moveOrders: prepare(
      `UPDATE customer_order SET account_id = :target WHERE merchant_id = :merchant AND id IN
         (SELECT id FROM customer_order
          WHERE merchant_id = :merchant AND account_id = :source LIMIT :limit)`,
    ),
    moveLines: prepare(
      `UPDATE order_line SET account_id = :target
       WHERE merchant_id = :merchant AND (customer_order, offer) IN
         (SELECT customer_order, offer FROM order_line
          WHERE merchant_id = :merchant AND account_id = :source LIMIT :limit)`,
    ),
    updatePaymentFailureLimit: prepare(
      'UPDATE merchant SET payment_failure_limit = ? WHERE id = ?',
    ),
  };
}

/** One unit's view of offers and orders. */
export class PostgresOrderWrites extends PostgresOrderReads implements OrderWrites {
  constructor(
    reads: OrderReadStatements,
    private readonly writes: OrderWriteStatements,
    merchantId: number,
  ) {
    super(reads, merchantId);
  }

  insertOffer({ offerId, name, createdAt }: Omit<StoredOffer, 'id'>): Promise<number> {
    return this.writes.insertOffer.id(this.merchantId, offerId, name, createdAt);
  }

  async renameOffer(offer: number, name: string): Promise<void> {
    await this.writes.renameOffer.run(name, this.merchantId, offer);
  }

  async replaceOfferEntitlements(
    offer: number,
    merchantEntitlementIds: readonly string[],
  ): Promise<void> {
    const values = [this.merchantId, offer, merchantEntitlementIds];
    await this.writes.deleteOfferEntitlements.run(...values);
    await this.writes.insertOfferEntitlements.run(...values);
  }

  insertOrder(order: Omit<StoredOrder, 'id'>): Promise<number> {
    const { orderId, accountId, named, state, failedPayments, createdAt, changedAt } = order;
    const values = [orderId, accountId, named, state, failedPayments, createdAt, changedAt];
    return this.writes.insertOrder.id(this.merchantId, ...values);
  }

  async updateOrder({ id, state, failedPayments, changedAt }: StoredOrder): Promise<void> {
    await this.writes.updateOrder.run(state, failedPayments, changedAt, this.merchantId, id);
  }

  async saveLine(order: number, { offer, state, reason }: StoredLine): Promise<void> {
    await this.writes.saveLine.run({ merchant: this.merchantId, order, offer, state, reason });
  }

  async moveOrder(order: number, account: number): Promise<void> {
    const values = { merchant: this.merchantId, order, account };
    await this.writes.moveOrder.run(values);
    await this.writes.moveLinesOf.run(values);
  }

  async updatePaymentFailureLimit(limit: number): Promise<void> {
    await this.writes.updatePaymentFailureLimit.run(limit, this.merchantId);
  }

  /** Gives some of the orders of one account to another; both are the merchant's. @returns whether that was all */
  async moveOrders(move: Move): Promise<boolean> {
    const some = { merchant: this.merchantId, ...move };
    const orders = await this.writes.moveOrders.run(some);
    const lines = await this.writes.moveLines.run(some);
    return orders < move.limit && lines < move.limit;
  }
}
