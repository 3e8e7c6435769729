/**
 * A walk through the pages of fetchDeltaSince while entitlements are changed beside it: what changed
 * before the walk began comes, and comes once. `SEED=7 npx jest walk-while` changes other ones.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isActive } from '../../src/entitlements/entitlement';
import type { EntitlementChange, LedgerRow, Merchant } from '../../src/store/store';
import { NOW, startTestServer, type TestServer } from '../harness/server';
import {
  accountId,
  call,
  type DeltaQuery,
  fetchDelta,
  MERCHANT,
  merchantWith,
  xml,
  xmlAccount,
} from './calls';
import { pairOf } from './keepers';
import { createRandom, RandomWalk } from './random-walk';
import { collect } from '../harness/collect';

const SEED = Number(process.env.SEED ?? 1815);
const ACCOUNTS = 12;
const IDS = ['bac', 'forum', 'news', 'archive', 'lab'];
const SECOND = 1000;
const YEAR = 366 * 24 * 3600 * SECOND;

type Span = Pick<DeltaQuery, 'from' | 'until'>;

let server: TestServer;
let folder: string;

async function start(now = NOW, merchants = [merchantWith(ACCOUNTS)]): Promise<void> {
  server = await startTestServer({ merchants, now, database: join(folder, 'test.db') });
}

/** Starts another process, as it were, on the same file. */
async function restart(now: number): Promise<void> {
  await server.stop();
  await start(now, []);
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
  return start();
});

