/** Answers of changes of very many ids: they show what all of the change has brought about. */
import { addOffer } from '../../src/orders/change-offer';
import { UNFINISHED } from '../../src/store/answers';
import { callService } from '../harness/soap-call';
import { named, numbered } from '../hostile/belongings';
import { grant, OPERATORS_WORK, type Shop, startShop } from './shop';

const MANY = 2500;
const ALL = Array.from({ length: MANY }, (_, n) => numbered('id', n));

let shop: Shop;

beforeEach(async () => {
  shop = await startShop();
  await shop.operate((unit) =>
    addOffer(unit, OPERATORS_WORK, { offerId: 'all', name: 'All', merchantEntitlementIds: ALL }),
  );
});

afterEach(() => shop.stop());

interface Given {
  readonly entitlements: ReadonlyArray<{ readonly active: boolean }>;
}

/** How many entitlements an order or AutoBill has given, and how many of them are active. */
function count(body: unknown): [number, number] {
  const { entitlements } = body as Given;
  return [entitlements.length, entitlements.filter(({ active }) => active).length];
}

const revoke = (key?: string) =>
  shop.call('POST', '/orders/A1/revoke', {
    body: { reason: 'refunded' },
    headers: key === undefined ? {} : { 'Idempotency-Key': key },
  });

test('an order is shown as it is when all is done, and so is a repeat', async () => {
  expect(count(await grant(shop, 'A1', 'all'))).toEqual([MANY, MANY]);
  const first = await revoke('once');
  expect(count(first.body)).toEqual([MANY, 0]);
  expect(count((await shop.call('POST', '/orders/A1/restore', { body: {} })).body)).toEqual([
    MANY,
    MANY,
  ]);
  await shop.newLines();
  expect((await revoke('once')).body).toEqual(first.body);
  expect(await shop.newLines()).toEqual([]);
});

test('an AutoBill is shown as it is when all is done', async () => {
  const ids = ALL.map((id) => `<merchantEntitlementIds><id>${id}</id></merchantEntitlementIds>`);
  const { returnString } = await callService(
    'AutoBill',
    shop.url,
    'update',
    `<autobill><merchantAutoBillId>b</merchantAutoBillId>${named('account', 'ada')}` +
      '<billingPlan><merchantBillingPlanId>m</merchantBillingPlanId>' +
      '<periods><type>Month</type><quantity>1</quantity></periods></billingPlan>' +
      `<items><product><merchantProductId>p</merchantProductId>${ids.join('')}</product></items></autobill>`,
  );
  expect(returnString).toBe('OK');
  const body = { disentitle: true, force: true };
  expect(count(await shop.post('/autobills/b/stop', body))).toEqual([MANY, 0]);
});

test('many orders that hold an offer are shown outside of the unit of work', async () => {
  for (let n = 0; n < 12; n += 1) await grant(shop, `B${n}`);
  const states = await shop.post('/users/set-offer-state', {
    email: 'bob@example.com',
    offerId: 'course',
    active: false,
  });
  const orders = states.orders as Given[];
  expect(orders.map(count)).toEqual(Array.from({ length: 12 }, () => [2, 0]));
});

test('a repeat of one that was cut off shows what is there', async () => {
  await grant(shop, 'A1', 'all');
  // As it is kept until all is done.
  const { body } = await revoke('cut-off');
  await shop.call('POST', '/orders/A1/restore', { body: {} });
  await shop.ask(`UPDATE kept_answer SET status = ${UNFINISHED}, body = '"A1"'`);
  await shop.newLines();
  const repeat = await revoke('cut-off');
  expect([count(body), count(repeat.body)]).toEqual([
    [MANY, 0],
    [MANY, MANY],
  ]);
  expect(await shop.newLines()).toEqual([]);
});
