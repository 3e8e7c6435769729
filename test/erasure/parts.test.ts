/** The erasure of an account that has much: others come between its parts, and all of it is gone in the end. */
import { collect } from '../harness/collect';
import { NOW } from '../harness/server';
import { callAccount, callService } from '../harness/soap-call';
import { ADMIN_KEY, type RestServer, startRestServer } from '../orders/rest';
import { grantOf } from '../store-suite/subject';
import { ErasureShop, pathOf } from './erasure-shop';
import { ID, makePerson } from './person';

const OTHER = 'byron';
const named = (id: string, element = 'account') =>
  `<${element}><merchantAccountId>${id}</merchantAccountId></${element}>`;

async function must(reply: Promise<{ returnCode: string | undefined; body: string }>) {
  const { returnCode, body } = await reply;
  expect([returnCode, body]).toEqual(['200', body]);
}

const grant = (server: RestServer, id: string, entitlement: string) =>
  must(
    callAccount(
      server.url,
      'grantEntitlement',
      `${named(id)}<entitlement><merchantEntitlementId>${entitlement}</merchantEntitlementId></entitlement>`,
    ),
  );

/** Direct grants of an account, all active: `e0000`, `e0001`… */
async function addGrants({ store }: RestServer, id: string, many: number): Promise<void> {
  const account = await store.reader(1).findAccountByMerchantAccountId(id);
  await store.transact(1, async (unit) => {
    const after = { start: NOW - 10_000, end: undefined, description: undefined };
    for (let n = 0; n < many; n += 1) {
      const name = `e${String(n).padStart(4, '0')}`;
      await unit.recordChange(grantOf(account?.id ?? 0, name, { at: NOW, after }));
    }
  });
}

/** Erases with all access, and does something else between two parts of that. */
async function eraseWhile(server: RestServer, id: string, act: () => Promise<void>) {
  const { store } = server;
  const transact = store.transact.bind(store);
  let parts = 0;
  const held = jest.spyOn(store, 'transact').mockImplementation(async (...unit) => {
    parts += 1;
    if (parts === BEFORE_PART) await act();
    return transact(...unit);
  });
  server.statements.length = 0;
  const path = `${pathOf(id)}?revoke=true`;
  const { status, body } = await server.call('DELETE', path, { key: ADMIN_KEY });
  held.mockRestore();
  expect([status, body]).toEqual([200, body]);
  expect(parts).toBeGreaterThan(BEFORE_PART);
}

/** By then AutoBills and grants are under way, and neither is done. */
const BEFORE_PART = 12;

const ledger = ({ store }: RestServer) => collect(store.listLedger({}));

/** Everything that an account has now, but what has ended. */
async function accessOf({ store }: RestServer, account: number): Promise<string[]> {
  const all = await store
    .reader(1)
    .listAllEntitlements(account, { after: undefined, limit: 10_000 });
  return all.filter(({ end = Infinity }) => end > NOW).map((one) => one.merchantEntitlementId);
}

const idOf = async ({ store }: RestServer, id: string) =>
  (await store.reader(1).findAccountByMerchantAccountId(id))?.id ?? 0;

