/** Reads one page of a listing, from a place that is remembered where there is one. */
import type { Eventually } from '../eventually';
import type { Page } from '../page';
import type { Cursor, PageCursors } from './page-cursors';

/** How a listing is read: `nth` finds the row at a distance from a place, `rows` those of a page. */
export interface Listing<Row> {
  /** Names the listing with all that decides which rows come first; not where it ends. */
  readonly name: string;
  /** The moment at which it begins; 0 where it is in the order of row numbers alone. */
  readonly from: number;
  readonly nth: (start: Cursor, n: number) => Eventually<Cursor | undefined>;
  readonly rows: (start: Cursor, limit: number) => Eventually<Row[]>;
  readonly cursor: (row: Row) => Cursor;
}

/** @returns no row where the page lies beyond the last */
export function readPage<Row>(
  cursors: PageCursors,
  { page, pageSize, part = { from: 0, limit: pageSize } }: Page,
  { name, from, nth, rows, cursor }: Listing<Row>,
): Eventually<Row[]> {
  // Row numbers begin at 1: the place before the first row of the span.
  const first = { at: from, id: 0 };
  const offset = page * pageSize + part.from;
  const limit = Math.max(0, Math.min(part.limit, pageSize - part.from));
  const skip = (place: Cursor, count: number) => nth(place, count - 1);
  return then(cursors.startOf(name, { page: offset, pageSize: 1 }, first, skip), (start) => {
    if (start === undefined || limit === 0) return [];
    return then(rows(start, limit), (found) => {
      const last = found.at(-1);
      const end = { page: offset + limit - 1, pageSize: 1 };
      if (last && found.length === limit) cursors.remember(name, end, cursor(last));
      return found;
    });
  });
}

/** What follows from a value, at once where it is there. */
export function then<T, R>(
  value: Eventually<T>,
  follow: (value: T) => Eventually<R>,
): Eventually<R> {
  return value instanceof Promise ? value.then(follow) : follow(value);
}
