/**
 * What a tenant may have any number of: read in parts, with the event loop turning between them, or refused by name. The
 * work is counted, in statements and their limits.
 */
import { MOST_ACCOUNTS } from '../../src/orders/find-user';
import { MOST_OFFERS } from '../../src/orders/grant-offer';
import { MOST_ORDERS } from '../../src/orders/order-state';
import { NOW } from '../harness/server';
import { callAccount, callService } from '../harness/soap-call';
import { ADMIN_KEY } from '../orders/rest';
import { grant, type Shop, startShop } from '../orders/shop';
import { grantOf, vidOf } from '../store-suite/subject';

const BOB = 'bob@example.com';
const MANY = 501;

let shop: Shop;

beforeEach(async () => {
  shop = await startShop();
});

afterEach(() => shop.stop());

/** The statements of a table that have no limit, or a larger one. */
function unlimited(table: string, most = 501): string[] {
  const ofTable = shop.statements.filter((sql) => new RegExp(`FROM ${table}\\s`).test(sql));
  expect(ofTable.length).toBeGreaterThan(0);
  return ofTable.filter((sql) => {
    const [, limit] = /LIMIT \+?(\d+)\b/.exec(sql) ?? [];
    return limit === undefined || Number(limit) > most;
  });
}

function addAccounts(count: number, emailAddress: string): Promise<void> {
  return shop.operate(async (unit) => {
    for (let n = 0; n < count; n += 1) {
      const name = `many-${n}`;
      const values = { VID: vidOf(name), merchantAccountId: name, emailAddress };
      await unit.insertAccount(values, NOW);
    }
  });
}

/** Orders of the offer `course` that give nothing, all of one account. */
async function addOrders(count: number): Promise<number> {
  await grant(shop, 'first');
  return shop.operate(async (unit) => {
    const account = await unit.findAccountByMerchantAccountId(BOB);
    const accountId = account?.id ?? 0;
    const offer = await unit.orders.findOffer('course');
    for (let n = 1; n < count; n += 1) {
      const state = 'revoked' as const;
      const order = { orderId: `o${n}`, accountId, named: true, state, failedPayments: 0 };
      const id = await unit.orders.insertOrder({ ...order, createdAt: NOW, changedAt: NOW });
      const line = { offer: offer?.id ?? 0, offerId: 'course', offerName: 'The course' };
      await unit.orders.saveLine(id, { ...line, state, reason: 'other' });
    }
    return accountId;
  });
}

const vidsIn = (xml: string) => [...xml.matchAll(/<merchantAccountId[^>]*>(many-\d+)</g)];

test('accounts of one e-mail address: each once, in parts', async () => {
  await addAccounts(MANY + 100, BOB);
  shop.statements.length = 0;
  const { body } = await callAccount(
    shop.url,
    'fetchByEmail',
    `<emailAddress>${BOB}</emailAddress>`,
  );
  const found = vidsIn(body).map(([, name]) => name);
  expect([found.length, new Set(found).size]).toEqual([MANY + 100, MANY + 100]);
  expect(unlimited('account', 250).filter((sql) => sql.includes('email_address'))).toEqual([]);
});

test('an address that too many accounts have names no user', async () => {
  await addAccounts(MOST_ACCOUNTS + 1, BOB);
  const message = `More than ${MOST_ACCOUNTS} accounts have the e-mail address ${BOB}: it names no user.`;
  expect(await shop.get(`/users/find-by-mail/${BOB}`, 400)).toMatchObject({ message });
  const deletion = await shop.post('/users/delete-users', { emails: [BOB] }, 400);
  expect(deletion).toMatchObject({ message });
  expect(await shop.get(`/orders?email=${BOB}`, 400)).toMatchObject({ message });
  expect(await shop.get(`/audit?email=${BOB}`, 400)).toMatchObject({ message });
});

test('an offer in more orders than one answer holds: refused, and nothing changes', async () => {
  await addOrders(MOST_ORDERS + 1);
  await shop.newLines();
  shop.statements.length = 0;
  const state = { email: BOB, offerId: 'course', active: false };
  expect(await shop.post('/users/set-offer-state', state, 422)).toMatchObject({
    message: expect.stringContaining(`more than ${MOST_ORDERS} orders of the offer`) as string,
  });
  expect(unlimited('order_line').filter((sql) => sql.includes('order_line.offer ='))).toEqual([]);
  expect(await shop.newLines()).toEqual([]);
  expect(await shop.get('/orders/first')).toMatchObject({ state: 'active' });
});

