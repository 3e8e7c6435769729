/** Look-ups in one merchant's offers and orders. */
import type { StoredEntitlement } from '../entitlements';
import type { LedgerRow } from '../ledger';
import type {
  AccessOrder,
  IdPart,
  OrderFilter,
  OrderReads,
  StoredLine,
  StoredOffer,
  StoredOrder,
} from '../orders';
import type { RowPart } from '../page';
import { ENTITLEMENT_COLUMNS } from '../rows/entitlement-row';
import { toLedgerRow } from '../rows/ledger-row';
import { LINE_COLUMNS, OFFER_COLUMNS, ORDER_COLUMNS, sortedLines } from '../rows/order-row';
import type { Walk } from '../walk';
import { LEDGER_SELECT } from './ledger-select';
import type { Prepare, Query } from './query';
import { prepareWalk, type WalkStatements, walkThrough } from './walks';

const ORDERS = `SELECT ${ORDER_COLUMNS} FROM customer_order WHERE merchant_id =`;

const LINES = `FROM order_line
  JOIN offer ON offer.merchant_id = order_line.merchant_id AND offer.id = order_line.offer
  WHERE order_line.merchant_id =`;

/** Orders of an account that have an offer. Merchant, offer and account. */
const HOLDING = `SELECT ${ORDER_COLUMNS} FROM order_line JOIN customer_order
    ON customer_order.merchant_id = order_line.merchant_id
    AND customer_order.id = order_line.customer_order
  WHERE order_line.merchant_id = ? AND order_line.offer = ? AND order_line.account_id = ?`;

/** Every look-up, prepared once. */
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
  readonly history: Query<object>;
  readonly paymentFailureLimit: Query<{ readonly limit: number }>;
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

/** Prepares them. */
export function prepareOrderReads(prepare: Prepare): OrderReadStatements {
  return {
    offer: prepare<StoredOffer>(
      `SELECT ${OFFER_COLUMNS} FROM offer WHERE merchant_id = ? AND offer_id = ?`,
    ),
    offers: prepare<StoredOffer>(
      `SELECT ${OFFER_COLUMNS} FROM offer WHERE merchant_id = ? AND id > ? ORDER BY id LIMIT ?`,
    ),
    offerEntitlements: prepare(
      `SELECT merchant_entitlement_id AS id FROM offer_entitlement
       WHERE merchant_id = ? AND offer = ? AND merchant_entitlement_id > ?
       ORDER BY merchant_entitlement_id LIMIT ?`,
    ),
    offerEntitlement: prepare(
      `SELECT 1 AS one FROM offer_entitlement
       WHERE merchant_id = ? AND offer = ? AND merchant_entitlement_id = ?`,
    ),
    ...prepareOrders(prepare),
    ofOffer: prepareWalk(prepare, {
      table: 'order_line',
      key: 'offer',
      row: 'customer_order',
      condition: "state = 'active'",
    }),
    ofAccount: prepareWalk(prepare, { table: 'customer_order', key: 'account_id', row: 'id' }),
    lines: prepare<StoredLine>(
      `SELECT ${LINE_COLUMNS} ${LINES} ? AND order_line.customer_order = ?`,
    ),
    linesOf: prepare<StoredLine>(
      `SELECT order_line.customer_order, ${LINE_COLUMNS} ${LINES} ?
       AND order_line.customer_order = ANY(?::bigint[])`,
    ),
    access: prepare<StoredEntitlement>(
      `SELECT ${ENTITLEMENT_COLUMNS} FROM entitlement
       WHERE merchant_id = ? AND account_id = ? AND source = 'Order' AND source_id = ?
         AND merchant_entitlement_id > ? ORDER BY merchant_entitlement_id LIMIT ?`,
    ),
    history: prepare(
      `${LEDGER_SELECT} WHERE ledger.merchant_id = :merchant AND ledger.source = 'Order'
       AND ledger.source_id = :orderId AND (ledger.at, ledger.id) > (coalesce(
         (SELECT at FROM ledger WHERE merchant_id = :merchant AND id = :after), 0), :after)
       ORDER BY ledger.at, ledger.id LIMIT :limit`,
    ),
    paymentFailureLimit: prepare(
      'SELECT payment_failure_limit AS "limit" FROM merchant WHERE id = ?',
    ),
  };
}

