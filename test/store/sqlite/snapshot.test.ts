/** Look-ups in one turn of the event loop, while others write. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { createSqliteStore, openSqliteStore } from '../../../src/store/sqlite/sqlite-store';
import type { Store, UnitOfWork } from '../../../src/store/store';

let folder: string;
let store: Store;
/** Another process's, as it were. */
let other: Store;
let merchantId: number;
/** Every statement of the store's reading connection. */
let statements: string[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-snapshot-'));
  const path = join(folder, 'test.db');
  statements = [];
  store = createSqliteStore(new SqliteDatabase(path), {
    openReader: () =>
      new SqliteDatabase(path, {
        readonly: true,
        verbose: (sql) => statements.push(String(sql)),
      }),
  });
  const merchant = { login: 'acme', passwordHash: '', createdAt: 0 };
  merchantId = (await store.insertMerchant(merchant)).id;
  other = openSqliteStore(path);
  statements.length = 0;
});

afterEach(async () => {
  await other.close();
  await store.close();
  rmSync(folder, { recursive: true });
});

const addAccount = (name: string) => async (unit: UnitOfWork) => {
  await unit.insertAccount({ VID: name.padEnd(40, '0'), merchantAccountId: name }, 0);
};
const find = async (name: string) =>
  (await store.reader(merchantId).findAccountByMerchantAccountId(name))?.merchantAccountId;
const nextTurn = () => new Promise(setImmediate);
const frame = () => statements.filter((sql) => /^(BEGIN|COMMIT)/.test(sql));

test('the look-ups of a turn share a transaction; the next turn has its own', async () => {
  for (let turn = 0; turn < 2; turn += 1) {
    for (const name of ['a', 'b', 'c']) await find(name);
    await nextTurn();
  }
  expect(frame()).toEqual(['BEGIN', 'COMMIT', 'BEGIN', 'COMMIT']);
});

test('a unit of work of this process is seen as soon as it is confirmed', async () => {
  const added = store.transact(merchantId, addAccount('a'));
  // After the unit was queued: the turn of these ends after its commit.
  for (const name of ['x', 'y']) await find(name);
  await added;
  expect(await find('a')).toBe('a');
});

test('what another process does is seen in the next turn', async () => {
  await find('x');
  await find('y');
  await other.transact(merchantId, addAccount('a'));
  await nextTurn();
  expect(await find('a')).toBe('a');
});

test('a listing that takes many turns is in no way of look-ups', async () => {
  for (const name of ['a', 'b', 'c']) await store.transact(merchantId, addAccount(name));
  const listed: unknown[] = [];
  for await (const { merchantAccountId } of store.listAccounts({})) {
    listed.push(merchantAccountId);
    for (const name of ['a', 'b']) expect(await find(name)).toBe(name);
    await nextTurn();
  }
  expect(listed).toEqual(['a', 'b', 'c']);
});
