/**
 * The advisory locks of a database, each by two numbers: what it is for, and whose it is. They belong to one database
 * of PostgreSQL, and so do not meet those of other programs.
 */

/** Held by the transaction that changes a merchant's data, shared by a look-up that must not miss any; with the merchant's row. */
export const MERCHANT_LOCK = 0x4c4b01;

/** Held by the server that takes the steps of the schema; with 0. */
export const SCHEMA_LOCK = 0x4c4b02;

/** Held by the server that has a lease; with a digest of its name. */
export const LEASE_LOCK = 0x4c4b03;
