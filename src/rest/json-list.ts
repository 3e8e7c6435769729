/** The text of a JSON document that is a list of any length, or ends with one: made page by page. */

/** What stands around the list: `{"orders":[` and `]}`. */
export interface Frame {
  readonly start: string;
  readonly end: string;
}

/** A document that is the list itself. */
export const BARE: Frame = { start: '[', end: ']' };

/** @param present a row as the answer shows it; undefined: not at all */
export async function* jsonList<Row>(
  { start, end }: Frame,
  pages: AsyncIterable<readonly Row[]>,
  present: (row: Row) => unknown,
): AsyncGenerator<string> {
  let before = start;
  for await (const page of pages) {
    const shown = page.map(present).filter((one) => one !== undefined);
    if (shown.length === 0) continue;
    yield before + shown.map((one) => JSON.stringify(one)).join(',');
    before = ',';
  }
  yield before === ',' ? end : before + end;
}

/** A page of a listing, presented already. @param name the field that holds the rows @param next its `next_page` */
export function jsonPage(
  name: string,
  pages: AsyncIterable<readonly unknown[]>,
  next: string | null,
): AsyncGenerator<string> {
  const frame = { start: `{"${name}":[`, end: `],"next_page":${JSON.stringify(next)}}` };
  return jsonList(frame, pages, (row) => row);
}
