/** One AutoBill or order of many ids: it changes in several units of work, between which others' calls are answered. */
import { createLongChangesLoop, createLongWorkLoop } from '../../src/background/long-work-loop';
import { WORK_KINDS } from '../../src/background/loops';
import { finishingLeftOver } from '../../src/batches/left-over';
import { carryOn } from '../../src/batches/long-work';
import { dryRun } from '../../src/console/dry-run';
import { addOffer } from '../../src/orders/change-offer';
import { grantOffer } from '../../src/orders/grant-offer';
import { restoreOrder, revokeOrder } from '../../src/orders/order-state';
import { LONG_CHANGES } from '../../src/store/long-work';
import type { Store, UnitOfWork } from '../../src/store/store';
import { updateAutoBill } from '../../src/subscriptions/keep-auto-bill';
import { pathOf } from '../erasure/erasure-shop';
import { callBesideOthers, commits, named, numbered, until } from '../hostile/belongings';
import { vidOf } from '../store-suite/subject';
import { NOW } from '../harness/server';
import { callService } from '../harness/soap-call';

import { ADMIN_KEY } from '../orders/rest';
import { grant, OPERATORS_WORK, SELLER, type Shop, startShop } from '../orders/shop';

const MANY = 3500;
const ALL = Array.from({ length: MANY }, (_, n) => numbered('id', n));

let shop: Shop;
let merchantId: number;

beforeEach(async () => {
  shop = await startShop();
  merchantId = (await shop.store.findMerchant(SELLER))?.id ?? 0;
  await shop.operate((unit) =>
    addOffer(unit, OPERATORS_WORK, { offerId: 'all', name: 'All', merchantEntitlementIds: ALL }),
  );
});

afterEach(() => shop.stop());

const work = (unit: UnitOfWork) => ({ ...OPERATORS_WORK, now: unit.now() });

const revoke = (orderId: string) =>
  shop.call('POST', `/orders/${orderId}/revoke`, { body: { reason: 'refunded' } });

const restore = (orderId: string) => shop.call('POST', `/orders/${orderId}/restore`, { body: {} });

/** `bob@example.com: grant id-0000 by Order A1, shop: …` → `grant id-0000` */
const inShort = (lines: readonly string[]) =>
  lines.map((line) => line.split(' ').slice(1, 3).join(' '));

const each = (action: string, ids = ALL) => ids.map((id) => `${action} ${id}`);

/** What is left of changes. */
const leftOver = () => shop.store.longWork.list(undefined, { after: 0, limit: 10 });

/** The order A1 is left half-done: its server ended. @returns what was seen of the work that is left */
async function leaveHalfDone(act: (unit: UnitOfWork) => Promise<unknown>) {
  const { store } = shop;
  let units = 0;
  const ending: Store = Object.assign(Object.create(store) as Store, {
    transact: ((...args) => {
      units += 1;
      return units > 2 ? Promise.reject(new Error('the server ended')) : store.transact(...args);
    }) satisfies Store['transact'],
  });
  await finishingLeftOver(ending).transact(merchantId, act);
  return leftOver();
}

test('an order: all is done when it is answered, in order, and others come between', async () => {
  await shop.newLines();
  shop.statements.length = 0;
  await grant(shop, 'A1', 'all');
  expect(commits(shop)).toBeGreaterThan(3);
  expect(inShort(await shop.newLines())).toEqual(each('grant'));
  const { reply, first } = await callBesideOthers(shop, () => revoke('A1').then(asReply));
  expect([reply.status, first]).toEqual([200, 'other']);
  expect(inShort(await shop.newLines())).toEqual(each('revoke'));
  expect(await leftOver()).toEqual([]);
});

const asReply = ({ status }: { status: number }) =>
  ({ status }) as unknown as Awaited<ReturnType<typeof callService>> & { status: number };

test('few ids are one unit', async () => {
  shop.statements.length = 0;
  await grant(shop, 'A2');
  expect(commits(shop)).toBe(1);
});

test('two calls about one order: the second begins when the first is done', async () => {
  await grant(shop, 'A1', 'all');
  await shop.newLines();
  shop.statements.length = 0;
  const revoking = revoke('A1');
  await until(() => commits(shop) > 0, revoking);
  const [revoked, restored] = await Promise.all([revoking, restore('A1')]);
  expect([revoked.status, restored.status]).toEqual([200, 200]);
  expect(inShort(await shop.newLines())).toEqual([...each('revoke'), ...each('restore')]);
});

