/** The data of a merchant with thousands of rows are taken and put back in parts, between which the event loop turns. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SYSTEM_TIME } from '../../../src/base/time';
import { listParts } from '../../../src/store/sqlite/merchant-parts';
import { openSqliteStore } from '../../../src/store/sqlite/sqlite-store';
import type { Store } from '../../../src/store/store';
import { openMigrated } from './database';
import { AT, grantOf, vidOf } from '../../store-suite/subject';

const ENTITLEMENTS = 3000;
const ALL = { after: undefined, limit: 2 * ENTITLEMENTS };

/** More than may be read or written in one turn. */
const TOO_MANY = 300;

const openSimulation = (path: string) => openSqliteStore(path, SYSTEM_TIME, undefined, 'on');

/** A merchant whose account has thousands of entitlements. */
async function fill(store: Store): Promise<{ readonly id: number; readonly account: number }> {
  const { id } = await store.insertMerchant({ login: 'acme', passwordHash: '', createdAt: AT });
  const account = await store.transact(id, async (unit) => {
    const row = await unit.insertAccount({ VID: vidOf('ada') }, AT);
    for (let number = 0; number < ENTITLEMENTS; number += 1) {
      await unit.recordChange(grantOf(row, `id${number}`));
    }
    return row;
  });
  return { id, account };
}

/** Runs a store's work and counts what an account has in every turn of the event loop meanwhile. */
async function inEachTurn<T>(work: Promise<T>, count: () => Promise<number>) {
  const seen: number[] = [];
  let isOver = false;
  const turn = async () => {
    seen.push(await count());
    if (!isOver) setImmediate(() => void turn());
  };
  setImmediate(() => void turn());
  const value = await work;
  isOver = true;
  return { value, turns: seen.length, seen: [...new Set(seen)] };
}

/** Takes, removes and puts back. */
async function replaceAll(store: Store) {
  const { id, account } = await fill(store);
  const { merchantStates } = store;
  const count = async () => (await store.reader(id).listAllEntitlements(account, ALL)).length;
  const taken = await inEachTurn(merchantStates.take(id), count);
  const state = taken.value;
  if (!state) throw new Error('nothing was taken');
  const cleared = await inEachTurn(merchantStates.clear(id), count);
  const left = await count();
  const put = await inEachTurn(merchantStates.put(id, state), count);
  expect([left, await count()]).toEqual([0, ENTITLEMENTS]);
  expect(await merchantStates.take(id, state.rows)).toEqual(state);
  expect(await merchantStates.take(id, state.rows - 1)).toBeUndefined();
  const all = [taken, cleared, put];
  const least = state.rows / TOO_MANY;
  expect(all.filter(({ turns }) => turns < least)).toEqual([]);
  return all.flatMap(({ seen }) => seen);
}

test('in a file: what looks meanwhile sees all of it or nothing', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-states-'));
  const store = openSimulation(join(folder, 'test.db'));
  const seen = await replaceAll(store);
  expect([...new Set(seen)].sort()).toEqual([0, ENTITLEMENTS]);
  await store.close();
  rmSync(folder, { recursive: true });
});

test('in memory, where one connection is all: in parts, too', async () => {
  const store = openSimulation(':memory:');
  await replaceAll(store);
  await store.close();
});

test("a merchant's rows are found by an index in every table, whatever others have", () => {
  const database = openMigrated({});
  const scans = listParts(database).flatMap(({ table, condition }) => {
    const plan = database.prepare(`EXPLAIN QUERY PLAN SELECT * FROM ${table} WHERE ${condition}`);
    const steps = plan.all(1) as ReadonlyArray<{ readonly detail: string }>;
    return steps.map(({ detail }) => detail).filter((detail) => detail.startsWith('SCAN'));
  });
  expect(scans).toEqual([]);
  database.close();
});
