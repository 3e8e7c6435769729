/**
 * Look-ups of many keys, which ask one question. A key alone is looked up by itself: a list of one
 * would cost more.
 */

import type { ListsOfMany } from '../accounts';
import { cutLists } from '../rows/lists-of-many';
import type { Query } from './query';

/** A condition for all keys that a parameter lists in JSON. */
export const AMONG = 'IN (SELECT value FROM json_each(?))';

/**
 * @param one looks up one key
 * @param many looks up the keys that a text lists in JSON
 */
export function findMany<Key extends number | string, Row>(
  keys: readonly Key[],
  one: (key: Key) => Row | undefined,
  many: (keys: string) => Map<Key, Row>,
): Map<Key, Row> {
  const [only] = keys;
  if (only === undefined) return new Map();
  if (keys.length > 1) return many(JSON.stringify(keys));
  const row = one(only);
  return new Map(row === undefined ? [] : [[only, row]]);
}

/** The same for keys of which each has several rows; a key that has none is not in the answer. */
export function listMany<Key extends number | string, Row>(
  keys: readonly Key[],
  one: (key: Key) => Row[],
  many: (keys: string) => Map<Key, Row[]>,
): Map<Key, Row[]> {
  const list = (key: Key) => {
    const rows = one(key);
    return rows.length === 0 ? undefined : rows;
  };
  return findMany(keys, list, many);
}

/**
 * What many accounts have, as far as they have no more than `limit` together.
 * @param query ordered by account; its parameters are the accounts, further values and the most rows
 */
export function listsOfMany<Row>(
  query: Query<Row>,
  accountIds: readonly number[],
  limit: number,
  ...values: readonly unknown[]
): ListsOfMany<Row> {
  const lists = query.listsByKey<number>(JSON.stringify(accountIds), ...values, limit + 1);
  return cutLists(lists, accountIds, limit);
}
