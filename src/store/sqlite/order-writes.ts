/** Changes of one merchant's offers and orders, on the writing connection. */
import type { Database } from 'better-sqlite3';
import type { OrderWrites, StoredLine, StoredOffer, StoredOrder } from '../orders';
import type { Move } from '../rows/order-row';
import { guarded } from './guarded';
import { AMONG } from './many';
import { type OrderReadStatements, SqliteOrderReads } from './order-reads';
import { toColumn } from './rows';
import { preparingStatements, type Statement } from './statement';

/** Every change, prepared once. */
export type OrderWriteStatements = Readonly<
  Record<
    | 'insertOffer'
    | 'renameOffer'
    | 'deleteOfferEntitlements'
    | 'insertOfferEntitlements'
    | 'insertOrder'
    | 'updateOrder'
    | 'saveLine'
    | 'moveOrder'
    | 'moveLinesOf'
    | 'moveOrders'
    | 'moveLines'
    | 'updatePaymentFailureLimit',
    Statement
  >
>;

/** Prepares the statements that change offers and orders. */
export function prepareOrderWrites(database: Database): OrderWriteStatements {
  const prepare = preparingStatements(database);
  return {
    insertOffer: prepare(
      'INSERT INTO offer (merchant_id, offer_id, name, created_at) VALUES (?, ?, ?, ?)',
    ),
    renameOffer: prepare('UPDATE offer SET name = ? WHERE id = ? AND +merchant_id = ?'),
    // There may be thousands: one statement for all, and none for those that stay.
    deleteOfferEntitlements: prepare(
      `DELETE FROM offer_entitlement WHERE offer = ? AND merchant_entitlement_id NOT ${AMONG}`,
    ),
    insertOfferEntitlements: prepare(
      `INSERT OR IGNORE INTO offer_entitlement (offer, merchant_entitlement_id)
       SELECT ?, value FROM json_each(?)`,
    ),
    insertOrder: prepare(
      `INSERT INTO customer_order (merchant_id, order_id, account_id, named, state,
         failed_payments, created_at, changed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    updateOrder: prepare(
      `UPDATE customer_order SET state = ?, failed_payments = ?, changed_at = ?
       WHERE id = ? AND +merchant_id = ?`,
    ),
    saveLine: prepare(
      `INSERT INTO order_line (customer_order, offer, account_id, state, reason)
       VALUES (:order, :offer, (SELECT account_id FROM customer_order WHERE id = :order),
         :state, :reason)
       ON CONFLICT DO UPDATE SET state = excluded.state, reason = excluded.reason`,
    ),
    moveOrder: prepare(
      'UPDATE customer_order SET account_id = :account WHERE id = :order AND +merchant_id = :merchant',
    ),
    moveLinesOf: prepare(
      'UPDATE order_line SET account_id = :account WHERE customer_order = :order',
    ),
    moveOrders: prepare(
      `UPDATE customer_order SET account_id = :target WHERE id IN
         (SELECT id FROM customer_order WHERE account_id = :source LIMIT +:limit)`,
    ),
    moveLines: prepare(
      `UPDATE order_line SET account_id = :target WHERE (customer_order, offer) IN
         (SELECT customer_order, offer FROM order_line WHERE account_id = :source LIMIT +:limit)`,
    ),
    updatePaymentFailureLimit: prepare(
      'UPDATE merchant SET payment_failure_limit = ? WHERE id = ?',
    ),
  };
}

/** One unit's view of offers and orders; its caller opens and closes the transaction. */
export class SqliteOrderWrites extends SqliteOrderReads implements OrderWrites {
  constructor(
    reads: OrderReadStatements,
    private readonly writes: OrderWriteStatements,
    merchantId: number,
  ) {
    super(reads, merchantId);
  }

  insertOffer({ offerId, name, createdAt }: Omit<StoredOffer, 'id'>): number {
    const { lastInsertRowid } = guarded(() =>
      this.writes.insertOffer.run(this.merchantId, offerId, name, createdAt),
    );
    return Number(lastInsertRowid);
  }

  renameOffer(offer: number, name: string): void {
    guarded(() => this.writes.renameOffer.run(name, offer, this.merchantId));
  }

  replaceOfferEntitlements(offer: number, merchantEntitlementIds: readonly string[]): void {
    const ids = JSON.stringify(merchantEntitlementIds);
    guarded(() => {
      this.writes.deleteOfferEntitlements.run(offer, ids);
      this.writes.insertOfferEntitlements.run(offer, ids);
    });
  }

  insertOrder(order: Omit<StoredOrder, 'id'>): number {
    const { orderId, accountId, named, state, failedPayments, createdAt, changedAt } = order;
    const values = [orderId, accountId, named, state, failedPayments, createdAt, changedAt];
    const { lastInsertRowid } = guarded(() =>
      this.writes.insertOrder.run(this.merchantId, ...values.map(toColumn)),
    );
    return Number(lastInsertRowid);
  }

  updateOrder({ id, state, failedPayments, changedAt }: StoredOrder): void {
    guarded(() =>
      this.writes.updateOrder.run(state, failedPayments, changedAt, id, this.merchantId),
    );
  }

  saveLine(order: number, { offer, state, reason }: StoredLine): void {
    guarded(() => this.writes.saveLine.run({ order, offer, state, reason: toColumn(reason) }));
  }

  moveOrder(order: number, account: number): void {
    guarded(() => {
      const { changes } = this.writes.moveOrder.run({ order, account, merchant: this.merchantId });
      if (changes > 0) this.writes.moveLinesOf.run({ order, account });
    });
  }

  updatePaymentFailureLimit(limit: number): void {
    guarded(() => this.writes.updatePaymentFailureLimit.run(limit, this.merchantId));
  }

  /** Gives some of the orders of one account to another; both are the merchant's. @returns whether that was all */
  moveOrders(move: Move): boolean {
    return guarded(() => {
      const orders = this.writes.moveOrders.run(move);
      const lines = this.writes.moveLines.run(move);
      return orders.changes < move.limit && lines.changes < move.limit;
    });
  }
}
