/** What of a merchant is no data of its own: a simulation that takes its data and puts them back leaves it as it is. */

/** The tables that say who may call; those that refer to others come first. */
export const ACCESS_TABLES: ReadonlySet<string> = new Set([
  'api_key',
  'person_merchant',
  'merchant',
]);

/** The columns of a merchant's own row that don't say how it is treated. */
export const IDENTITY_COLUMNS: ReadonlySet<string> = new Set([
  ...['id', 'login', 'password_hash', 'created_at'],
]);
