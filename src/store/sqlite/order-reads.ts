/** Look-ups in one merchant's offers and orders, on any connection. */
import type { Database, Statement } from 'better-sqlite3';
import type {
  OrderFilter,
  OrderReads,
  StoredAnswer,
  StoredLine,
  StoredOffer,
  StoredOrder,
  StoredProfile,
  StoredUser,
  UserFilter,
} from '../orders';
import type { LedgerRow, StoredAccount } from '../store';
import { ACCOUNT_BOOLEANS, ACCOUNT_COLUMNS, ACCOUNT_ROW } from './account-row';
import { guarded } from './guarded';
import { LEDGER_SELECT, toLedgerRow } from './ledger-row';
import type { Prepare, Query } from './query';
import { selectList } from './rows';

const OFFER_COLUMNS = selectList(['id', 'offerId', 'name', 'createdAt']);

const ORDER_ROW = 'id orderId accountId named state failedPayments createdAt changedAt'.split(' ');

function ordersWhere(condition: string): string {
  return `SELECT ${selectList(ORDER_ROW)} FROM customer_order WHERE ${condition}`;
}

const USER_COLUMNS = `${selectList(ACCOUNT_ROW, 'account.')},
  user_profile.firstname, user_profile.lastname`;

const HAS_ACTIVE_LINE = `EXISTS (SELECT 1 FROM order_line
  WHERE order_line.account_id = account.id AND order_line.state = 'active')`;

/** Users in the order of their accounts. @param condition a further one */
function usersWhere(condition: string): string {
  return `SELECT ${USER_COLUMNS} FROM account
    LEFT JOIN user_profile ON user_profile.account_id = account.id
    WHERE account.merchant_id = :merchant AND account.position > :after
      AND account.merged_into IS NULL AND account.email_address IS NOT NULL
      AND user_profile.deleted_at IS NULL AND ${condition}
    ORDER BY account.position LIMIT :limit`;
}

/** The users of one offer, found by its lines. @param condition what their states must be */
function offerUsersWhere(condition: string): string {
  return `SELECT ${USER_COLUMNS} FROM order_line
    CROSS JOIN account ON account.id = order_line.account_id
    LEFT JOIN user_profile ON user_profile.account_id = account.id
    WHERE order_line.offer = :offer AND order_line.account_id > :after
      AND +account.merchant_id = :merchant AND user_profile.deleted_at IS NULL
    GROUP BY order_line.account_id HAVING ${condition}
    ORDER BY order_line.account_id LIMIT :limit`;
}

const HAS_OFFER_ACTIVE = "max(order_line.state = 'active')";

/** Every look-up of a connection, prepared once. */
export interface OrderReadStatements extends OrderQueries, UserQueries {
  readonly offer: Query<StoredOffer>;
  readonly offers: Query<StoredOffer>;
  readonly lines: Query<StoredLine>;
  readonly accountsByEmail: Query<StoredAccount>;
  readonly profile: Query<StoredProfile>;
  readonly answer: Query<StoredAnswer>;
  readonly offerEntitlements: Statement;
  readonly history: Statement;
  readonly paymentFailureLimit: Statement;
}

/** Look-ups of orders. */
export type OrderQueries = Readonly<
  Record<
    'ordersOfOffer' | 'order' | 'orders' | 'ordersInState' | 'ordersOfAccount',
    Query<StoredOrder>
  >
>;

/** Listings of users: of all, or of an offer's; by whether an order gives them access. */
export type UserQueries = Readonly<
  Record<
    'users' | 'offerUsers',
    Readonly<Record<'either' | 'active' | 'inactive', Query<StoredUser>>>
  >
>;

