/** Lines of the ledger are counted when they are kept: once, and not where their unit was undone. */
import { Registry } from 'prom-client';
import { createChangeMetrics } from '../../src/metrics/changes';
import { openSqliteStore } from '../../src/store/sqlite/sqlite-store';
import type { Store } from '../../src/store/store';
import { AT, grantOf, vidOf } from '../store-suite/subject';
import { seriesOf } from './measured';

const GRANTS = 'latchkey_ledger_entries_total{action="grant",reason=""}';

let store: Store;
let registry: Registry;
let merchant: number;
let account: number;

beforeEach(async () => {
  registry = new Registry();
  store = openSqliteStore(':memory:');
  const made = { login: 'acme', passwordHash: '', createdAt: AT };
  merchant = (await store.insertMerchant(made)).id;
  account = await store.transact(merchant, async (unit) =>
    unit.insertAccount({ VID: vidOf('ada') }, AT),
  );
});

afterEach(() => store.close());

const grants = async () => seriesOf(await registry.metrics()).get(GRANTS);

test('a unit that is undone counts nothing, one that is kept all of its lines', async () => {
  const counted = createChangeMetrics(registry).aroundStore(store);
  const grant = (...ids: string[]) =>
    counted.transact(merchant, async (unit) => {
      for (const id of ids) await unit.recordChange(grantOf(account, id));
      if (ids.includes('broken')) throw new Error('broken');
    });
  await expect(grant('a', 'broken')).rejects.toThrow('broken');
  expect(await grants()).toBeUndefined();
  await grant('a', 'b');
  expect(await grants()).toBe(2);
});

test('a unit that the store begins anew counts once', async () => {
  // As a store does whose commit was refused for another's sake.
  const twice: Store = {
    ...store,
    transact: async (id, work) => {
      await store
        .transact(id, async (unit) => {
          await work(unit);
          throw new Error('lost');
        })
        .catch(() => undefined);
      return store.transact(id, work);
    },
  };
  const counted = createChangeMetrics(registry).aroundStore(twice);
  await counted.transact(merchant, async (unit) => unit.recordChange(grantOf(account, 'a')));
  expect(await grants()).toBe(1);
});
