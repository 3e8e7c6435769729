/** Offers, orders and their lines as they are read. */
import type { StoredLine } from '../orders';
import { selectList } from './columns';

/** The columns read of an offer. */
export const OFFER_COLUMNS = selectList(['id', 'offerId', 'name', 'createdAt']);

const ORDER_ROW = 'id orderId accountId named state failedPayments createdAt changedAt'.split(' ');

/** The columns read of an order. */
export const ORDER_COLUMNS = selectList(ORDER_ROW, 'customer_order.');

/** The columns read of an order's line, of order_line and offer. */
export const LINE_COLUMNS = `order_line.offer, offer.offer_id AS "offerId", offer.name AS "offerName",
  order_line.state, order_line.reason`;

/** Sorts lines by offerId. */
export function sortedLines(lines: StoredLine[]): StoredLine[] {
  return lines.sort((one, other) => (one.offerId < other.offerId ? -1 : 1));
}

/** From which account to which other its belongings go; the most rows. */
export interface Move {
  readonly source: number;
  readonly target: number;
  readonly limit: number;
}
