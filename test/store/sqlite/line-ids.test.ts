/** Ids of the ledger's lines: each is given once, in the order of the lines, and the counter is rarely written. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeMerchant } from '../../../src/store/sqlite/remove-merchant';
import { openSqliteStore } from '../../../src/store/sqlite/sqlite-store';
import type { Store } from '../../../src/store/store';
import { collect } from '../../harness/collect';
import { AT, grantOf, vidOf } from '../../store-suite/subject';
import { openDatabase } from './database';

let folder: string;
let file: string;
let stores: Store[];
const [acme, rival] = [1, 2];

const open = () => {
  const store = openSqliteStore(file);
  stores.push(store);
  return store;
};

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
  file = join(folder, 'test.db');
  stores = [];
  const store = open();
  for (const login of ['acme', 'rival']) {
    const { id } = await store.insertMerchant({ login, passwordHash: '-', createdAt: 0 });
    await store.transact(id, async (unit) =>
      unit.insertAccount({ VID: vidOf(login), merchantAccountId: login }, AT),
    );
  }
});

afterEach(async () => {
  for (const store of stores) await store.close();
  rmSync(folder, { recursive: true });
});

const grant = (store: Store, merchant: number, id: string, more = {}) =>
  store.transact(merchant, async (unit) => unit.recordChange(grantOf(merchant, id, more)));

const idsOf = async (store: Store, merchant?: string) =>
  (await collect(store.listLedger({ merchant }))).map(({ id }) => id);

/** What SQLite has counted. */
const counter = () => {
  const database = openDatabase(file, { readonly: true });
  try {
    return database.prepare("SELECT seq FROM sqlite_sequence WHERE name = 'ledger'").pluck().get();
  } finally {
    database.close();
  }
};

const ascends = (ids: readonly number[]) =>
  ids.every((id, index) => index === 0 || id > (ids[index - 1] ?? 0));

test('the counter is written once in a hundred lines', async () => {
  const [store] = stores as [Store];
  const counted = new Set<unknown>();
  for (let line = 0; line < 250; line += 1) {
    await grant(store, acme, `e${line}`);
    counted.add(counter());
  }
  expect([...counted]).toEqual([100, 200, 300]);
  expect(await idsOf(store)).toEqual(Array.from({ length: 250 }, (_, index) => index + 1));
});

test('two processes in turn give no id twice, and each a higher one', async () => {
  const both = [...stores, open()];
  const ids: number[] = [];
  for (let line = 0; line < 20; line += 1) {
    for (const [turn, store] of both.entries()) {
      await grant(store, acme, `e${line}-${turn}`);
      ids.push((await idsOf(store)).at(-1) ?? 0);
    }
  }
  expect(new Set(ids).size).toBe(40);
  expect(ascends(ids)).toBe(true);
});

test('lines by time alone come between those of calls', async () => {
  const [store] = stores as [Store];
  await grant(store, acme, 'due', { dueAt: AT });
  await grant(store, acme, 'before');
  await store.transact(acme, async (unit) => unit.recordDueBatch(AT, 9));
  await grant(store, acme, 'after');
  const lines = await collect(store.listLedger({ merchant: 'acme' }));
  const byId = lines.toSorted((one, other) => one.id - other.id);
  expect(byId.map(({ merchantEntitlementId }) => merchantEntitlementId)).toEqual([
    'due',
    'before',
    'due',
    'after',
  ]);
});

test('the ids of a merchant that was removed are not given again', async () => {
  const [store] = stores as [Store];
  await grant(store, acme, 'a');
  await grant(store, rival, 'b');
  const [last = 0] = await idsOf(store, 'rival');
  await store.close();
  stores = [];
  removeMerchant(file, 'rival', join(folder, 'export.json'));
  const next = open();
  await grant(next, acme, 'c');
  expect((await idsOf(next)).at(-1)).toBeGreaterThan(last);
});

test('a unit that is undone beside others leaves no gap', async () => {
  const [store] = stores as [Store];
  const units = [0, 1, 2, 3].map((unit) =>
    store.transact(acme, async (own) => {
      await own.recordChange(grantOf(acme, `e${unit}`));
      if (unit === 0 || unit === 2) throw new Error('undone');
    }),
  );
  await Promise.allSettled(units);
  expect(await idsOf(store)).toEqual([1, 2]);
});
