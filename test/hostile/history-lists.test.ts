/** The ledger's lists, however long it is: none is read further than its page, or than its reader has come. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type Console, startConsole } from '../console/console';
import { CLI } from '../harness/run-latchkey';
import { NOW, testOnSqlite } from '../harness/server';
import { grant, SELLER } from '../orders/shop';
import { grantOf } from '../store-suite/subject';

const BOB = 'bob@example.com';
const CALL = 'c'.repeat(40);
const MANY = 4000;
const PAGE = 100;

let folder: string;
let database: string;
let shop: Console;
let browser: Browser;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
  database = join(folder, 'test.db');
  shop = await startConsole(process.env.TEST_DATABASE === 'postgres' ? {} : { database });
  browser = await shop.signIn('ada', SELLER);
  await grant(shop, 'A1');
  await shop.operate(async (unit) => {
    const { id = 0 } = (await unit.findAccountByMerchantAccountId(BOB)) ?? {};
    const of = { source: 'Order', sourceId: 'A1', at: NOW, soapId: CALL } as const;
    for (let n = 0; n < MANY; n += 1) await unit.recordChange(grantOf(id, `many-${n}`, of));
  });
}, 60_000);

afterAll(async () => {
  await shop.stop();
  rmSync(folder, { recursive: true });
});

/** The most lines that each statement about lines asked for; Infinity: there was no limit. */
function limits(): number[] {
  const ofLines = shop.statements.filter((sql) => /FROM ledger\b.*ORDER BY/s.test(sql));
  return ofLines.map((sql) => Number(/.*\bLIMIT \+?(\d+)/s.exec(sql)?.[1] ?? Infinity));
}

const FILTERS = ['', `account=${BOB}`, `email=${BOB}`, 'order=A1', `soapId=${CALL}`];

test.each(FILTERS)('GET /v1/audit?%s reads a page and the line after it', async (filter) => {
  shop.statements.length = 0;
  const first = await shop.get(`/audit?pageLength=${PAGE}&${filter}`);
  expect(first.lines).toHaveLength(PAGE);
  const next = `/audit?pageLength=${PAGE}&lastLoadedId=${String(first.next_page)}&${filter}`;
  expect((await shop.get(next)).lines).toHaveLength(PAGE);
  // Whether there is such a call at all is looked up before.
  expect(limits().filter((limit) => limit !== 1)).toEqual([PAGE + 1, PAGE + 1]);
});

test.each(['', `account=${BOB}`, 'order=A1'])(
  "the console's ledger, %s, reads a page and the line after it",
  async (filter) => {
    shop.statements.length = 0;
    const first = await browser.get(`/ledger?pageLength=${PAGE}&${filter}`);
    expect(first.lines).toHaveLength(PAGE);
    const next = `/ledger?pageLength=${PAGE}&lastLoadedId=${String(first.next_page)}&${filter}`;
    expect((await browser.get(next)).lines).toHaveLength(PAGE);
    expect(limits()).toEqual([PAGE + 1, PAGE + 1]);
  },
);

test.each([{}, { account: BOB }, { order: 'A1' }, { soapId: CALL }])(
  "the operator's list of %j is read as far as it is gone through",
  async (options) => {
    shop.statements.length = 0;
    let count = 0;
    let early = 0;
    for await (const { id } of shop.store.listLedger(options)) {
      if (count === 0) early = limits().length;
      count += id > 0 ? 1 : 0;
    }
    expect(count).toBeGreaterThanOrEqual(MANY);
    // Of each part at least one line, and of all together no more than are held.
    expect(limits().slice(0, early).reduce(sum)).toBeLessThanOrEqual(2000);
    expect(limits().length).toBeGreaterThanOrEqual(early + MANY / 500 - 1);
  },
);

const sum = (one: number, other: number) => one + other;

// What the commands read by is one for both databases.
describe.each(['ledger', 'ledger --json', 'audit export', 'audit export --json'])(
  'latchkey %s',
  (command) => {
    testOnSqlite('goes on reading when its reader does', async () => {
      const args = [CLI, ...command.split(' '), '--account', BOB];
      const env = { ...process.env, LATCHKEY_DATABASE: database };
      const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
      await once(child.stdout, 'readable');
      // The pipe is full, or will be: the last lines are read after this.
      const rename = (name: string, to: string) =>
        shop.ask(
          'UPDATE account SET email_address = ?, merchant_account_id = ? WHERE merchant_account_id = ?',
          ...[to, to, name],
        );
      await rename(BOB, 'renamed');
      let text = '';
      for await (const piece of child.stdout) text += String(piece);
      await rename('renamed', BOB);
      const lines = text.trimEnd().split('\n');
      expect(lines.length).toBeGreaterThanOrEqual(MANY);
      expect(lines.filter((line) => line.includes(BOB)).length).toBeGreaterThan(0);
      expect(lines.filter((line) => line.includes('renamed')).length).toBeGreaterThan(0);
    });
  },
);
