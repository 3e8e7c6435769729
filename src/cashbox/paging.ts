/** Spans of time and pages, as the listing operations take them. */
import { FIRST_PAGE, PAGE } from '../base/pages';
import type { Timestamp } from '../contract/types.generated';
import type { Eventually, Page, Span } from '../store/store';
import { elementNotSpecified, endsBeforeStart, isNegative, notWithin } from './returns';

/**
 * The largest page that is given out (decided). Clients ask for 10,000 as a matter of course
 * (observed); a page is never shorter than asked for, or the next would leave rows out.
 */
export const MAX_PAGE_SIZE = 100_000;

interface PageInput {
  readonly page?: number | undefined;
  readonly pageSize?: number | undefined;
}

/**
 * @param fallback what an absent element counts as; without it, it is refused
 * @throws Refusal that names the element
 */
export function toPage(input: PageInput, fallback: PageInput = {}): Page {
  const { page = fallback.page, pageSize = fallback.pageSize } = input;
  if (page === undefined) throw elementNotSpecified('page');
  if (pageSize === undefined) throw elementNotSpecified('pageSize');
  if (page < 0) throw isNegative('page');
  if (pageSize < 1 || pageSize > MAX_PAGE_SIZE) throw notWithin('pageSize', 1, MAX_PAGE_SIZE);
  return { page, pageSize };
}

/**
 * The rows of a page, part by part.
 * @param read the rows of a part
 * @param pause to be awaited before each part but the first
 */
export async function* partsOf<Row>(
  page: Page,
  read: (part: Page) => Eventually<Row[]>,
  pause: (rows: number) => Eventually<void>,
): AsyncGenerator<Row[]> {
  let limit = FIRST_PAGE;
  for (let from = 0; from < page.pageSize; from += limit, limit = PAGE) {
    if (from > 0) await pause(PAGE);
    const rows = await read({ ...page, part: { from, limit } });
    if (rows.length > 0) yield rows;
    if (rows.length < limit) return;
  }
}

/**
 * @param fallback what an absent endTimestamp counts as; without it, it is refused
 * @throws Refusal that names the element, or when the span ends before it starts
 */
export function toSpan(
  input: {
    readonly timestamp?: Timestamp | undefined;
    readonly endTimestamp?: Timestamp | undefined;
  },
  fallback?: Timestamp,
): Span {
  const { timestamp: from, endTimestamp: until = fallback } = input;
  if (from === undefined) throw elementNotSpecified('timestamp');
  if (until === undefined) throw elementNotSpecified('endTimestamp');
  if (until < from && input.endTimestamp !== undefined) throw endsBeforeStart();
  return { from, until };
}
