/** Lines of many merchants or accounts as one list, by moment and number. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Eventually } from '../eventually';
import type { LedgerRow } from '../ledger';

/** Lines that are read in one turn of the event loop. */
const PAGE = 500;

/** Lines that are held at once of all parts together, where there are not more parts than that. */
const HELD = 2000;

/** The place before a line: a moment, and a line of it. */
export interface Place {
  readonly at: number;
  readonly after: number;
}

/** Reads lines of one part after a place, in their order: at most `limit`, and fewer only where none follow. */
export type ReadLines<Key> = (key: Key, place: Place, limit: number) => Eventually<LedgerRow[]>;

/**
 * Merges parts, reading page by page.
 * @param keys name the parts
 * @param from the moment at which the list begins
 */
export async function* mergeLines<Key>(
  keys: readonly Key[],
  from: number,
  readLines: ReadLines<Key>,
): AsyncGenerator<LedgerRow> {
  const limit = Math.max(1, Math.min(PAGE, Math.floor(HELD / keys.length)));
  let read = 0;
  const next = async (key: Key, last: LedgerRow | undefined): Promise<LedgerRow[]> => {
    if (read === 0) await nextTurn();
    const place = last ? { at: last.at, after: last.id } : { at: from, after: 0 };
    const rows = await readLines(key, place, limit);
    read = read + limit + 1 > PAGE ? 0 : read + limit + 1;
    return rows.reverse();
  };
  const parts: Array<Part<Key>> = [];
  for (const key of keys) insert(parts, { key, rows: await next(key, undefined) });
  for (let part = parts.pop(); part; part = parts.pop()) {
    const row = part.rows.pop() as LedgerRow;
    yield row;
    if (part.rows.length === 0) part.rows = await next(part.key, row);
    insert(parts, part);
  }
}

/** The lines of one merchant or account. */
interface Part<Key> {
  readonly key: Key;
  /** Those that were read and not listed yet, the next one last. */
  rows: LedgerRow[];
}

/** Puts a part in its place: those whose next line comes first are last. One without lines is left out. */
function insert<Key>(parts: Array<Part<Key>>, part: Part<Key>): void {
  const row = part.rows.at(-1);
  if (!row) return;
  let low = 0;
  for (let high = parts.length; low < high;) {
    const middle = (low + high) >> 1;
    const other = parts[middle]?.rows.at(-1) as LedgerRow;
    if (other.at > row.at || (other.at === row.at && other.id > row.id)) low = middle + 1;
    else high = middle;
  }
  parts.splice(low, 0, part);
}