afterEach(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

async function fetchPage(span: Span, page: number, pageSize: number): Promise<string[]> {
  return (await fetchDelta(server.url, { ...span, page, pageSize })).map(pairOf);
}

/** Walks from page 0 to the first empty page. */
async function fetchAll(
  span: Span,
  pageSize: number,
  between: (page: number) => Promise<unknown> = () => Promise.resolve(),
): Promise<string[]> {
  const found: string[] = [];
  for (let page = 0; ; page++) {
    const pairs = await fetchPage(span, page, pageSize);
    if (pairs.length === 0) return found;
    found.push(...pairs);
    await between(page);
  }
}

/** The changes in a span, the first one first, as the ledger has them at present. */
async function changedIn({ from, until = Infinity }: Span): Promise<string[]> {
  const changes = (await collect(server.store.listLedger({})))
    .filter((line) => line.at >= from && line.at < until && changesAccess(line))
    .sort((one, other) => one.at - other.at || one.id - other.id);
  return [...new Set(changes.map(pairOfLine))];
}

function changesAccess({ at, before, after }: LedgerRow): boolean {
  if (before === undefined || before.end !== after.end) return true;
  // Entitlements that start or expire by themselves were different just before.
  return isActive(before, at - 1) !== isActive(after, at);
}

function pairOfLine({ merchantAccountId: account = '', merchantEntitlementId: id }: LedgerRow) {
  return pairOf({ account, id });
}

describe(`beside other calls, seed ${SEED}`, () => {
  let walk: RandomWalk;

  beforeEach(() => {
    walk = new RandomWalk(server, { accounts: ACCOUNTS, ids: IDS }, createRandom(SEED));
  });

  async function steps(count: number): Promise<void> {
    for (let step = 0; step < count; step++) await walk.step();
  }

  /** A span that begins when something had happened already, and has seen something. */
  async function beginSpan(): Promise<number> {
    await steps(60);
    const from = walk.now;
    await steps(60);
    walk.advance(1);
    return from;
  }

  const ENDS: ReadonlyArray<readonly [string, () => number | undefined]> = [
    ['now', () => walk.now],
    ['in the future', () => walk.now + 50 * YEAR],
    ['left out', () => undefined],
  ];

  describe.each(ENDS)('the end is %s', (end, endOf) => {
    let span: Span;
    let before: string[];

    beforeEach(async () => {
      span = { from: await beginSpan(), until: endOf() };
      await fetchPage(span, 0, 1);
      before = await changedIn(span);
      expect(before.length).toBeGreaterThan(20);
    });

    /**
     * What comes of a walk that others wrote beside. In an open span, some of what they changed does,
     * too: not what filled a page up after it was fetched.
     */
    async function expectWalked(found: readonly string[]): Promise<void> {
      expect(found.slice(0, before.length)).toEqual(before);
      expect(new Set(found).size).toBe(found.length);
      expect(await changedIn(span)).toEqual(expect.arrayContaining([...found]));
      if (end === 'now') expect(found).toEqual(before);
    }

    test.each([1, 3, 10])('changes between the pages, pages of %i', async (pageSize) => {
      const between = (page: number) => (page < 30 ? steps(3) : Promise.resolve());
      const found = await fetchAll(span, pageSize, between);
      await expectWalked(found);
      // No page is short before the last: nothing is passed over.
      if (pageSize === 1) expect(found).toEqual(await changedIn(span));
    });

    test('changes at the same time, by several', async () => {
      const between = (page: number) =>
        page < 10 ? Promise.all([steps(1), steps(1), fetchPage(span, 0, 3)]) : Promise.resolve();
      const walks = [3, 4, 5].map((pageSize) => fetchAll(span, pageSize, between));
      await Promise.all([steps(20), steps(20), ...walks]);
      for (const found of await Promise.all(walks)) await expectWalked(found);
      walk.advance(1);
      expect(await fetchAll(span, 7)).toEqual(await changedIn(span));
    });

    test('a walk counts no rows but to learn that there are no more', async () => {
      server.statements.length = 0;
      await fetchAll(span, 3, () => {
        walk.advance(1);
        return Promise.resolve();
      });
      const counted = server.statements.filter((sql) => /\bFROM ledger\b[^]*\bOFFSET\b/.test(sql));
      expect(counted.length).toBeLessThanOrEqual(1);
    });

    test('pages are the same after a restart, in any order', async () => {
      const pages: string[][] = [];
      for (let page = 0; pages.at(-1)?.length !== 0; page++) {
        pages.push(await fetchPage(span, page, 4));
      }
      await restart(walk.now);
      const order = [...pages.keys()].sort((one, other) => ((one * 7) % 5) - ((other * 7) % 5));
      for (const page of order) expect(await fetchPage(span, page, 4)).toEqual(pages[page]);
    });
  });
});

test('a span holds its start and not its end: each change comes in one of those that adjoin', async () => {
  const walk = new RandomWalk(server, { accounts: ACCOUNTS, ids: IDS }, createRandom(SEED));
  for (let step = 0; step < 60; step++) await walk.step();
  walk.advance(1);
  await fetchPage({ from: NOW, until: walk.now }, 0, 1);
  const lines = (await collect(server.store.listLedger({}))).filter(changesAccess);
  const moments = [...new Set(lines.map(({ at }) => at)), walk.now].sort((a, b) => a - b);
  expect(moments.length).toBeGreaterThan(30);
  for (const [index, from] of moments.slice(0, -1).entries()) {
    const found = await fetchAll({ from, until: moments[index + 1] }, 10);
    const changed = new Set(lines.filter(({ at }) => at === from).map(pairOfLine));
    expect(found.sort()).toEqual([...changed].sort());
  }
});

describe('many', () => {
  const END = NOW + 3600 * SECOND - 500;
  let merchant: Merchant;

  beforeEach(async () => {
    merchant = (await server.store.findMerchant(MERCHANT.login)) as Merchant;
  });

  const idOf = (number: number) => `id-${String(number).padStart(6, '0')}`;

  /** Grants one account that many entitlements at once, all of them until the same moment. */
  async function grantMany(count: number): Promise<void> {
    await server.store.transact(merchant.id, async (unit) => {
      const account = await unit.findAccountByMerchantAccountId(accountId(0));
      for (let number = 0; number < count; number++) {
        const change: EntitlementChange = {
          accountId: account?.id ?? NaN,
          merchantEntitlementId: idOf(number),
          source: 'Account',
          sourceId: '',
          action: 'grant',
          at: NOW,
          changesAccess: true,
          before: undefined,
          after: { start: NOW, end: END, description: undefined },
          dueAt: END,
          actor: 'test',
          note: undefined,
          soapId: undefined,
        };
        await unit.recordChange(change);
      }
    });
  }

  /** Reads a page without the wire: there are many. */
  function listPage(page: number, pageSize: number): Promise<string[]> {
    return server.store.transact(merchant.id, async (unit) => {
      const changed = await unit.listChanged({ from: NOW, until: NOW + 1 }, { page, pageSize });
      return changed.map(({ merchantEntitlementId }) => merchantEntitlementId);
    });
  }

  test('more pages than are remembered, all of one moment', async () => {
    const count = 10_100;
    await grantMany(count);
    for (let page = 0; page < count; page++) expect(await listPage(page, 1)).toEqual([idOf(page)]);
    expect(await listPage(count, 1)).toEqual([]);
    for (const page of [0, 3, 10_099, 99, 100, 101, 5000, 4999]) {
      expect(await listPage(page, 1)).toEqual([idOf(page)]);
      expect(await listPage(page, 7)).toEqual(
        Array.from({ length: 7 }, (_, number) => page * 7 + number)
          .filter((number) => number < count)
          .map(idOf),
      );
    }
  });

  test('more than one unit of work writes the expiries of one moment; in between others have their turn', async () => {
    await grantMany(2500);
    server.setNow(END + 500);
    server.statements.length = 0;
    const span = { from: END, until: END + 500 };
    const found = await fetchAll(span, 1000);
    expect(found).toHaveLength(2500);
    expect(new Set(found).size).toBe(2500);
    const expired = (await collect(server.store.listLedger({}))).filter(
      ({ action }) => action === 'expire',
    );
    expect(expired.map(({ at }) => at)).toEqual(Array(2500).fill(END));
    // Nine to write them, 300 at a time, and one for each page.
    expect(server.statements.filter((sql) => sql === 'COMMIT')).toHaveLength(9 + 3);
  });
});

test('a clock that was set back while the server was stopped: each comes once, nothing is lost', async () => {
  const bac = xml('merchantEntitlementId', 'bac');
  const change = async (operation: string, parts: string) => {
    const reply = await call(server.url, 'Account', operation, xmlAccount(accountId(0)) + parts);
    expect(reply.returnString).toBe('OK');
  };
  await change('grantEntitlement', xml('entitlement', bac));
  await restart(NOW - 20 * SECOND);
  await change(
    'grantEntitlement',
    xml('entitlement', bac + xml('endTimestamp', '2030-01-01T00:00:00Z')),
  );
  server.setNow(NOW + 10 * SECOND);
  await change('revokeEntitlement', bac);
  server.setNow(NOW + 20 * SECOND);

  const all = { from: NOW - 30 * SECOND, until: NOW + 20 * SECOND };
  expect(await fetchAll(all, 10)).toEqual([`${accountId(0)} bac`]);
  const since = { from: NOW - 10 * SECOND, until: NOW + 20 * SECOND };
  expect(await fetchAll(since, 10)).toEqual([`${accountId(0)} bac`]);
});
