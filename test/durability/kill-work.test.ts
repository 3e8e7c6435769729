/**
 * The server is killed in the middle of long work, again and again. What is left is done after each start: every order
 * follows its offer once, and the ledger accounts for it. `KILL_SEED=7 npx jest kill-work` kills at other moments.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { digestOf } from '../../src/access/authenticate-key';
import { checkDatabase } from '../../src/store/sqlite/check';
import { openSqliteStore } from '../../src/store/sqlite/sqlite-store';
import { grantOf } from '../store-suite/subject';
import { makeDatabase, runCheck, startServerProcess } from '../harness/server-process';
import { SEED } from '../harness/seed';
import { KEY } from '../orders/rest';
import { Random } from '../soap/random-value';
import { openDatabase } from '../store/sqlite/database';

const KILLS = 3;
/** Far more than are done until the last kill, and than could be while its moment is looked for. */
const ORDERS = 4000;
/** The most that are done between two kills. */
const MOST_BETWEEN = 400;
const SEED_OF_RUN = process.env.KILL_SEED ?? '1';
const ID = 'added';

let folder: string;
let database: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
  database = join(folder, 'test.db');
});

afterEach(() => rmSync(folder, { recursive: true }));

/** An offer that many orders of one account have. */
async function sell(): Promise<void> {
  const store = openSqliteStore(database);
  const [{ login } = { login: '' }] = SEED;
  const merchant = await store.findMerchant(login);
  await store.transact(merchant?.id ?? 0, async (unit) => {
    const at = unit.now();
    const key = { name: 'shop', digest: digestOf(KEY), scope: 'admin', createdAt: at } as const;
    await unit.apiKeys.insert(key);
    const account = await unit.findAccountByMerchantAccountId('alan-1912');
    const accountId = account?.id ?? 0;
    const offer = await unit.orders.insertOffer({ offerId: 'sold', name: 'sold', createdAt: at });
    await unit.orders.replaceOfferEntitlements(offer, ['first']);
    for (let n = 0; n < ORDERS; n += 1) {
      const orderId = `o${n}`;
      const state = 'active' as const;
      const order = { orderId, accountId, named: true, state, failedPayments: 0 };
      const id = await unit.orders.insertOrder({ ...order, createdAt: at, changedAt: at });
      const line = { offer, offerId: 'sold', offerName: 'sold', state, reason: undefined };
      await unit.orders.saveLine(id, line);
      await unit.recordChange(
        grantOf(accountId, 'first', { source: 'Order', sourceId: orderId, at, soapId: undefined }),
      );
    }
  });
  await store.close();
}

/** The orders that follow, one for each line of the ledger about it. */
function followed(): string[] {
  const connection = openDatabase(database, { readonly: true });
  const lines = connection
    .prepare('SELECT source_id FROM ledger WHERE merchant_entitlement_id = ? ORDER BY id')
    .pluck()
    .all(ID) as string[];
  connection.close();
  return lines;
}

async function unfinished(url: string): Promise<unknown[]> {
  const reply = await fetch(`${url}/v1/work`, { headers: { 'X-API-KEY': KEY } });
  return (await reply.json()) as unknown[];
}

test(`kill -9 in the middle of long work, ${KILLS} times: all of it is done, once`, async () => {
  await makeDatabase(database, SEED);
  await sell();
  const random = new Random(SEED_OF_RUN);
  let server = await startServerProcess(database);
  const reply = await fetch(`${server.url}/v1/offers/sold`, {
    method: 'PATCH',
    headers: { 'X-API-KEY': KEY, 'Content-Type': 'application/json' },
    body: JSON.stringify({ entitlements: ['first', ID] }),
  });
  expect(reply.status).toBe(200);
  for (let kill = 0, known = 0; kill < KILLS; kill += 1) {
    // At a moment within the work: some batches after the last kill.
    const target = known + 1 + random.below(MOST_BETWEEN);
    while (followed().length < target) await setTimeout(5);
    await server.end('SIGKILL');
    // Orders that are still to follow their offer are all that is wrong.
    const kinds = new Set<string>();
    checkDatabase(database, ({ kind }) => kinds.add(kind));
    expect([...kinds]).toEqual(['order']);
    known = followed().length;
    expect(known).toBeLessThan(ORDERS);
    server = await startServerProcess(database);
  }
  while ((await unfinished(server.url)).length > 0) await setTimeout(20);
  await server.end('SIGTERM');
  const orders = followed();
  expect(new Set(orders).size).toBe(orders.length);
  expect(orders).toHaveLength(ORDERS);
  expect(await runCheck(database)).toContain('nothing is wrong');
}, 120_000);
