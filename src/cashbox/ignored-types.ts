/** Types that the SOAP side reads and drops. */

/**
 * Types whose values are no business of this server: payment data, credit and tokens are accepted,
 * ignored and never stored or logged (decided).
 */
export const IGNORED_TYPES: ReadonlySet<string> = new Set([
  'PaymentMethod',
  'Credit',
  'TokenAmount',
]);
