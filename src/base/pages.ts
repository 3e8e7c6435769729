/**
 * Lists of any length, read page by page while a reply is written. Short ones are arrays.
 * Decided: docs/decisions/big-replies.md
 */
import { TurnBudget } from './turn-budget';

/** The rows that a list is begun with: most have no more. */
export const FIRST_PAGE = 64;

/** The rows of every further page. */
export const PAGE = 250;

/** Up to how many rows a list is short: it is read before the reply is begun. */
export const SHORT = 500;

/** Turns without a page between two with some: each takes in one new connection. */
const EMPTY_TURNS = 16;

const rows = new TurnBudget(2 * PAGE, EMPTY_TURNS);

/** @returns the moment at which that number of rows may be read or written, beside those of other calls; undefined: now */
export function turnForRows(count: number): Promise<void> | undefined {
  return rows.turnFor(count);
}

/**
 * The rows after a row, or the first: at most `limit`. The first time fewer than that means that they are all; later
 * only none does, for a page with long texts may be shorter.
 */
export type ReadAfter<Row> = (after: Row | undefined, limit: number) => Row[] | Promise<Row[]>;

/**
 * Reads a list page by page, none of them empty.
 * @param pause to be awaited before each page but the first
 */
export async function* pagesOf<Row>(
  read: ReadAfter<Row>,
  pause: (rows: number) => void | Promise<void>,
): AsyncGenerator<Row[]> {
  let page = await read(undefined, FIRST_PAGE);
  if (page.length > 0) yield page;
  if (page.length < FIRST_PAGE) return;
  for (;;) {
    await pause(PAGE);
    page = await read(page.at(-1), PAGE);
    if (page.length === 0) return;
    yield page;
  }
}

/**
 * Reads a list whose pages may all be shorter than asked for: none of them empty, the last one is followed by none.
 * @param pause to be awaited before each page but the first
 */
export async function* unevenPagesOf<Row>(
  read: ReadAfter<Row>,
  pause: (rows: number) => void | Promise<void>,
): AsyncGenerator<Row[]> {
  for (let page = await read(undefined, FIRST_PAGE); page.length > 0;) {
    yield page;
    await pause(PAGE);
    page = await read(page.at(-1), PAGE);
  }
}

/** A list that is longer than a short one: what was read of it, and the rest. It can be gone through once. */
export class Pages<T> implements AsyncIterable<readonly T[]> {
  /** What asks for it finds it too long to go through in one go. */
  readonly length = Infinity;

  constructor(
    private first: readonly T[],
    private readonly rest: AsyncGenerator<readonly T[]>,
  ) {}

  async *[Symbol.asyncIterator](): AsyncGenerator<readonly T[]> {
    yield this.takeFirst();
    yield* this.rest;
  }

  /** Keeps it no longer: the reply may take long to be read. */
  private takeFirst(): readonly T[] {
    const { first } = this;
    this.first = [];
    return first;
  }
}

/** The most pages of a short list: pages with long texts have fewer rows. */
const SHORT_PAGES = 4;

/**
 * Reads pages up to a short list.
 * @returns an array where that is all; else Pages, for what writes the reply
 */
export async function listOrPages<T>(pages: AsyncGenerator<readonly T[]>): Promise<T[]> {
  const first: T[] = [];
  let read = 0;
  for (let next = await pages.next(); next.done !== true; next = await pages.next()) {
    for (const one of next.value) first.push(one);
    // Handlers are typed by the contract; what writes replies alone knows lists that are no arrays.
    read += 1;
    if (first.length > SHORT || read > SHORT_PAGES)
      return new Pages(first, pages) as unknown as T[];
  }
  return first;
}

/** The same list with each page turned into another; a page may become an empty one. */
export async function* mapPages<Row, T>(
  pages: AsyncGenerator<readonly Row[]>,
  map: (rows: readonly Row[]) => readonly T[] | Promise<readonly T[]>,
): AsyncGenerator<readonly T[]> {
  for await (const rows of pages) yield await map(rows);
}

/** A list that is there already, page by page. @param pause to be awaited before each page of a long one */
export async function* slicesOf<T>(
  list: readonly T[],
  pause: (rows: number) => void | Promise<void>,
): AsyncGenerator<readonly T[]> {
  for (let from = 0; from < list.length; from += PAGE) {
    if (list.length > PAGE) await pause(PAGE);
    yield list.slice(from, from + PAGE);
  }
}

/** A list that is there already, as its only page. */
// eslint-disable-next-line @typescript-eslint/require-await -- it waits for nothing
export async function* onePage<Row>(rows: readonly Row[]): AsyncGenerator<readonly Row[]> {
  if (rows.length > 0) yield rows;
}
