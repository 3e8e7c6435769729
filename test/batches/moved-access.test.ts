/** The transfer of an AutoBill or order of very many ids: what it gave moves in several units of work. */
import { createLongChangesLoop } from '../../src/background/long-work-loop';
import { WORK_KINDS } from '../../src/background/loops';
import { finishingLeftOver } from '../../src/batches/left-over';
import { moveGivenByAutoBill } from '../../src/ledger/move-access';
import { addOffer } from '../../src/orders/change-offer';
import type { Store } from '../../src/store/store';
import { NOW } from '../harness/server';
import { callAccount, callService } from '../harness/soap-call';
import {
  callBesideOthers,
  commits,
  longestUnit,
  named,
  numbered,
  until,
} from '../hostile/belongings';
import { grant, OPERATORS_WORK, SELLER, type Shop, startShop } from '../orders/shop';

const MANY = 3500;
const ALL = Array.from({ length: MANY }, (_, n) => numbered('id', n));

/** Statements with which a unit moves 1,000 entitlements. */
const MOST_WRITTEN = 5000;

let shop: Shop;

beforeEach(async () => {
  shop = await startShop();
  // Until the first reply of a kind is known to be small, others of its kind wait for it.
  for (const name of ['x', 'y', 'bob', 'carol']) await makeAccount(name);
  await transfer('x', 'y');
});

afterEach(() => shop.stop());

const transfer = (from: string, to: string) =>
  callAccount(shop.url, 'transfer', named('targetAccount', to) + named('sourceAccount', from));

const makeAccount = (name: string) => callAccount(shop.url, 'update', named('account', name));

/** Sells an AutoBill that gives all. */
async function subscribe(name: string): Promise<void> {
  const ids = ALL.map((id) => `<merchantEntitlementIds><id>${id}</id></merchantEntitlementIds>`);
  const { returnString } = await callService(
    'AutoBill',
    shop.url,
    'update',
    `<autobill><merchantAutoBillId>b</merchantAutoBillId>${named('account', name)}` +
      '<billingPlan><merchantBillingPlanId>m</merchantBillingPlanId>' +
      '<periods><type>Month</type><quantity>1</quantity></periods></billingPlan>' +
      `<items><product><merchantProductId>p</merchantProductId>${ids.join('')}</product></items></autobill>`,
  );
  expect(returnString).toBe('OK');
}

const cancel = () =>
  callService(
    'AutoBill',
    shop.url,
    'cancel',
    '<autobill><merchantAutoBillId>b</merchantAutoBillId></autobill><disentitle>1</disentitle><force>1</force>',
  );

/** How many entitlements an account has that give access. */
async function active(name: string): Promise<number> {
  const sql = `SELECT count(*) AS n FROM entitlement JOIN account ON account.id = account_id
    WHERE merchant_account_id = ? AND (end_at IS NULL OR end_at > ?)`;
  const [row] = await shop.ask(sql, name, NOW);
  return Number(row?.n);
}

const leftOver = () => shop.store.longWork.list(undefined, { after: 0, limit: 10 });

/** Begins a transfer of an AutoBill, and does something else when the first part of it is kept. */
async function beside<T>(other: () => Promise<T>): Promise<T> {
  await subscribe('ada');
  shop.statements.length = 0;
  const moving = transfer('ada', 'bob');
  await until(() => commits(shop) > 0, moving);
  const [done, { returnString }] = await Promise.all([other(), moving]);
  expect([returnString, await leftOver()]).toEqual(['OK', []]);
  return done;
}

test('an AutoBill: all is the target’s when it is answered, and others come between', async () => {
  await subscribe('ada');
  const { reply, first } = await callBesideOthers(shop, () => transfer('ada', 'bob'));
  expect([reply.returnString, first]).toEqual(['OK', 'other']);
  expect(longestUnit(shop)).toBeLessThan(MOST_WRITTEN);
  expect([await active('ada'), await active('bob'), await leftOver()]).toEqual([0, MANY, []]);
});

test('an order: all is the target’s when it is answered', async () => {
  await shop.operate((unit) =>
    addOffer(unit, OPERATORS_WORK, { offerId: 'all', name: 'All', merchantEntitlementIds: ALL }),
  );
  await grant(shop, 'A1', 'all');
  shop.statements.length = 0;
  expect((await transfer('bob@example.com', 'carol')).returnString).toBe('OK');
  expect(longestUnit(shop)).toBeLessThan(MOST_WRITTEN);
  expect([await active('bob@example.com'), await active('carol')]).toEqual([0, MANY]);
  const { status } = await shop.call('POST', '/orders/A1/revoke', { body: { reason: 'refunded' } });
  expect([status, await active('carol'), await leftOver()]).toEqual([200, 0, []]);
});

test('an AutoBill that is cancelled meanwhile gives nothing to anybody', async () => {
  expect((await beside(cancel)).returnString).toBe('OK');
  expect([await active('ada'), await active('bob')]).toEqual([0, 0]);
});

test('one that is moved on meanwhile is moved on as a whole', async () => {
  expect((await beside(() => transfer('bob', 'carol'))).returnString).toBe('OK');
  expect([await active('ada'), await active('bob'), await active('carol')]).toEqual([0, 0, MANY]);
});

/** An AutoBill of ada's is bob's, with some of what it gave: the server ended midway. */
async function leaveHalfMoved(): Promise<void> {
  await subscribe('ada');
  const { store } = shop;
  const merchantId = (await store.findMerchant(SELLER))?.id ?? 0;
  let units = 0;
  const ending: Store = Object.assign(Object.create(store) as Store, {
    transact: ((...args) => {
      units += 1;
      return units > 1 ? Promise.reject(new Error('the server ended')) : store.transact(...args);
    }) satisfies Store['transact'],
  });
  await finishingLeftOver(ending).transact(merchantId, async (unit) => {
    const source = await unit.findAccountByMerchantAccountId('ada');
    const target = await unit.findAccountByMerchantAccountId('bob');
    const autoBill = await unit.autoBills.findByMerchantAutoBillId('b');
    if (!source || !target || !autoBill) throw new Error('something is missing');
    const moved = { ...autoBill, accountId: target.id };
    await unit.autoBills.update(moved);
    const work = { ...OPERATORS_WORK, now: unit.now() };
    await moveGivenByAutoBill(unit, work, { source, target }, moved);
  });
  expect(await active('ada')).toBeGreaterThan(0);
}

test('one whose server ended is moved by the background', async () => {
  await leaveHalfMoved();
  let now = NOW;
  const later: Store = Object.assign(Object.create(shop.store) as Store, { now: () => now });
  const loop = createLongChangesLoop({ store: later, ...OPERATORS_WORK }, WORK_KINDS);
  await loop.due();
  now += 10_000;
  await loop.run();
  expect([await active('ada'), await active('bob'), await leftOver()]).toEqual([0, MANY, []]);
});

test('what is left of the source by a server that ended doesn’t go to another target', async () => {
  await leaveHalfMoved();
  expect((await transfer('ada', 'carol')).returnString).toBe('OK');
  expect([await active('ada'), await active('bob'), await active('carol')]).toEqual([0, MANY, 0]);
});