test('an order has no more offers than may be', async () => {
  await grant(shop, 'first');
  await shop.operate(async (unit) => {
    const order = await unit.orders.findOrder('first');
    for (let n = 1; n < MOST_OFFERS; n += 1) {
      const offerId = `offer-${n}`;
      const offer = await unit.orders.insertOffer({ offerId, name: offerId, createdAt: NOW });
      const line = {
        offer,
        offerId,
        offerName: offerId,
        state: 'active',
        reason: undefined,
      } as const;
      await unit.orders.saveLine(order?.id ?? 0, line);
    }
  });
  const again = { email: BOB, grantOffer: 'lab', orderId: 'first' };
  expect(await shop.post('/users/grant-user-offer-by-mail', again, 422)).toEqual(
    expect.objectContaining({
      message: `The order first has ${MOST_OFFERS} offers, and no order may have more.`,
    }),
  );
  await grant(shop, 'first');
});

test('what offers, orders and AutoBills give is read in parts', async () => {
  const ids = Array.from({ length: 600 }, (_, n) => `id-${n}`);
  await shop.call('PATCH', '/offers/course', { key: ADMIN_KEY, body: { entitlements: ids } });
  const product = `<product><merchantProductId>p</merchantProductId>${ids
    .map((id) => `<merchantEntitlementIds><id>${id}</id></merchantEntitlementIds>`)
    .join('')}</product>`;
  const autoBill =
    '<autobill><merchantAutoBillId>a</merchantAutoBillId><account><merchantAccountId>ada-1815</merchantAccountId>' +
    '</account><billingPlan><merchantBillingPlanId>plan</merchantBillingPlanId><periods><type>Month</type>' +
    `<quantity>1</quantity></periods></billingPlan><items>${product}</items></autobill>`;
  const cancelled =
    '<autobill><merchantAutoBillId>a</merchantAutoBillId></autobill><disentitle>1</disentitle>';
  shop.statements.length = 0;
  await grant(shop, 'first');
  await shop.post('/orders/first/revoke', { reason: 'refunded' });
  expect(await callService('AutoBill', shop.url, 'update', autoBill)).toMatchObject({
    returnCode: '200',
  });
  await callService('AutoBill', shop.url, 'cancel', cancelled);
  expect(unlimited('offer_entitlement', 250)).toEqual([]);
  const given = unlimited('entitlement', 250).filter((sql) => sql.includes("source <> 'Account'"));
  expect(given).toEqual([]);
  expect((await shop.newLines()).filter((line) => line.includes('revoke'))).toHaveLength(1200);
});

test('a transfer moves orders in parts', async () => {
  await addOrders(2 * MANY);
  await callAccount(
    shop.url,
    'update',
    '<account><merchantAccountId>heir</merchantAccountId></account>',
  );
  shop.statements.length = 0;
  const names =
    '<targetAccount><merchantAccountId>heir</merchantAccountId></targetAccount>' +
    `<sourceAccount><merchantAccountId>${BOB}</merchantAccountId></sourceAccount>`;
  expect(await callAccount(shop.url, 'transfer', names)).toMatchObject({ returnCode: '200' });
  const moves = shop.statements.filter((sql) => sql.startsWith('UPDATE customer_order'));
  expect(moves).toHaveLength(3);
  const all = shop.statements.filter((sql) =>
    /^UPDATE (customer_order|order_line) SET acc/.test(sql),
  );
  expect(all.length).toBeGreaterThan(moves.length);
  expect(all.filter((sql) => !/LIMIT \+?500(\.0)?\)$/.test(sql))).toEqual([]);
  const left = await shop.operate(async (unit) => {
    const heir = await unit.findAccountByMerchantAccountId('heir');
    return (await unit.orders.ofAccount.extent(heir?.id ?? 0, { after: 0, limit: 9999 })).total;
  });
  expect(left).toBe(2 * MANY);
});

