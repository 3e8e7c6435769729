/** A unit of work of thousands of changes lets the event loop turn, and is seen whole or not at all. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStore } from '../../../src/store/sqlite/sqlite-store';
import type { Store } from '../../../src/store/store';
import { AT, grantOf, vidOf } from '../../store-suite/subject';

const CHANGES = 2000;
const ALL = { after: undefined, limit: CHANGES };

async function changeMany(store: Store) {
  const acme = await store.insertMerchant({ login: 'acme', passwordHash: '', createdAt: AT });
  const id = await store.transact(acme.id, async (unit) =>
    unit.insertAccount({ VID: vidOf('ada') }, AT),
  );
  let turns = 0;
  let done = false;
  const seen = new Set<number>();
  const look = async () => {
    if (done) return;
    turns += 1;
    seen.add((await store.reader(acme.id).listAllEntitlements(id, ALL)).length);
    setImmediate(() => void look());
  };
  setImmediate(() => void look());
  await store.transact(acme.id, async (unit) => {
    turns = 0;
    for (let change = 0; change < CHANGES; change += 1) {
      await unit.recordChange(grantOf(id, `id${change}`));
    }
  });
  done = true;
  return {
    turns,
    seen: [...seen],
    after: await store.reader(acme.id).listAllEntitlements(id, ALL),
  };
}

test('in a file: look-ups go on meanwhile, and see none of it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-units-'));
  const store = openSqliteStore(join(folder, 'test.db'));
  const { turns, seen, after } = await changeMany(store);
  expect(turns).toBeGreaterThanOrEqual(CHANGES / 200 - 1);
  expect(seen[0]).toBe(0);
  expect(seen.every((count) => count === 0 || count === CHANGES)).toBe(true);
  expect(after).toHaveLength(CHANGES);
  await store.close();
  rmSync(folder, { recursive: true });
});

test('in memory there is one connection: nothing comes between', async () => {
  const store = openSqliteStore(':memory:');
  const { seen } = await changeMany(store);
  expect(seen.every((count) => count === 0 || count === CHANGES)).toBe(true);
  await store.close();
});

test('units of several merchants take turns', async () => {
  const store = openSqliteStore(':memory:');
  const order: string[] = [];
  const acme = await store.insertMerchant({ login: 'acme', passwordHash: '', createdAt: AT });
  const bigco = await store.insertMerchant({ login: 'bigco', passwordHash: '', createdAt: AT });
  const units = [acme, acme, acme, bigco].map(({ id, login }) =>
    store.transact(id, () => Promise.resolve(void order.push(login))),
  );
  await Promise.all(units);
  expect(order).toEqual(['acme', 'bigco', 'acme', 'acme']);
  await store.close();
});
