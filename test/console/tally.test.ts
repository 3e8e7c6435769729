/** Counting a ledger that is too large for one look: in steps, each line once, and never more than a look may read. */
import { Tallies } from '../../src/console/tally';
import type { EntitlementPlace, FigureReads, LinePlace } from '../../src/store/figures';
import type { Reader } from '../../src/store/store';

const NOW = Date.UTC(2026, 0, 20);
const MINUTE = 60_000;

/** A ledger with one grant a second before now, newest last, and as many entitlements; it counts what is read of it. */
function largeLedger(lines: number) {
  let read = 0;
  let written = lines;
  const atOf = (id: number) => NOW - (lines - id) * 1000;
  const counted = (ids: readonly number[]) =>
    ids.map((id) => ({
      action: 'grant',
      reason: undefined,
      minute: Math.floor(atOf(id) / MINUTE),
      lines: 1,
      growth: 1,
    }));
  const range = (from: number, to: number) =>
    Array.from({ length: Math.max(0, to - from) }, (_none, index) => from + index);
  const figures: Partial<FigureReads> = {
    lastLine: () => written,
    countLinesBetween: (after, until) => {
      read += until - after;
      return counted(range(after + 1, until + 1));
    },
    countLinesBefore: ({ id }: LinePlace, { until, limit }) => {
      const end = id === 0 ? until : id - 1;
      const first = Math.max(1, end - limit + 1);
      read += end - first + 1;
      const before = first > 1 ? { at: atOf(first), id: first } : undefined;
      return { counts: counted(range(first, end + 1)), before };
    },
    countActive: (_now, after, limit) => {
      const from = after?.accountId ?? 0;
      const to = Math.min(written, from + limit);
      const place: EntitlementPlace = {
        accountId: to,
        merchantEntitlementId: 'm',
        source: 'Account',
        sourceId: '',
      };
      return { active: to - from, last: to < written ? place : undefined };
    },
  };
  return {
    reader: { figures } as Reader,
    write: (count: number) => (written += count),
    /** The lines that were read since it was asked last. */
    spent: () => {
      const since = read;
      read = 0;
      return since;
    },
  };
}

const noWait = () => Promise.resolve();
const sum = (counts: ReadonlyArray<number | null> = []) =>
  counts.reduce<number>((all, count) => all + (count ?? 0), 0);

test('each look goes on, until all is known; then only what is new is read', async () => {
  const { reader, spent, write } = largeLedger(180_000);
  const tally = new Tallies(true).of(1);
  const seen: unknown[] = [];
  for (let looks = 0; looks < 7; looks += 1) {
    await tally.count(reader, NOW, noWait);
    const { changes, isCut } = tally.changes('month', NOW);
    const { now, isCut: isActiveCut } = tally.activeOver('month', NOW);
    seen.push([spent(), sum(changes[0]?.counts), isCut, now, isActiveCut]);
  }
  expect(seen).toEqual([
    [30_000, 30_000, true, 60_000, true],
    [30_000, 60_000, true, 120_000, true],
    [30_000, 90_000, true, 180_000, false],
    [30_000, 120_000, true, 180_000, false],
    [30_000, 150_000, true, 180_000, false],
    [30_000, 180_000, false, 180_000, false],
    [0, 180_000, false, 180_000, false],
  ]);
  write(7);
  await tally.count(reader, NOW, noWait);
  expect(spent()).toBe(7);
  expect(sum(tally.changes('month', NOW).changes[0]?.counts)).toBe(180_007);
  expect(tally.activeOver('month', NOW).now).toBe(180_007);
});

test('the last hour is whole at once, and its picture as soon as what is active is counted', async () => {
  const { reader } = largeLedger(180_000);
  const tally = new Tallies(true).of(1);
  for (let looks = 0; looks < 3; looks += 1) await tally.count(reader, NOW, noWait);
  expect(tally.changes('hour', NOW).isCut).toBe(false);
  const { counts } = tally.activeOver('hour', NOW);
  expect(counts).not.toContain(null);
  expect(counts.at(-1)).toBe(180_000);
  expect(tally.activeOver('month', NOW).counts).toContain(null);
});

test('more that is new than one look may read, or a ledger that was put back: all is counted anew', async () => {
  const { reader, spent, write } = largeLedger(1000);
  const tally = new Tallies(true).of(1);
  await tally.count(reader, NOW, noWait);
  spent();
  write(60_000);
  await tally.count(reader, NOW, noWait);
  expect(spent()).toBe(30_000);
  write(-60_500);
  await tally.count(reader, NOW, noWait);
  expect(spent()).toBe(500);
  expect(sum(tally.changes('day', NOW).changes[0]?.counts)).toBe(500);
});

test('two looks at once count each line once', async () => {
  const { reader } = largeLedger(1000);
  const tally = new Tallies(true).of(1);
  await Promise.all([tally.count(reader, NOW, noWait), tally.count(reader, NOW, noWait)]);
  expect(sum(tally.changes('day', NOW).changes[0]?.counts)).toBe(1000);
});