test('nameValues and taxExemptions: no more than may be, whatever came before', async () => {
  const pairs = (from: number, count: number) =>
    Array.from(
      { length: count },
      (_, n) => `<nameValues><name>n${from + n}</name><value>v</value></nameValues>`,
    ).join('');
  const update = (parts: string) =>
    callAccount(
      shop.url,
      'update',
      `<account><merchantAccountId>ada-1815</merchantAccountId>${parts}</account>`,
    );
  expect(await update(pairs(0, 1001))).toMatchObject({
    returnString: 'account.nameValues: there may be 1000 at most.',
  });
  const exemptions = '<taxExemptions><active>1</active></taxExemptions>'.repeat(1001);
  expect(await update(exemptions)).toMatchObject({
    returnString: 'account.taxExemptions: there may be 1000 at most.',
  });
  expect(await update(pairs(0, 900))).toMatchObject({ returnCode: '200' });
  expect(await update(pairs(900, 101))).toMatchObject({
    returnString: 'account.nameValues: there may be 1000 at most.',
  });
  const product = `<product><merchantProductId>p</merchantProductId>${pairs(0, 1001)}</product>`;
  expect(await callService('Product', shop.url, 'update', product)).toMatchObject({
    returnString: 'nameValues: there may be 1000 at most.',
  });
});

test('products: in parts by their number, and by the length of their texts', async () => {
  const many = 300;
  await shop.operate(async ({ catalogue }) => {
    for (let n = 0; n < many; n += 1) {
      const merchantEntitlementIds = [{ id: 'all' }, { id: 'x'.repeat(1000) }];
      const values = { VID: vidOf(`p${n}`), merchantProductId: `p${n}`, merchantEntitlementIds };
      await catalogue.products.insert(values, NOW);
    }
  });
  shop.statements.length = 0;
  for (const [operation, parts] of [
    ['fetchAll', ''],
    ['fetchByMerchantEntitlementId', '<merchantEntitlementId>all</merchantEntitlementId>'],
  ] as const) {
    const { body } = await callService('Product', shop.url, operation, parts);
    const ids = [...body.matchAll(/<merchantProductId[^>]*>([^<]*)</g)].map(([, id]) => id);
    expect(ids).toEqual(Array.from({ length: many }, (_, n) => `p${n}`));
  }
  expect(unlimited('product', 250)).toEqual([]);
});

test('the state of an account of thousands of entitlements is counted in parts', async () => {
  const many = 5001;
  await shop.operate(async (unit) => {
    const account = await unit.findAccountByMerchantAccountId('ada-1815');
    for (let n = 0; n < many; n += 1) {
      const after = { start: NOW - 1000, end: NOW + 1000 + n, description: undefined };
      await unit.recordChange(grantOf(account?.id ?? 0, `many-${n}`, { at: NOW, after }));
    }
  });
  const path = '/accounts/ada-1815/entitlements?active=true';
  shop.statements.length = 0;
  const { headers } = await shop.call('GET', path);
  const etag = headers.get('etag') ?? '';
  expect(shop.statements.filter((sql) => sql.includes('AS passed'))).toHaveLength(2);
  const again = await shop.call('GET', path, { headers: { 'If-None-Match': etag } });
  expect(again.status).toBe(304);
  // The last one of the second part ends.
  const last = new Date(NOW + 1000 + many - 1).toISOString();
  const later = await shop.call('GET', `${path}&at=${last}`, {
    headers: { 'If-None-Match': etag },
  });
  expect(later.status).toBe(200);
});

test('offers, and a page of orders: one document, made in parts', async () => {
  const many = 700;
  await shop.operate(async ({ orders }) => {
    for (let n = 0; n < many; n += 1) {
      const offerId = `offer-${n}`;
      await orders.insertOffer({ offerId, name: 'x'.repeat(300), createdAt: NOW });
    }
  });
  await addOrders(120);
  shop.statements.length = 0;
  const offers = (await shop.call('GET', '/offers')).body as Array<{ id: string }>;
  expect(offers.slice(-many).map(({ id }) => id)).toEqual(
    Array.from({ length: many }, (_, n) => `offer-${n}`),
  );
  expect(unlimited('offer', 250).filter((sql) => sql.includes('created_at'))).toEqual([]);
  const page = (await shop.get('/orders?pageLength=110')) as { orders: unknown[] };
  expect(page).toMatchObject({ next_page: expect.stringMatching(/^o\d+$/) as string });
  expect(page.orders).toHaveLength(110);
  const looked = shop.statements.filter((sql) => sql.includes('FROM order_line'));
  expect(looked).toHaveLength(3);
});