function prepareOrders(prepare: Prepare): OrderQueries {
  return {
    orderAt: prepare(`${ORDERS} ? AND id = ?`),
    ordersHolding: prepare(`${HOLDING} LIMIT ?`),
    unnamedOrder: prepare(
      `${HOLDING} AND order_line.state = 'active' AND NOT customer_order.named
       ORDER BY order_line.customer_order LIMIT 1`,
    ),
    order: prepare(`${ORDERS} ? AND order_id = ?`),
    orders: prepare(`${ORDERS} :merchant AND id > :after ORDER BY id LIMIT :limit`),
    ordersInState: prepare(
      `${ORDERS} :merchant AND state = :state AND id > :after ORDER BY id LIMIT :limit`,
    ),
    ordersOfAccount: prepare(
      `${ORDERS} :merchant AND account_id = :accountId AND id > :after
       AND (:state::text IS NULL OR state = :state::text) ORDER BY id LIMIT :limit`,
    ),
  };
}

/** A merchant's view of offers and orders. */
export class PostgresOrderReads implements OrderReads {
  constructor(
    private readonly reads: OrderReadStatements,
    protected readonly merchantId: number,
  ) {}

  findOffer(offerId: string): Promise<StoredOffer | undefined> {
    return this.reads.offer.get(this.merchantId, offerId);
  }

  listOffers({ after, limit }: RowPart): Promise<StoredOffer[]> {
    return this.reads.offers.all(this.merchantId, after, limit);
  }

  async listOfferEntitlements(offer: number, { after, limit }: IdPart): Promise<string[]> {
    const found = await this.reads.offerEntitlements.all(this.merchantId, offer, after, limit);
    return found.map(({ id }) => id);
  }

  async hasOfferEntitlement(offer: number, merchantEntitlementId: string): Promise<boolean> {
    const { offerEntitlement } = this.reads;
    const found = await offerEntitlement.get(this.merchantId, offer, merchantEntitlementId);
    return found !== undefined;
  }

  get ofOffer(): Walk {
    return walkThrough(this.reads.ofOffer, this.merchantId);
  }

  get ofAccount(): Walk {
    return walkThrough(this.reads.ofAccount, this.merchantId);
  }

  findOrderAt(row: number): Promise<StoredOrder | undefined> {
    return this.reads.orderAt.get(this.merchantId, row);
  }

  findOrder(orderId: string): Promise<StoredOrder | undefined> {
    return this.reads.order.get(this.merchantId, orderId);
  }

  listOrders({ after, limit, accountId, state }: OrderFilter): Promise<StoredOrder[]> {
    const place = { merchant: this.merchantId, after, limit };
    if (accountId !== undefined) {
      return this.reads.ordersOfAccount.all({ ...place, accountId, state });
    }
    return state === undefined
      ? this.reads.orders.all(place)
      : this.reads.ordersInState.all({ ...place, state });
  }

  async listOrdersHolding(accountId: number, offer: number, limit: number): Promise<StoredOrder[]> {
    const { ordersHolding } = this.reads;
    const found = await ordersHolding.all(this.merchantId, offer, accountId, limit);
    return found.sort((one, other) => one.id - other.id);
  }

  findUnnamedOrder(accountId: number, offer: number): Promise<StoredOrder | undefined> {
    return this.reads.unnamedOrder.get(this.merchantId, offer, accountId);
  }

  async listLines(order: number): Promise<StoredLine[]> {
    return sortedLines(await this.reads.lines.all(this.merchantId, order));
  }

  async listLinesOf(orders: readonly number[]): Promise<Map<number, StoredLine[]>> {
    const found = await this.reads.linesOf.listsByKey<number>(this.merchantId, orders);
    for (const list of found.values()) sortedLines(list);
    return found;
  }

  listAccess(
    { accountId, orderId }: AccessOrder,
    { after, limit }: IdPart,
  ): Promise<StoredEntitlement[]> {
    return this.reads.access.all(this.merchantId, accountId, orderId, after, limit);
  }

  async listHistory(orderId: string, after: number, limit: number): Promise<LedgerRow[]> {
    const place = { merchant: this.merchantId, orderId, after, limit };
    return (await this.reads.history.all(place)).map(toLedgerRow);
  }

  async findPaymentFailureLimit(): Promise<number> {
    return (await this.reads.paymentFailureLimit.get(this.merchantId))?.limit ?? 0;
  }
}
