/** Look-ups in one merchant's offers and orders, on any connection. */
import type { Database, Statement } from 'better-sqlite3';
import type { StoredEntitlement } from '../entitlements';
import type { LedgerRow } from '../ledger';
import type { RowPart } from '../page';
import type { Walk } from '../walk';
import type {
  AccessOrder,
  IdPart,
  OrderFilter,
  OrderReads,
  StoredLine,
  StoredOffer,
  StoredOrder,
} from '../orders';
import { ENTITLEMENT_COLUMNS } from '../rows/entitlement-row';
import { toLedgerRow } from '../rows/ledger-row';
import { LINE_COLUMNS, OFFER_COLUMNS, ORDER_COLUMNS, sortedLines } from '../rows/order-row';
import { guarded } from './guarded';
import { LEDGER_SELECT } from './ledger-select';
import { AMONG, listMany } from './many';
import { plannedOnce, type Prepare, type Query } from './query';
import { prepareWalk, type WalkStatements, walkThrough } from './walks';

function ordersWhere(condition: string): string {
  return `SELECT ${ORDER_COLUMNS} FROM customer_order WHERE ${condition}`;
}

const LINES = `${LINE_COLUMNS}
  FROM order_line CROSS JOIN offer ON offer.id = order_line.offer`;

/** Every look-up of a connection, prepared once. */
export interface OrderReadStatements extends OrderQueries {
  readonly offer: Query<StoredOffer>;
  readonly offers: Query<StoredOffer>;
  readonly ofOffer: WalkStatements;
  readonly ofAccount: WalkStatements;
  readonly lines: Query<StoredLine>;
  readonly linesOf: Query<StoredLine>;
  readonly access: Query<StoredEntitlement>;
  readonly offerEntitlements: Query<{ readonly id: string }>;
  readonly offerEntitlement: Query<{ readonly one: number }>;
  readonly history: Statement;
  readonly paymentFailureLimit: Statement;
}

/** Look-ups of orders. */
export type OrderQueries = Readonly<
  Record<
    | 'orderAt'
    | 'ordersHolding'
    | 'unnamedOrder'
    | 'order'
    | 'orders'
    | 'ordersInState'
    | 'ordersOfAccount',
    Query<StoredOrder>
  >
>;

/** Prepares them. Lines are reached only through an order or offer that a merchant's look-up found. */
export function prepareOrderReads(database: Database, prepare: Prepare): OrderReadStatements {
  return {
    offer: prepare<StoredOffer>(
      `SELECT ${OFFER_COLUMNS} FROM offer WHERE merchant_id = ? AND offer_id = ?`,
    ),
    offers: prepare<StoredOffer>(
      `SELECT ${OFFER_COLUMNS} FROM offer WHERE merchant_id = ? AND position > ?
       ORDER BY position LIMIT ?`,
    ),
    offerEntitlements: prepare(
      `SELECT merchant_entitlement_id AS id FROM offer_entitlement
       WHERE offer = ? AND merchant_entitlement_id > ? ORDER BY merchant_entitlement_id LIMIT ?`,
    ),
    offerEntitlement: prepare(
      'SELECT 1 AS one FROM offer_entitlement WHERE offer = ? AND merchant_entitlement_id = ?',
    ),
    ...prepareOrders(prepare),
    ofOffer: prepareWalk(prepare, {
      table: 'order_line',
      key: 'offer',
      row: 'customer_order',
      condition: "state = 'active'",
    }),
    ofAccount: prepareWalk(prepare, {
      table: 'customer_order',
      key: 'account_id',
      row: 'position',
    }),
    lines: prepare<StoredLine>(`SELECT ${LINES} WHERE order_line.customer_order = ?`),
    linesOf: prepare<StoredLine>(
      `SELECT order_line.customer_order, ${LINES} WHERE order_line.customer_order ${AMONG}`,
    ),
    access: prepare<StoredEntitlement>(
      `SELECT ${ENTITLEMENT_COLUMNS} FROM entitlement INDEXED BY entitlement_source
       WHERE account_id = ? AND +source = 'Order' AND source_id = ? AND source <> 'Account'
         AND merchant_entitlement_id > ? ORDER BY merchant_entitlement_id LIMIT ?`,
    ),
    history: database.prepare(
      plannedOnce(
        `${LEDGER_SELECT} WHERE ledger.merchant_id = :merchant AND ledger.source = 'Order'
         AND ledger.source_id = :orderId AND (ledger.at, ledger.position) > (coalesce(
           (SELECT at FROM ledger WHERE id = :after AND +merchant_id = :merchant), 0), :after)
         ORDER BY ledger.at, ledger.position LIMIT :limit`,
      ),
    ),
    paymentFailureLimit: database
      .prepare('SELECT payment_failure_limit FROM merchant WHERE id = ?')
      .pluck(),
  };
}