/** Prepares them. Lines are reached only through an order or offer that a merchant's look-up found. */
export function prepareOrderReads(database: Database, prepare: Prepare): OrderReadStatements {
  return {
    offer: prepare<StoredOffer>(
      `SELECT ${OFFER_COLUMNS} FROM offer WHERE merchant_id = ? AND offer_id = ?`,
    ),
    offers: prepare<StoredOffer>(
      `SELECT ${OFFER_COLUMNS} FROM offer WHERE merchant_id = ? ORDER BY position`,
    ),
    offerEntitlements: database
      .prepare(
        `SELECT merchant_entitlement_id FROM offer_entitlement
       WHERE offer = ? ORDER BY merchant_entitlement_id`,
      )
      .pluck(),
    ...prepareOrders(prepare),
    lines: prepare<StoredLine>(
      `SELECT order_line.offer, offer.offer_id AS offerId, offer.name AS offerName,
         order_line.state, order_line.reason
       FROM order_line CROSS JOIN offer ON offer.id = order_line.offer
       WHERE order_line.customer_order = ?`,
    ),
    history: database.prepare(
      `${LEDGER_SELECT} WHERE ledger.merchant_id = ? AND ledger.source = 'Order'
       AND ledger.source_id = ? AND ledger.position > ? ORDER BY ledger.position LIMIT ?`,
    ),
    accountsByEmail: prepare<StoredAccount>(
      `SELECT ${ACCOUNT_COLUMNS} FROM account WHERE id IN
         (SELECT coalesce(merged_into, id) FROM account
          WHERE merchant_id = ? AND email_address = ? COLLATE NOCASE) ORDER BY id`,
      ACCOUNT_BOOLEANS,
    ),
    profile: prepare<StoredProfile>(
      `SELECT ${selectList(['firstname', 'lastname', 'deletedAt'])} FROM user_profile
       WHERE account_id = ?`,
    ),
    ...prepareUserReads(prepare),
    paymentFailureLimit: database
      .prepare('SELECT payment_failure_limit FROM merchant WHERE id = ?')
      .pluck(),
    answer: prepare<StoredAnswer>(
      'SELECT fingerprint, status, body FROM kept_answer WHERE merchant_id = ? AND key = ?',
    ),
  };
}

function prepareOrders(prepare: Prepare): OrderQueries {
  const orders = (sql: string) => prepare<StoredOrder>(sql, ['named']);
  return {
    ordersOfOffer: orders(
      `SELECT ${selectList(ORDER_ROW, 'customer_order.')} FROM order_line
       CROSS JOIN customer_order ON customer_order.id = order_line.customer_order
       WHERE order_line.offer = ? AND order_line.state = 'active'
       AND +customer_order.merchant_id = ?`,
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

function prepareUserReads(prepare: Prepare): UserQueries {
  const users = (sql: string) => prepare<StoredUser>(sql, ACCOUNT_BOOLEANS);
  return {
    users: {
      either: users(usersWhere('true')),
      active: users(usersWhere(HAS_ACTIVE_LINE)),
      inactive: users(usersWhere(`NOT ${HAS_ACTIVE_LINE}`)),
    },
    offerUsers: {
      either: users(offerUsersWhere('true')),
      active: users(offerUsersWhere(HAS_OFFER_ACTIVE)),
      inactive: users(offerUsersWhere(`NOT ${HAS_OFFER_ACTIVE}`)),
    },
  };
}

/** More than anybody has: for a listing of all that one account has. */
const ALL = -1;

/** A merchant's view of offers and orders through one connection's statements. */
export class SqliteOrderReads implements OrderReads {
  constructor(
    private readonly reads: OrderReadStatements,
    protected readonly merchantId: number,
  ) {}

  findOffer(offerId: string): StoredOffer | undefined {
    return this.reads.offer.get(this.merchantId, offerId);
  }

  listOffers(): StoredOffer[] {
    return this.reads.offers.all(this.merchantId);
  }

  listOfferEntitlements(offer: number): string[] {
    return guarded(() => this.reads.offerEntitlements.all(offer)) as string[];
  }

  listOrdersOfOffer(offer: number): StoredOrder[] {
    return this.reads.ordersOfOffer.all(offer, this.merchantId);
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

  listOrdersOfAccount(accountId: number): StoredOrder[] {
    return this.listOrders({ after: 0, limit: ALL, accountId, state: undefined });
  }

  listLines(order: number): StoredLine[] {
    const lines = this.reads.lines.all(order);
    return lines.sort((one, other) => (one.offerId < other.offerId ? -1 : 1));
  }

  listHistory(orderId: string, after: number, limit: number): LedgerRow[] {
    const rows = guarded(() => this.reads.history.all(this.merchantId, orderId, after, limit));
    return rows.map(toLedgerRow);
  }

  listAccountsByEmailInAnyCase(emailAddress: string): StoredAccount[] {
    return this.reads.accountsByEmail.all(this.merchantId, emailAddress);
  }

  findProfile(accountId: number): StoredProfile | undefined {
    return this.reads.profile.get(accountId);
  }

  listUsers({ after, limit, offer, active }: UserFilter): StoredUser[] {
    const kind = active === undefined ? 'either' : active ? 'active' : 'inactive';
    const place = { merchant: this.merchantId, after, limit };
    return offer === undefined
      ? this.reads.users[kind].all(place)
      : this.reads.offerUsers[kind].all({ ...place, offer });
  }

  findPaymentFailureLimit(): number {
    return guarded(() => this.reads.paymentFailureLimit.get(this.merchantId)) as number;
  }

  findAnswer(key: string): StoredAnswer | undefined {
    return this.reads.answer.get(this.merchantId, key);
  }
}
