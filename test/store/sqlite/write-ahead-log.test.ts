/** The write-ahead log stays small while others read, and is given back when it grew. */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { SYSTEM_TIME } from '../../../src/base/time';
import { openSqliteStore } from '../../../src/store/sqlite/sqlite-store';
import type { Store } from '../../../src/store/store';
import { AT, grantOf, vidOf } from '../../store-suite/subject';

/** Some times what is written until pages go into the database. */
const UNITS = 60;
const LIMIT = 2 ** 25;

let folder: string;
let path: string;
let store: Store;
let merchant: number;
let account: number;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-log-'));
  path = join(folder, 'test.db');
  store = openSqliteStore(path);
  merchant = (await store.insertMerchant({ login: 'acme', passwordHash: '', createdAt: AT })).id;
  account = await store.transact(merchant, async (unit) =>
    unit.insertAccount({ VID: vidOf('ada'), merchantAccountId: 'ada' }, AT),
  );
});

afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

const logBytes = () => statSync(`${path}-wal`).size;

/** About a megabyte. */
const write = () =>
  store.transact(merchant, async (unit) => {
    const note = 'x'.repeat(10_000);
    for (let line = 0; line < 100; line += 1) {
      await unit.recordChange(grantOf(account, 'news', { note }));
    }
  });

test('a listing that is read no further holds nothing up', async () => {
  for (let unit = 0; unit < 6; unit += 1) await write();
  // Looked up in the turn in which the listing begins.
  void store.reader(merchant).findAccount(account);
  void store.reader(merchant).findAccount(account);
  const lines = store.listLedger({})[Symbol.asyncIterator]();
  await lines.next();
  for (let unit = 0; unit < UNITS; unit += 1) await write();
  expect(logBytes()).toBeLessThan(LIMIT);
  await lines.return?.();
}, 120_000);

test('no transaction is open while a listing waits for its reader', async () => {
  await write();
  void store.reader(merchant).findAccount(account);
  void store.reader(merchant).findAccount(account);
  const lines = store.listLedger({})[Symbol.asyncIterator]();
  await lines.next();
  const other = new SqliteDatabase(path);
  const [{ busy }] = other.pragma('wal_checkpoint(TRUNCATE)') as [{ busy: number }];
  other.close();
  expect(busy).toBe(0);
  await lines.return?.();
});

test('one that grew while a transaction was open is cut back', async () => {
  const reader = new SqliteDatabase(path, { readonly: true });
  reader.exec('BEGIN; SELECT count(*) FROM merchant;');
  for (let unit = 0; unit < UNITS; unit += 1) await write();
  expect(logBytes()).toBeGreaterThan(LIMIT);
  reader.exec('COMMIT');
  reader.close();
  for (let unit = 0; unit < 2; unit += 1) await write();
  expect(logBytes()).toBeLessThanOrEqual(LIMIT);
}, 120_000);

test('the commit of a long transaction leaves its pages to the next one, two in a row do not', async () => {
  await store.close();
  let elapsed = 0;
  const time = { ...SYSTEM_TIME, elapsed: () => elapsed };
  store = openSqliteStore(path, time);
  const fileBytes = () => statSync(path).size;
  const writeLong = () =>
    store.transact(merchant, async (unit) => {
      elapsed += 50;
      const note = 'x'.repeat(10_000);
      // More than the log has before its pages go into the database.
      for (let line = 0; line < 2000; line += 1) {
        await unit.recordChange(grantOf(account, 'news', { note }));
      }
    });
  const before = fileBytes();
  await writeLong();
  expect(fileBytes()).toBe(before);
  await store.transact(merchant, (unit) => Promise.resolve(unit.now()));
  await write();
  const after = fileBytes();
  expect(after).toBeGreaterThan(before + 10_000_000);
  await writeLong();
  expect(fileBytes()).toBe(after);
  await writeLong();
  expect(fileBytes()).toBeGreaterThan(after + 10_000_000);
});