function prepareOrders(prepare: Prepare): OrderQueries {
  const orders = (sql: string) => prepare<StoredOrder>(sql, ['named']);
  return {
    orderAt: orders(ordersWhere('id = ? AND +merchant_id = ?')),
    ordersHolding: orders(
      `SELECT ${ORDER_COLUMNS} FROM order_line
       CROSS JOIN customer_order ON customer_order.id = order_line.customer_order
       WHERE order_line.offer = ? AND order_line.account_id = ? AND +customer_order.merchant_id = ?
       LIMIT ?`,
    ),
    unnamedOrder: orders(
      `SELECT ${ORDER_COLUMNS} FROM order_line
       CROSS JOIN customer_order ON customer_order.id = order_line.customer_order
       WHERE order_line.offer = ? AND order_line.account_id = ? AND order_line.state = 'active'
       AND customer_order.named = 0 AND +customer_order.merchant_id = ?
       ORDER BY order_line.customer_order LIMIT 1`,
    ),
    order: orders(ordersWhere('merchant_id = ? AND order_id = ?')),
    orders: orders(
      ordersWhere('merchant_id = :merchant AND position > :after ORDER BY position LIMIT :limit'),
    ),
    ordersInState: orders(
      ordersWhere(
        `merchant_id = :merchant AND state = :state AND position > :after
         ORDER BY position LIMIT :limit`,
      ),
    ),
    ordersOfAccount: orders(
      ordersWhere(
        `account_id = :accountId AND +merchant_id = :merchant AND position > :after
         AND (:state IS NULL OR +state = :state) ORDER BY position LIMIT :limit`,
      ),
    ),
  };
}

/** A merchant's view of offers and orders through one connection's statements. */
export class SqliteOrderReads implements OrderReads {
  constructor(
    private readonly reads: OrderReadStatements,
    protected readonly merchantId: number,
  ) {}

  findOffer(offerId: string): StoredOffer | undefined {
    return this.reads.offer.get(this.merchantId, offerId);
  }

  listOffers({ after, limit }: RowPart): StoredOffer[] {
    return this.reads.offers.all(this.merchantId, after, limit);
  }

  listOfferEntitlements(offer: number, { after, limit }: IdPart): string[] {
    return this.reads.offerEntitlements.all(offer, after, limit).map(({ id }) => id);
  }

  hasOfferEntitlement(offer: number, merchantEntitlementId: string): boolean {
    return this.reads.offerEntitlement.get(offer, merchantEntitlementId) !== undefined;
  }

  get ofOffer(): Walk {
    return walkThrough(this.reads.ofOffer);
  }

  get ofAccount(): Walk {
    return walkThrough(this.reads.ofAccount);
  }

  findOrderAt(row: number): StoredOrder | undefined {
    return this.reads.orderAt.get(row, this.merchantId);
  }

  findOrder(orderId: string): StoredOrder | undefined {
    return this.reads.order.get(this.merchantId, orderId);
  }

  listOrders({ after, limit, accountId, state }: OrderFilter): StoredOrder[] {
    const place = { merchant: this.merchantId, after, limit };
    if (accountId !== undefined) {
      return this.reads.ordersOfAccount.all({ ...place, accountId, state: state ?? null });
    }
    return state === undefined
      ? this.reads.orders.all(place)
      : this.reads.ordersInState.all({ ...place, state });
  }

  listOrdersHolding(accountId: number, offer: number, limit: number): StoredOrder[] {
    const found = this.reads.ordersHolding.all(offer, accountId, this.merchantId, limit);
    return found.sort((one, other) => one.id - other.id);
  }

  findUnnamedOrder(accountId: number, offer: number): StoredOrder | undefined {
    return this.reads.unnamedOrder.get(offer, accountId, this.merchantId);
  }

  listLines(order: number): StoredLine[] {
    return sortedLines(this.reads.lines.all(order));
  }

  listLinesOf(orders: readonly number[]): Map<number, StoredLine[]> {
    const { lines, linesOf } = this.reads;
    const found = listMany(
      orders,
      (id) => lines.all(id),
      (ids) => linesOf.listsByKey(ids),
    );
    for (const list of found.values()) sortedLines(list);
    return found;
  }

  listAccess({ accountId, orderId }: AccessOrder, { after, limit }: IdPart): StoredEntitlement[] {
    return this.reads.access.all(accountId, orderId, after, limit);
  }

  listHistory(orderId: string, after: number, limit: number): LedgerRow[] {
    const values = { merchant: this.merchantId, orderId, after, limit };
    const rows = guarded(() => this.reads.history.all(values));
    return rows.map(toLedgerRow);
  }

  findPaymentFailureLimit(): number {
    return guarded(() => this.reads.paymentFailureLimit.get(this.merchantId)) as number;
  }
}
