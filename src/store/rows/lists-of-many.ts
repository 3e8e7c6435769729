/** What many accounts have, cut where it is too much. */
import type { ListsOfMany } from '../accounts';

/**
 * What accounts have, as far as they have no more than `limit` together.
 * @param lists one row more than `limit` where there are more, in the order of the accounts' rows; this changes it
 */
export function cutLists<Row>(
  lists: Map<number, Row[]>,
  accountIds: readonly number[],
  limit: number,
): ListsOfMany<Row> {
  let read = 0;
  for (const list of lists.values()) read += list.length;
  if (read <= limit) return { lists, left: [] };
  // Those of the account that was read last may not be all.
  const [last = 0] = [...lists.keys()].slice(-1);
  lists.delete(last);
  return { lists, left: accountIds.filter((id) => id >= last) };
}
