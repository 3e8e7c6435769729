/** The bounds of an erasure: which ids, whose account, how many lines, which columns. */
import { SEED } from '../harness/seed';
import { callAccount } from '../harness/soap-call';
import { KEY, READ_KEY } from '../orders/rest';
import { grantOf } from '../store-suite/subject';
import { ErasureShop, pathOf } from './erasure-shop';
import { COLUMNS } from './personal-columns';

let shop: ErasureShop;

beforeEach(async () => {
  shop = new ErasureShop();
  await shop.start();
});
afterEach(() => shop.stop());

describe('ids', () => {
  const keeps = async (id: string, name: string) => {
    const account = `<account><merchantAccountId>${id}</merchantAccountId><name>${name}</name></account>`;
    await callAccount(shop.server.url, 'update', account);
    return !(await shop.erase(id)).idReplaced;
  };

  test.each([
    ['customer-17', 'Ada Lovelace', true],
    ['canada-17', 'Ada Lovelace', true],
    ['ada-17', 'Ada Lovelace', false],
    ['LOVELACE', 'Ada Lovelace', false],
    ['x_adalovelace_7', 'Ada Lovelace', false],
    ['anybody@example.com', 'Ada Lovelace', false],
    ['17', 'Agent 17', true],
  ])('%s of %s stays: %s', async (id, name, stays) => {
    expect(await keeps(id, name)).toBe(stays);
  });
});

test('an unknown account: 404; a key of another scope than admin: 403; and nothing is written', async () => {
  const unknown = await shop.call('DELETE', pathOf('nobody'));
  expect(unknown).toMatchObject({ status: 404, body: { message: 'There is no account nobody.' } });
  for (const key of [READ_KEY, KEY]) {
    const refused = await shop.server.call('DELETE', pathOf('ada-1815'), { key });
    expect(refused).toMatchObject({
      status: 403,
      body: { message: expect.stringContaining('the scope admin') as string },
    });
  }
  expect(shop.texts().filter(([place]) => place.startsWith('erasure.'))).toEqual([]);
});

test("another merchant's account of that id stays as it is", async () => {
  const other = (SEED[1]?.accounts ?? []).map(({ account }) => account.name);
  expect(other).toContain('The other Ada');
  await shop.erase('ada-1815');
  expect(shop.texts()).toContainEqual(['account.name', 'The other Ada']);
});

test('lines and events of a large account go batch by batch', async () => {
  const many = 1100;
  const { store } = shop.server;
  const account = await store.reader(1).findAccountByMerchantAccountId('ada-1815');
  await store.transact(1, async (unit) => {
    for (let n = 0; n < many; n += 1) {
      await unit.recordChange({
        ...{ accountId: account?.id ?? 0, merchantEntitlementId: `e${n}`, source: 'Account' },
        ...{ sourceId: '', action: 'grant', actor: 'acme_soap', soapId: undefined, at: unit.now() },
        ...{ before: undefined, after: { start: 0, end: undefined, description: undefined } },
        ...{ changesAccess: true, dueAt: undefined, note: `Zanzibar ${n}` },
      });
      await unit.events.insert({
        ...{ type: 'account.updated', at: unit.now(), accountId: account?.id ?? 0, actor: 'shop' },
        ...{
          soapId: undefined,
          note: `Zanzibar ${n}`,
          document: { account: { name: 'Zanzibar' } },
        },
      });
    }
  });
  await shop.erase('ada-1815');
  expect(shop.marked().length).toBeGreaterThan(0);
  const { body } = await shop.server.call('GET', '/work');
  expect(body).toMatchObject([
    { kind: 'erasure of notes', done: 1000 },
    { kind: 'erasure of events', done: 1000 },
  ]);
  await shop.finish();
  expect(shop.marked()).toEqual([]);
  expect(shop.findings()).toEqual([]);
});

