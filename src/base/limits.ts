/** The ranges of a merchant's limits, by whichever surface they are set. */

/** Payments of an order that may fail in a row before it is revoked. */
export const PAYMENT_FAILURES = { least: 1, most: 1000 } as const;

/** Days that access by an AutoBill lasts while it is not paid. */
export const GRACE_DAYS = { least: 0, most: 365 } as const;