describe('on either database', () => {
  let server: RestServer;

  beforeEach(async () => {
    server = await startRestServer();
    await must(callAccount(server.url, 'update', named(OTHER)));
  });
  afterEach(() => server.stop());

  test('a call about another account that comes meanwhile comes before the end', async () => {
    await addGrants(server, 'ada-1815', 3000);
    await eraseWhile(server, 'ada-1815', () => grant(server, OTHER, 'poems'));
    const lines = await ledger(server);
    const revoked = lines.filter(({ reason }) => reason === 'account_erased');
    expect(revoked.length).toBeGreaterThanOrEqual(3000);
    const other = lines.findIndex((line) => line.merchantEntitlementId === 'poems');
    expect(other).toBeGreaterThan(0);
    expect(other).toBeLessThan(lines.lastIndexOf(revoked.at(-1) as (typeof lines)[number]));
    expect(await accessOf(server, await idOf(server, 'ada-1815'))).toEqual([]);
  });

  test('what is granted meanwhile, where parts have passed, is taken as well', async () => {
    await addGrants(server, 'ada-1815', 3000);
    await eraseWhile(server, 'ada-1815', () => grant(server, 'ada-1815', 'a-first'));
    const lines = (await ledger(server)).filter((line) => line.merchantEntitlementId === 'a-first');
    expect(lines.map(({ action }) => action)).toEqual(['grant', 'revoke']);
    expect(await accessOf(server, await idOf(server, 'ada-1815'))).toEqual([]);
  });

  test('cut off midway: some access is taken, and nothing erased; repeated, it goes on', async () => {
    await addGrants(server, 'ada-1815', 3000);
    const account = await idOf(server, 'ada-1815');
    const before = await server.store.reader(1).findAccount(account);
    const { store } = server;
    const transact = store.transact.bind(store);
    let parts = 0;
    const cut = jest.spyOn(store, 'transact').mockImplementation((...unit) => {
      parts += 1;
      return parts > 4 ? Promise.reject(new Error('the power fails')) : transact(...unit);
    });
    const path = `${pathOf('ada-1815')}?revoke=true`;
    expect(await server.call('DELETE', path, { key: ADMIN_KEY })).toMatchObject({ status: 500 });
    cut.mockRestore();
    const left = (await accessOf(server, account)).length;
    expect(left).toBeGreaterThan(1000);
    expect(left).toBeLessThan(3000);
    expect(await server.store.reader(1).findAccount(account)).toEqual(before);
    expect(await server.store.reader(1).erasures.listOf(account)).toEqual([]);
    expect(await server.call('DELETE', path, { key: ADMIN_KEY })).toMatchObject({ status: 200 });
    expect(await accessOf(server, account)).toEqual([]);
    const revoked = (await ledger(server)).filter(({ reason }) => reason === 'account_erased');
    expect(new Set(revoked.map((line) => line.merchantEntitlementId)).size).toBe(revoked.length);
  });

  test('an account that has no more than is taken at once: one unit of work', async () => {
    await addGrants(server, 'ada-1815', 900);
    const transact = jest.spyOn(server.store, 'transact');
    await server.call('DELETE', `${pathOf('ada-1815')}?revoke=true`, { key: ADMIN_KEY });
    expect(transact).toHaveBeenCalledTimes(1);
    expect(await accessOf(server, await idOf(server, 'ada-1815'))).toEqual([]);
  });
});

/** The rows that each transaction changed. */
function changesOf(statements: readonly string[]): number[] {
  const changes = [0];
  for (const sql of statements) {
    if (sql === 'COMMIT') changes.push(0);
    else if (/^(INSERT|UPDATE|DELETE)\b/.test(sql)) changes.push((changes.pop() ?? 0) + 1);
  }
  return changes;
}

/** More than a unit of work changes of this many entitlements, AutoBills or orders, with all that belongs to them. */
const MOST_CHANGES = 3000;

describe('in a file', () => {
  let shop: ErasureShop;

  beforeEach(async () => {
    shop = new ErasureShop();
    await shop.start();
    await makePerson(shop.server);
  });
  afterEach(() => shop.stop());

  const autoBill = (account: string, name: string) =>
    must(
      callService(
        'AutoBill',
        shop.server.url,
        'update',
        `<autobill><merchantAutoBillId>${name}</merchantAutoBillId>${named(account)}` +
          '<billingPlan><merchantBillingPlanId>monthly</merchantBillingPlanId></billingPlan>' +
          '<items><product><merchantProductId>news</merchantProductId></product></items>' +
          `<nameValues><name>for</name><value>${name}</value></nameValues></autobill>`,
      ),
    );

  test('300 AutoBills and orders, 3000 grants: no transaction has many of them', async () => {
    const { server } = shop;
    const MANY = 300;
    await must(callAccount(server.url, 'update', named(OTHER)));
    await autoBill(OTHER, 'byrons');
    for (let n = 0; n < MANY; n += 1) {
      await autoBill(ID, `zanzibar-${n}`);
      const body = { email: ID, firstname: 'Zanzibar', name: 'Quux', grantOffer: 'course' };
      const options = { body: { ...body, orderId: `zanzibar-${n}` } };
      await server.call('POST', '/users/grant-user-offer-by-mail', options);
    }
    await addGrants(server, ID, 3000);
    const account = await idOf(server, ID);
    // AutoBills that come where parts have passed.
    await eraseWhile(server, ID, () =>
      must(
        callAccount(
          server.url,
          'transfer',
          named(ID, 'targetAccount') + named(OTHER, 'sourceAccount'),
        ),
      ),
    );
    await shop.finish();
    expect(Math.max(...changesOf(server.statements))).toBeLessThan(MOST_CHANGES);
    expect(await accessOf(server, account)).toEqual([]);
    expect(shop.marked()).toEqual([]);
    expect(shop.findings()).toEqual([]);
  }, 60_000);
});
