/** What the server asks of a store about offers, orders and the users who have them. */
import type { OrderState, Reason } from '../entitlements/order-access';
import type { Eventually, LedgerRow, StoredAccount } from './store';

/** A named set of merchantEntitlementIds. */
export interface StoredOffer {
  readonly id: number;
  /** What clients name it by; unique within the merchant. */
  readonly offerId: string;
  readonly name: string;
  /** UTC milliseconds. */
  readonly createdAt: number;
}

/** An order. Its access is the entitlements whose source is `Order` and whose sourceId is its orderId. */
export interface StoredOrder {
  readonly id: number;
  /** Unique within the merchant. */
  readonly orderId: string;
  readonly accountId: number;
  /** Whether the client named the order; else the server made its id. */
  readonly named: boolean;
  readonly state: OrderState;
  /** Payments that failed since the last one that succeeded. */
  readonly failedPayments: number;
  /** UTC milliseconds. */
  readonly createdAt: number;
  /** UTC milliseconds; when its state, an offer's state or the count changed last. */
  readonly changedAt: number;
}

/** One offer of an order. */
export interface StoredLine {
  /** The offer's row. */
  readonly offer: number;
  readonly offerId: string;
  readonly offerName: string;
  readonly state: OrderState;
  /** Undefined unless it is revoked. */
  readonly reason: Reason | undefined;
}

/** What of a user is kept beside the account. */
export interface StoredProfile {
  readonly firstname: string | undefined;
  readonly lastname: string | undefined;
  /** UTC milliseconds; undefined: listed as a user. */
  readonly deletedAt: number | undefined;
}

/** An account that is a user. */
export type StoredUser = StoredAccount & Omit<StoredProfile, 'deletedAt'>;

/** What a listing of users is narrowed to, and where it goes on. */
export interface UserFilter {
  /** The row of the last account that was listed; 0: from the first. */
  readonly after: number;
  readonly limit: number;
  /** An offer's row: only users who got it, or of whom `active` is asked for that offer alone. */
  readonly offer: number | undefined;
  /** Whether an order gives them access now; undefined: either. */
  readonly active: boolean | undefined;
}

/** What a listing of orders is narrowed to, and where it goes on. */
export interface OrderFilter {
  /** The row of the last order that was listed; 0: from the first. */
  readonly after: number;
  readonly limit: number;
  readonly accountId: number | undefined;
  readonly state: OrderState | undefined;
}

/** What a request with an Idempotency-Key was answered. */
export interface StoredAnswer {
  /** A digest of the request. */
  readonly fingerprint: string;
  readonly status: number;
  /** JSON. */
  readonly body: string;
}

/** Look-ups in one merchant's offers and orders. */
export interface OrderReads {
  findOffer(offerId: string): Eventually<StoredOffer | undefined>;
  /** In the order in which they were made. */
  listOffers(): Eventually<StoredOffer[]>;
  /** The merchantEntitlementIds of an offer, ordered. */
  listOfferEntitlements(offer: number): Eventually<string[]>;
  /** Active orders that have the offer in force. */
  listOrdersOfOffer(offer: number): Eventually<StoredOrder[]>;

  findOrder(orderId: string): Eventually<StoredOrder | undefined>;
  /** In the order in which they were made. */
  listOrders(filter: OrderFilter): Eventually<StoredOrder[]>;
  /** All that an account has, in the order in which they were made. */
  listOrdersOfAccount(accountId: number): Eventually<StoredOrder[]>;
  /** Ordered by offerId. */
  listLines(order: number): Eventually<StoredLine[]>;
  /** The ledger's lines of an order behind a line, oldest first. */
  listHistory(orderId: string, after: number, limit: number): Eventually<LedgerRow[]>;

  /**
   * Accounts with that e-mail address in whatever case, in the order in which they were made; one
   * that was merged into another counts as that one.
   */
  listAccountsByEmailInAnyCase(emailAddress: string): Eventually<StoredAccount[]>;
  findProfile(accountId: number): Eventually<StoredProfile | undefined>;
  /** Accounts that have an e-mail address and were not deleted as users, in the order of their rows. */
  listUsers(filter: UserFilter): Eventually<StoredUser[]>;

  /** So many payments in a row may fail before an order is revoked. */
  findPaymentFailureLimit(): Eventually<number>;
  findAnswer(key: string): Eventually<StoredAnswer | undefined>;
}

/** Look-ups and changes of one merchant's offers and orders, within a unit of work. */
export interface OrderWrites extends OrderReads {
  insertOffer(offer: Omit<StoredOffer, 'id'>): Eventually<number>;
  renameOffer(offer: number, name: string): Eventually<void>;
  replaceOfferEntitlements(
    offer: number,
    merchantEntitlementIds: readonly string[],
  ): Eventually<void>;

  insertOrder(order: Omit<StoredOrder, 'id'>): Eventually<number>;
  /** Saves state, count and the moment of the change. */
  updateOrder(order: StoredOrder): Eventually<void>;
  /** Adds an offer to an order, or saves its state and reason. */
  saveLine(order: number, line: StoredLine): Eventually<void>;

  saveProfile(accountId: number, profile: StoredProfile): Eventually<void>;
  updatePaymentFailureLimit(limit: number): Eventually<void>;
  /** Keeps an answer, and forgets those that were kept before `forgetBefore` (UTC milliseconds). */
  insertAnswer(
    key: string,
    answer: StoredAnswer,
    moments: { readonly at: number; readonly forgetBefore: number },
  ): Eventually<void>;
}