test('two changes of one order in a unit: what the first has left is for the second', async () => {
  await grant(shop, 'A1', 'all');
  await shop.newLines();
  await finishingLeftOver(shop.store).transact(merchantId, async (unit) => {
    await revokeOrder(unit, work(unit), { orderId: 'A1', reason: 'refunded' });
    await restoreOrder(unit, work(unit), { orderId: 'A1' });
  });
  const lines = inShort(await shop.newLines());
  const revoked = ALL.slice(0, lines.length / 2);
  expect(revoked.length).toBeLessThan(MANY);
  expect(lines).toEqual([...each('revoke', revoked), ...each('restore', revoked)]);
  expect(await leftOver()).toEqual([]);
});

test('many calls about one order: each begins anew a few times, and not with every one before it', async () => {
  await grant(shop, 'A1', 'all');
  await shop.newLines();
  const { store } = shop;
  let undone = 0;
  const counting: Store = Object.assign(Object.create(store) as Store, {
    transact: ((...args) => {
      const kept = store.transact(...args);
      kept.catch(() => (undone += 1));
      return kept;
    }) satisfies Store['transact'],
  });
  const finishing = finishingLeftOver(counting);
  const calls = Array.from({ length: 12 }, () =>
    finishing.transact(merchantId, async (unit) => {
      const order = await unit.orders.findOrder('A1');
      const input = { orderId: 'A1', reason: 'refunded' } as const;
      if (order?.state === 'active') await revokeOrder(unit, work(unit), input);
      else await restoreOrder(unit, work(unit), input);
    }),
  );
  await Promise.all(calls);
  expect(undone).toBeGreaterThan(0);
  expect(undone).toBeLessThanOrEqual(2 * calls.length);
  const [action] = inShort((await shop.newLines()).slice(-1));
  expect([action?.split(' ')[0], await leftOver()]).toEqual(['restore', []]);
});

describe('an AutoBill', () => {
  const ids = (some: readonly string[]) =>
    some.map((id) => `<merchantEntitlementIds><id>${id}</id></merchantEntitlementIds>`).join('');
  const product = (some: readonly string[]) =>
    `<product><merchantProductId>p</merchantProductId>${ids(some)}</product>`;
  const call = async (service: string, operation: string, parts: string) => {
    const { returnString } = await callService(service, shop.url, operation, parts);
    expect(returnString).toBe('OK');
  };
  const subscribe = () =>
    call(
      'AutoBill',
      'update',
      `<autobill><merchantAutoBillId>b</merchantAutoBillId>${named('account', 'ada')}` +
        '<billingPlan><merchantBillingPlanId>m</merchantBillingPlanId>' +
        '<periods><type>Month</type><quantity>1</quantity></periods></billingPlan>' +
        `<items>${product(ALL)}</items></autobill>`,
    );

  test('starts, follows its product and ends, and the feed tells of its end after that of its access', async () => {
    await shop.newLines();
    await subscribe();
    expect(inShort(await shop.newLines())).toEqual(each('grant'));
    shop.statements.length = 0;
    await call('Product', 'update', product(ALL.slice(0, 10)));
    expect(commits(shop)).toBeGreaterThan(3);
    expect(inShort(await shop.newLines())).toEqual(each('revoke', ALL.slice(10)));
    await call('Product', 'update', product(ALL));
    await shop.newLines();
    const cancel = '<autobill><merchantAutoBillId>b</merchantAutoBillId></autobill>';
    await call('AutoBill', 'cancel', `${cancel}<disentitle>1</disentitle><force>1</force>`);
    expect(inShort(await shop.newLines())).toEqual(each('revoke'));
    const last = 'SELECT type FROM event ORDER BY sequence DESC LIMIT 2';
    const events = await shop.ask(last);
    expect(events.map(({ type }) => type)).toEqual(['autobill.ended', null]);
    expect(await leftOver()).toEqual([]);
  });

  test('whose server ended: the background tells of its end, after that of its access', async () => {
    await subscribe();
    await shop.newLines();
    const left = await leaveHalfDone(async (unit) => {
      const autoBill = await unit.autoBills.findByMerchantAutoBillId('b');
      if (!autoBill) throw new Error('there is none');
      const course = { ...autoBill.course, cancelledAt: unit.now(), endsAt: unit.now() };
      const cause = { event: 'CANCELLATION', reason: 'subscription_cancelled' } as const;
      return updateAutoBill(unit, work(unit), { ...autoBill, course }, cause);
    });
    expect(left).toMatchObject([{ kind: LONG_CHANGES[0], name: expect.any(String) as string }]);
    await finishByBackground();
    expect(inShort(await shop.newLines())).toEqual(each('revoke'));
    const [event] = await shop.ask('SELECT type FROM event ORDER BY sequence DESC LIMIT 1');
    expect(event?.type).toBe('autobill.ended');
  });
});

