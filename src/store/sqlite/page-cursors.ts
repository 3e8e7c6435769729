/**
 * Remembers where each page of a listing ended, so that the next one costs what the first did. What
 * is not remembered (after a restart, say) is found by counting once.
 */

/** The place of a row in a listing that is ordered by a moment and a row number. */
export interface Cursor {
  readonly at: number;
  readonly id: number;
}

/** As many ends of pages as are remembered at once. */
const MAX_REMEMBERED = 10_000;

export class PageCursors {
  private readonly ends = new Map<string, Cursor>();

  /**
   * @param listing names the listing with all that it is narrowed by
   * @param start the place before the first row
   * @param skip finds the last of that many rows by counting; undefined: there are not so many
   * @returns where the page begins, or undefined when it lies beyond the last
   */
  startOf(
    listing: string,
    { page, pageSize }: { page: number; pageSize: number },
    start: Cursor,
    skip: (count: number) => Cursor | undefined,
  ): Cursor | undefined {
    if (page === 0) return start;
    return this.ends.get(`${listing} ${pageSize} ${page - 1}`) ?? skip(page * pageSize);
  }

  /** Remembers the last row of a full page. */
  remember(
    listing: string,
    { page, pageSize }: { page: number; pageSize: number },
    last: Cursor,
  ): void {
    const [oldest] = this.ends.keys();
    if (this.ends.size >= MAX_REMEMBERED && oldest !== undefined) this.ends.delete(oldest);
    this.ends.set(`${listing} ${pageSize} ${page}`, last);
  }
}
