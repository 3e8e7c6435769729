/** The store's interface for offers and orders. */
import type { OrderState, Reason } from '../entitlements/order-access';
import type { StoredEntitlement } from './entitlements';
import type { Eventually } from './eventually';
import type { LedgerRow } from './ledger';
import type { RowPart } from './page';
import type { Walk } from './walk';

/** A named set of merchantEntitlementIds. */
export interface StoredOffer {
  readonly id: number;
  /** The id that clients use; unique within the merchant. */
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

/** The filter of a listing of orders, and where it continues. */
export interface OrderFilter {
  /** The row of the last order that was listed; 0: from the first. */
  readonly after: number;
  readonly limit: number;
  readonly accountId: number | undefined;
  readonly state: OrderState | undefined;
}

/** Which part of a listing is read that is ordered by merchantEntitlementId. */
export interface IdPart {
  /** The merchantEntitlementId before its first; empty: it begins with the first of all. */
  readonly after: string;
  readonly limit: number;
}

/** An order, as far as its access is found by it. */
export type AccessOrder = Pick<StoredOrder, 'orderId' | 'accountId'>;

/** Look-ups in one merchant's offers and orders. */
export interface OrderReads {
  findOffer(offerId: string): Eventually<StoredOffer | undefined>;
  /** In the order in which they were made. */
  listOffers(part: RowPart): Eventually<StoredOffer[]>;
  /** The merchantEntitlementIds of an offer, ordered. */
  listOfferEntitlements(offer: number, part: IdPart): Eventually<string[]>;
  /** Whether an offer has a merchantEntitlementId. */
  hasOfferEntitlement(offer: number, merchantEntitlementId: string): Eventually<boolean>;
  /** Active orders that have an offer in force. */
  readonly ofOffer: Walk;
  /** All orders of an account. */
  readonly ofAccount: Walk;

  /** By its row. */
  findOrderAt(row: number): Eventually<StoredOrder | undefined>;
  findOrder(orderId: string): Eventually<StoredOrder | undefined>;
  /** In the order in which they were made. */
  listOrders(filter: OrderFilter): Eventually<StoredOrder[]>;
  /**
   * Those of an account that hold an offer, in whatever state, in the order in which they were made. Where there are
   * more than the limit, any of them.
   */
  listOrdersHolding(accountId: number, offer: number, limit: number): Eventually<StoredOrder[]>;
  /** The first order of an account whose id the server made and that has the offer in force. */
  findUnnamedOrder(accountId: number, offer: number): Eventually<StoredOrder | undefined>;
  /** Ordered by offerId. */
  listLines(order: number): Eventually<StoredLine[]>;
  /** The same of many orders: of those that have any, by order. */
  listLinesOf(orders: readonly number[]): Eventually<ReadonlyMap<number, readonly StoredLine[]>>;
  /** The entitlements that an order gave, ended ones included, ordered by merchantEntitlementId. */
  listAccess(order: AccessOrder, part: IdPart): Eventually<StoredEntitlement[]>;
  /** The ledger's lines of an order after a line, oldest first. */
  listHistory(orderId: string, after: number, limit: number): Eventually<LedgerRow[]>;

  /** How many payments in a row may fail before an order is revoked. */
  findPaymentFailureLimit(): Eventually<number>;
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
  /** Gives an order, by its row, to another account of the merchant; what it gave is left as it is. */
  moveOrder(order: number, accountId: number): Eventually<void>;
  /** Adds an offer to an order, or saves its state and reason. */
  saveLine(order: number, line: StoredLine): Eventually<void>;

  updatePaymentFailureLimit(limit: number): Eventually<void>;
}
