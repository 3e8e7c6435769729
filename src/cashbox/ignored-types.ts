/** Types that the SOAP side reads and drops. */

/**
 * Types whose values are no business of this server: payments, credit and tokens are accepted,
 * ignored and never stored or logged, nor does a message quote a value in them (decided). A web
 * session and a gift card hold a card's number or PIN among plain name-value pairs and strings.
 */
export const IGNORED_TYPES: ReadonlySet<string> = new Set([
  'PaymentMethod',
  'Transaction',
  'MigrationTransaction',
  'TransactionStatus',
  'Refund',
  'WebSession',
  'GiftCard',
  'Credit',
  'TokenAmount',
]);

/**
 * Clients give a new AutoBill the status New, which no version lists: where it stands is what the
 * server finds, as without a status (decided).
 */
export const ABSENT_VALUES: ReadonlyMap<string, string> = new Map([['AutoBillStatus', 'New']]);
