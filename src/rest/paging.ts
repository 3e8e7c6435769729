/** Listings page by page: each page says where the next begins. */
import { z } from 'zod';
import { MAX_ID_BYTES } from '../base/id-limit';
import { invalid } from '../base/refusal';
import { queryInteger } from './fields';

/** The largest page that is given out. */
const MAX_PAGE_LENGTH = 1000;

/** Where a page of a listing begins and how long it is. */
export const PageQuery = z.object({
  lastLoadedId: z
    .string()
    .min(1)
    .max(MAX_ID_BYTES)
    .optional()
    .meta({ description: 'The `next_page` of the page before; absent: the first page.' }),
  pageLength: queryInteger(1, MAX_PAGE_LENGTH)
    .default(10)
    .meta({ description: `How many a page holds: 10 unless given, at most ${MAX_PAGE_LENGTH}.` }),
});

/** A page as it is asked for. */
export type PageInput = z.output<typeof PageQuery>;

/** Where the next page begins. */
export const nextPage = z
  .string()
  .nullable()
  .meta({ description: 'The `lastLoadedId` of the next page; null: this is the last one.' });

/**
 * Cuts a page out of rows of which one more was asked for than the page holds.
 * @returns its rows, and the name of the last where others follow
 */
export function cut<T>(rows: readonly T[], length: number, nameOf: (row: T) => string) {
  const page = rows.slice(0, length);
  const last = page.at(-1);
  return { rows: page, next: last && rows.length > length ? nameOf(last) : null };
}

/** A lastLoadedId that no page gave out. */
export const badPlace = () => invalid('lastLoadedId is not the next_page of a page before.');
