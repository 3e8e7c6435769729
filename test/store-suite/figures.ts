/** Figures of an overview: lines, entitlements, payments that have failed. */
import type { LineCount, LinePlace } from '../../src/store/figures';
import { addAccount, AT, DAY, grantOf, type Part, readers, record, vidOf, write } from './subject';

const FROM_ALL = { from: 0, until: Number.MAX_SAFE_INTEGER };
const NEWEST: LinePlace = { at: Number.MAX_SAFE_INTEGER, id: 0 };
const OPEN = { start: AT, end: undefined, description: undefined };

/** `grant ×2 +2`, by action and minute. */
const inWords = (counts: readonly LineCount[]) =>
  counts
    .map(({ action, reason = '-', minute, lines, growth }) => {
      const minutes = minute - AT / 60_000;
      return `${minutes}: ${action} ${reason} ${lines} ${growth}`;
    })
    .sort();

export const figures: Part = (subject) => {
  let ada: number;

  /** Two grants, one of them revoked a minute later, one that begins and ends by time alone. */
  beforeEach(async () => {
    ada = await addAccount(subject(), 'ada');
    const later = { start: AT + 60_000, end: AT + 120_000, description: undefined };
    await record(
      subject(),
      grantOf(ada, 'news'),
      grantOf(ada, 'films'),
      grantOf(ada, 'later', { after: later }),
      grantOf(ada, 'news', {
        action: 'revoke',
        reason: 'refunded',
        before: OPEN,
        after: { ...OPEN, end: AT + 60_000 },
        at: AT + 60_000,
      }),
      grantOf(ada, 'later', { action: 'start', before: later, after: later, at: AT + 60_000 }),
      grantOf(ada, 'later', { action: 'expire', before: later, after: later, at: AT + 120_000 }),
    );
  });

  const ALL = ['0: grant - 3 2', '1: revoke refunded 1 -1', '1: start - 1 1', '2: expire - 1 -1'];

  test('lines by action, reason and minute, in parts from the last on', async () => {
    const { mine, theirs } = readers(subject());
    const whole = await mine.figures.countLinesBefore(NEWEST, { ...FROM_ALL, limit: 99 });
    expect([inWords(whole.counts), whole.before]).toEqual([ALL, undefined]);
    const parts: LineCount[] = [];
    let sizes = '';
    for (let before: LinePlace | undefined = NEWEST; before;) {
      const part = await mine.figures.countLinesBefore(before, { ...FROM_ALL, limit: 2 });
      const lines = part.counts.reduce((sum, each) => sum + each.lines, 0);
      sizes += String(lines);
      parts.push(...part.counts);
      before = part.before;
    }
    expect(sizes).toBe('2220');
    const sum = parts.reduce((all, { growth }) => all + growth, 0);
    expect(sum).toBe(1);
    const rival = await theirs.figures.countLinesBefore(NEWEST, { ...FROM_ALL, limit: 99 });
    expect(rival).toEqual({ counts: [], before: undefined });
  });

  test('from a moment on, and up to a number', async () => {
    const { mine } = readers(subject());
    const from = { ...FROM_ALL, from: AT + 120_000, limit: 99 };
    expect(inWords((await mine.figures.countLinesBefore(NEWEST, from)).counts)).toEqual(
      ALL.slice(3),
    );
    const last = await mine.figures.lastLine();
    const until = { ...FROM_ALL, until: last - 3, limit: 99 };
    expect(inWords((await mine.figures.countLinesBefore(NEWEST, until)).counts)).toEqual([
      '0: grant - 3 2',
    ]);
    expect(inWords(await mine.figures.countLinesBetween(last - 1, last))).toEqual(ALL.slice(3));
    expect(inWords(await mine.figures.countLinesBetween(0, last))).toEqual(ALL);
    expect(await mine.figures.countLinesBetween(last, last)).toEqual([]);
  });

  test('entitlements that give access at a moment, in parts, of the merchant alone', async () => {
    const { mine, theirs } = readers(subject());
    const at = async (now: number) => (await mine.figures.countActive(now, undefined, 99)).active;
    expect([await at(AT), await at(AT + 60_000), await at(AT + DAY)]).toEqual([2, 2, 1]);
    let active = 0;
    let looks = 0;
    let last: Parameters<typeof mine.figures.countActive>[1];
    do {
      const part = await mine.figures.countActive(AT, last, 1);
      active += part.active;
      last = part.last;
      looks += 1;
    } while (last);
    expect([active, looks]).toEqual([2, 4]);
    expect((await theirs.figures.countActive(AT, undefined, 99)).active).toBe(0);
  });

  test('entitlements of several accounts, and none of a larger merchant are looked at', async () => {
    const { store, rival } = subject();
    const theirAccount = await store.transact(rival, async (unit) =>
      unit.insertAccount({ VID: vidOf('eve') }, AT),
    );
    await store.transact(rival, async (unit) => {
      for (let id = 0; id < 20; id += 1) {
        await unit.recordChange(grantOf(theirAccount, `id-${id}`));
      }
    });
    await addAccount(subject(), 'bob');
    const cy = await addAccount(subject(), 'cy', {}, AT - DAY);
    await record(subject(), grantOf(cy, 'a'), grantOf(cy, 'b'));
    const { mine, theirs } = readers(subject());
    const sizes: number[] = [];
    let last: Parameters<typeof mine.figures.countActive>[1];
    do {
      const part = await mine.figures.countActive(AT, last, 2);
      sizes.push(part.active);
      last = part.last;
    } while (last);
    expect(sizes.reduce((all, size) => all + size)).toBe(4);
    // Five entitlements and an account without any, two at a time, and nothing after them.
    expect(sizes.length).toBeLessThanOrEqual(4);
    expect(await theirs.figures.countActive(AT, undefined, 99)).toEqual({ active: 20 });
  });

  test('orders with failed payments, up to a limit', async () => {
    const times = { createdAt: AT, changedAt: AT };
    await write(subject(), async ({ orders }) => {
      for (const [orderId, failedPayments, state] of [
        ['A1', 1, 'active'],
        ['A2', 0, 'active'],
        ['A3', 2, 'revoked'],
        ['A4', 3, 'active'],
      ] as const) {
        await orders.insertOrder({
          orderId,
          accountId: ada,
          named: true,
          failedPayments,
          state,
          ...times,
        });
      }
    });
    const { mine, theirs } = readers(subject());
    expect(await mine.figures.countFailing(99)).toBe(2);
    expect(await mine.figures.countFailing(1)).toBe(1);
    expect(await theirs.figures.countFailing(99)).toBe(0);
    expect(await mine.figures.countRetrying(AT, 99)).toBe(0);
    expect(await mine.figures.size()).toBeGreaterThan(1000);
  });
};
