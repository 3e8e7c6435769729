/** Places in listings: where a page begins, and how many rows are counted to find it. */
import { type Cursor, PageCursors } from '../../../src/store/listing/page-cursors';

const FIRST: Cursor = { at: 0, id: 0 };

describe('PageCursors', () => {
  let cursors: PageCursors;
  let counted: number;
  let turns: number;

  beforeEach(() => {
    turns = 0;
    cursors = new PageCursors(100, async () => {
      turns += 1;
      await Promise.resolve();
    });
    counted = 0;
  });

  /** Where a page begins in a listing of a number of rows, whose row numbers are 1, 2, 3 and so on. */
  async function startOf(
    page: number,
    pageSize: number,
    rows: number,
    listing = 'all',
  ): Promise<number | undefined> {
    counted = 0;
    const skip = (from: Cursor, count: number) => {
      counted += count;
      const id = from.id + count;
      return id <= rows ? { at: 7, id } : undefined;
    };
    return (await cursors.startOf(listing, { page, pageSize }, FIRST, skip))?.id;
  }

  test('a walk counts nothing: each page begins where the last ended', async () => {
    for (let page = 0; page < 500; page++) {
      expect([await startOf(page, 10, 5000), counted]).toEqual([page * 10, 0]);
      cursors.remember('all', { page, pageSize: 10 }, { at: 7, id: (page + 1) * 10 });
    }
  });

  test('a page that nobody led to is counted out once; from then on a thousand rows at most', async () => {
    expect([await startOf(90, 1000, 100_000), counted]).toEqual([90_000, 90_000]);
    for (const page of [90, 3, 45, 89, 1]) {
      expect([await startOf(page, 1000, 100_000), counted]).toEqual([page * 1000, 0]);
    }
    expect([await startOf(12_345, 7, 100_000), counted]).toEqual([86_415, 415]);
    expect([await startOf(95, 1000, 100_000), counted]).toEqual([95_000, 5000]);
  });

  test('a page beyond the last is found to be so', async () => {
    expect([await startOf(2 ** 31 - 1, 1000, 2500), counted]).toEqual([undefined, 3000]);
    expect([await startOf(2 ** 31 - 1, 1000, 2500), counted]).toEqual([undefined, 1000]);
    expect(await startOf(25, 100, 2500)).toBe(2500);
    expect(await startOf(26, 100, 2500)).toBeUndefined();
  });

  test('the listing grew: the places are the same', async () => {
    expect(await startOf(3, 1000, 2500)).toBeUndefined();
    expect([await startOf(3, 1000, 3000), counted]).toEqual([3000, 1000]);
  });

  test('ends of pages beyond the capacity are forgotten, the oldest first, and counted again', async () => {
    for (let page = 0; page <= 100; page++) {
      cursors.remember('all', { page, pageSize: 10 }, { at: 7, id: (page + 1) * 10 });
    }
    expect([await startOf(1, 10, 5000), counted]).toEqual([10, 10]);
    expect([await startOf(101, 10, 5000), counted]).toEqual([1010, 0]);
  });

  test('milestones beyond the capacity: those of the listing that was used longest ago go', async () => {
    for (const listing of ['one', 'two']) await startOf(50, 1000, 100_000, listing);
    await startOf(1, 1000, 100_000, 'one');
    await startOf(1, 1000, 100_000, 'three');
    expect([await startOf(50, 1000, 100_000, 'one'), counted]).toEqual([50_000, 0]);
    expect([await startOf(50, 1000, 100_000, 'two'), counted]).toEqual([50_000, 50_000]);
  });

  test('a listing that alone has more milestones keeps them', async () => {
    await startOf(900, 1000, 1_000_000);
    expect([await startOf(900, 1000, 1_000_000), counted]).toEqual([900_000, 0]);
  });

  test('between ten thousands of rows the event loop turns', async () => {
    expect([await startOf(900, 1000, 1_000_000), turns]).toEqual([900_000, 45]);
    expect([await startOf(900, 1000, 1_000_000), turns]).toEqual([900_000, 45]);
  });

  test('two count at once: the places are the same, and are counted once', async () => {
    await startOf(1, 1000, 100_000);
    const places = await Promise.all([startOf(90, 1000, 100_000), startOf(60, 1000, 100_000)]);
    // The second sets the count to 0 when the first has found 19 places.
    expect([places, counted + 19_000]).toEqual([[90_000, 60_000], 89_000]);
  });

  test('cleared, everything is counted again', async () => {
    await startOf(2, 1000, 5000);
    cursors.remember('all', { page: 0, pageSize: 1500 }, { at: 7, id: 1500 });
    cursors.clear();
    expect([await startOf(1, 1500, 5000), counted]).toEqual([1500, 1500]);
  });
});