test('children, and the lines of an order, get a pseudonym in parts', async () => {
  const many = 501;
  const { store, statements } = shop.server;
  const ada = await store.reader(1).findAccountByMerchantAccountId('ada-1815');
  const accountId = ada?.id ?? 0;
  await store.transact(1, async (unit) => {
    const at = unit.now();
    const order = { orderId: 'lovelace', accountId, named: true, state: 'active' as const };
    await unit.orders.insertOrder({ ...order, failedPayments: 0, createdAt: at, changedAt: at });
    for (let n = 0; n < many; n += 1) {
      const VID = String(n).padStart(40, 'f');
      await unit.insertAccount({ VID, parentMerchantAccountId: 'ada-1815' }, at);
      const given = { source: 'Order', sourceId: 'lovelace' } as const;
      await unit.recordChange(grantOf(accountId, `e${n}`, { ...given, at }));
    }
  });
  const named =
    '<account><merchantAccountId>ada-1815</merchantAccountId><name>Ada Lovelace</name></account>';
  await callAccount(shop.server.url, 'update', named);
  statements.length = 0;
  await shop.erase('ada-1815');
  const ran = (start: string) => statements.filter((sql) => sql.startsWith(start)).length;
  expect(ran('UPDATE account SET parent_merchant_account_id')).toBe(250);
  expect((await shop.server.call('GET', '/work')).body).toMatchObject([
    { kind: 'erasure of parents', done: 250, total: many },
  ]);
  expect(await store.erasures.nextUnfinished()).toBeUndefined();
  const last = String(many - 1).padStart(40, 'f');
  const moved =
    '<parent><merchantAccountId>guardian</merchantAccountId></parent>' +
    `<child><VID>${last}</VID></child><force>1</force>`;
  const guardian = '<account><merchantAccountId>guardian</merchantAccountId></account>';
  await callAccount(shop.server.url, 'update', guardian);
  expect(await callAccount(shop.server.url, 'addChildren', moved)).toMatchObject({
    returnCode: '200',
  });
  await shop.finish();
  expect(ran('UPDATE account SET parent_merchant_account_id')).toBe(many);
  expect(await store.reader(1).listChildren('guardian', { after: 0, limit: 9 })).toHaveLength(1);
  expect(ran('UPDATE ledger SET source_id')).toBe(2);
  const name = (await store.reader(1).findAccount(accountId))?.merchantAccountId ?? '';
  expect(name).toMatch(/^erased-/);
  const children = await store.reader(1).listChildren(name, { after: 0, limit: 999 });
  expect(children).toHaveLength(many - 1);
  const orders = store.reader(1).orders;
  expect(await orders.findOrder('lovelace')).toBeUndefined();
  expect(await orders.listHistory('lovelace', 0, 9)).toEqual([]);
  expect(shop.findings().filter((text) => !text.includes('order'))).toEqual([]);
});

test('accounts that gave what it has name it by the pseudonym, batch by batch', async () => {
  const many = 110;
  const { url, store } = shop.server;
  const named = (id: string, element = 'account') =>
    `<${element}><merchantAccountId>${id}</merchantAccountId></${element}>`;
  await callAccount(url, 'update', named('countess@example.com'));
  for (let n = 0; n < many; n += 1) {
    const given = `<entitlement><merchantEntitlementId>e${n}</merchantEntitlementId></entitlement>`;
    await callAccount(url, 'update', named(`giver-${n}`));
    await callAccount(url, 'grantEntitlement', named(`giver-${n}`) + given);
    const target = named('countess@example.com', 'targetAccount');
    await callAccount(url, 'transfer', target + named(`giver-${n}`, 'sourceAccount'));
  }
  const { relatedAccounts } = await shop.erase('countess@example.com');
  expect(new Set(relatedAccounts).size).toBe(many);
  expect((await shop.server.call('GET', '/work')).body).toMatchObject([
    { kind: 'erasure of related accounts', done: 100, total: many },
  ]);
  expect(await store.erasures.nextUnfinished()).toBeUndefined();
  await shop.finish();
  expect(shop.texts().filter(([, text]) => text.includes('countess@'))).toEqual([]);
  expect(shop.findings()).toEqual([]);
});

test('two accounts that gave to one are both renamed there, though the work of the first is not done', async () => {
  const { url, store } = shop.server;
  const named = (id: string, element = 'account') =>
    `<${element}><merchantAccountId>${id}</merchantAccountId></${element}>`;
  await callAccount(url, 'update', named('heir'));
  const heir = await store.reader(1).findAccountByMerchantAccountId('heir');
  await store.transact(1, async (unit) => {
    for (let n = 0; n < 1100; n += 1) {
      await unit.recordChange(grantOf(heir?.id ?? 0, `own${n}`, { at: unit.now() }));
    }
  });
  const givers = ['first@example.com', 'second@example.com'];
  for (const giver of givers) {
    const given = '<entitlement><merchantEntitlementId>given</merchantEntitlementId></entitlement>';
    await callAccount(url, 'update', named(giver));
    await callAccount(url, 'grantEntitlement', named(giver) + given);
    const moved = named('heir', 'targetAccount') + named(giver, 'sourceAccount');
    await callAccount(url, 'transfer', moved);
  }
  for (const giver of givers) await shop.erase(giver);
  await shop.finish();
  const left = shop.texts().filter(([, text]) => /first@|second@/.test(text));
  expect(left).toEqual([]);
  expect(shop.findings()).toEqual([]);
});

test('every text column is classified', () => {
  const columns = shop.server.database
    .prepare(
      `SELECT t.name || '.' || c.name FROM sqlite_schema t, pragma_table_info(t.name) c
       WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND c.type NOT IN ('INTEGER')`,
    )
    .pluck()
    .all() as string[];
  const classified = Object.entries(COLUMNS).flatMap(([table, names]) =>
    Object.keys(names).map((name) => `${table}.${name}`),
  );
  expect(classified.sort()).toEqual(columns.sort());
});