/** Has the background do what is left ten seconds after it has seen it first, and not before. */
async function finishByBackground(): Promise<void> {
  let now = NOW;
  const store: Store = Object.assign(Object.create(shop.store) as Store, { now: () => now });
  const loop = createLongChangesLoop({ store, ...OPERATORS_WORK }, WORK_KINDS);
  const others = createLongWorkLoop({ store, ...OPERATORS_WORK }, WORK_KINDS);
  expect(await others.due()).toBeUndefined();
  expect(await loop.due()).toBe(NOW + 10_000);
  now += 9999;
  await loop.run();
  expect(await leftOver()).toHaveLength(1);
  now += 1;
  await loop.run();
  expect(await loop.due()).toBeUndefined();
  expect(await leftOver()).toEqual([]);
}

const buy = (unit: UnitOfWork) =>
  grantOffer(unit, work(unit), { email: 'bob@example.com', grantOffer: 'all', orderId: 'A1' });

test('an order whose server ended: the call was done, and the background does the rest', async () => {
  await shop.newLines();
  expect(await leaveHalfDone(buy)).toMatchObject([
    { kind: LONG_CHANGES[1], name: 'A1', total: MANY, merchant: SELLER },
  ]);
  const before = inShort(await shop.newLines());
  expect(before).toEqual(each('grant', ALL.slice(0, before.length)));
  await finishByBackground();
  expect(inShort(await shop.newLines())).toEqual(each('grant', ALL.slice(before.length)));
});

test('what another process has left is done before the next change, as the earlier call', async () => {
  await leaveHalfDone(buy);
  await shop.newLines();
  expect((await revoke('A1')).status).toBe(200);
  const lines = inShort(await shop.newLines());
  expect(lines.slice(-MANY)).toEqual(each('revoke'));
  expect(new Set(lines.slice(0, -MANY).map((line) => line.split(' ')[0]))).toEqual(
    new Set(['grant']),
  );
  expect(await leftOver()).toEqual([]);
});

test('an order that gets another owner midway: the rest is found out anew', async () => {
  const { store } = shop;
  const carol = await shop.operate((unit) =>
    Promise.resolve(unit.insertAccount({ VID: vidOf('carol'), merchantAccountId: 'carol' }, NOW)),
  );
  await shop.newLines();
  let units = 0;
  const moving: Store = Object.assign(Object.create(store) as Store, {
    transact: (async (...args) => {
      units += 1;
      if (units === 3) {
        await store.transact(merchantId, async (unit) => {
          const order = await unit.orders.findOrder('A1');
          await unit.orders.moveOrder(order?.id ?? 0, carol);
        });
      }
      return store.transact(...args);
    }) satisfies Store['transact'],
  });
  await finishingLeftOver(moving).transact(merchantId, buy);
  const hers = (await shop.newLines()).filter((line) => line.startsWith('carol: '));
  expect(inShort(hers)).toEqual(each('grant'));
  expect(await leftOver()).toEqual([]);
});

test('a change that is only tried leaves nothing', async () => {
  await grant(shop, 'A1', 'all');
  await shop.newLines();
  const callId = 'c'.repeat(40);
  const tried = await dryRun(finishingLeftOver(shop.store), merchantId, callId, (unit) =>
    revokeOrder(unit, { ...work(unit), callId }, { orderId: 'A1', reason: 'refunded' }),
  );
  expect([tried.isCut, tried.later]).toEqual([true, 0]);
  expect([await shop.newLines(), await leftOver()]).toEqual([[], []]);
});

test('an erasure waits for what is left, and takes its notes', async () => {
  await grant(shop, 'A1', 'all');
  await shop.newLines();
  shop.statements.length = 0;
  const body = { reason: 'refunded', note: 'Bob called' };
  const revoking = shop.call('POST', '/orders/A1/revoke', { body });
  await until(() => commits(shop) > 0, revoking);
  const erased = await shop.call('DELETE', pathOf('bob@example.com'), { key: ADMIN_KEY });
  expect([erased.status, (await revoking).status]).toEqual([200, 200]);
  for (;;) {
    const next = await shop.store.longWork.next(0);
    if (!next) break;
    await shop.store.transact(next.merchantId, (unit) =>
      carryOn(unit, OPERATORS_WORK, WORK_KINDS, next.id),
    );
  }
  const [{ lines } = { lines: -1 }] = await shop.ask(
    "SELECT count(*) AS lines FROM ledger WHERE action = 'revoke'",
  );
  const [{ notes } = { notes: -1 }] = await shop.ask(
    "SELECT count(*) AS notes FROM ledger WHERE note LIKE '%Bob%'",
  );
  expect([Number(lines), Number(notes)]).toEqual([MANY, 0]);
});
