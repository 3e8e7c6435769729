/** Which changes of AutoBills send which messages, line by line: a call, and what a receiver of all classes gets of it. */
import { NOW } from '../harness/server';
import {
  account,
  el,
  inWords,
  item,
  plan,
  product,
  type PushShop,
  startPushShop,
} from './push-shop';

const DAY = 24 * 60 * 60 * 1000;
const iso = (moment: number) => new Date(moment).toISOString();

let shop: PushShop;
beforeEach(async () => {
  shop = await startPushShop();
});
afterEach(() => shop.stop());

const sent = async () =>
  (await shop.take()).map(inWords).filter((message) => !message.includes('grace-1906'));

const bill = (...parts: string[]) =>
  shop.soap('AutoBill', 'update', el('autobill', el('merchantAutoBillId', 'sub'), ...parts));

/** An AutoBill with a plan and two products. */
async function startBill(start = ''): Promise<void> {
  await shop.soap('Product', 'update', product('news', 'n'));
  await shop.soap('Product', 'update', product('video', 'v', 'w'));
  await shop.soap('BillingPlan', 'update', plan('monthly', 'p'));
  await bill(account('ada-1815'), start, plan('monthly'), item('news'), item('video'));
}

const by = (event: string, id: string, source: string) =>
  `entitlement/${event} ada-1815 ${id} by ${source} of sub`;
const GIVEN = [
  ['n', 'Product news'],
  ['p', 'BillingPlan monthly'],
  ['v', 'Product video'],
  ['w', 'Product video'],
] as const;
const STARTS = GIVEN.map(([id, source]) => by('start', id, source));
const STOPS = GIVEN.map(([id, source]) => by('stop', id, source));

test('an AutoBill starts: its message, then those of its ids', async () => {
  await startBill();
  expect(await sent()).toEqual(['autobills/start sub Processing', ...STARTS]);
});

test('an AutoBill that is to start later: at that time', async () => {
  await startBill(el('startTimestamp', iso(NOW + DAY)));
  expect(await sent()).toEqual([]);
  await shop.passTo(NOW + 2 * DAY);
  expect(await sent()).toEqual(['autobills/start sub Processing', ...STARTS]);
});

test('within the second in which it starts, a call comes after it and its ids', async () => {
  await startBill(el('startTimestamp', iso(NOW + DAY)));
  await shop.take();
  shop.setNow(NOW + DAY + 300);
  const entitlement = el('entitlement', el('merchantEntitlementId', 'x'));
  await shop.soap('Account', 'grantEntitlement', account('ada-1815'), entitlement);
  const granted = 'entitlement/start ada-1815 x by Account';
  expect(await sent()).toEqual(['autobills/start sub Processing', ...STARTS, granted]);
  await shop.passTo(NOW + DAY + 1000);
  expect(await sent()).toEqual([]);
});

test('within that second, a transfer moves an AutoBill that has started, once', async () => {
  await startBill(el('startTimestamp', iso(NOW + DAY)));
  await shop.take();
  shop.setNow(NOW + DAY + 300);
  await shop.soap(
    'Account',
    'transfer',
    el('targetAccount', el('merchantAccountId', 'alan-1912')),
    el('sourceAccount', el('merchantAccountId', 'ada-1815')),
  );
  const [start, ...others] = await sent();
  expect([start, others.slice(0, STARTS.length)]).toEqual([
    'autobills/start sub Processing',
    STARTS,
  ]);
  await shop.passTo(NOW + DAY + 1000);
  expect(await sent()).toEqual([]);
});

test('within that second, a listing of the feed has it before its ids', async () => {
  await startBill(el('startTimestamp', iso(NOW + DAY)));
  const { last } = (await shop.get('/events?limit=1000')) as { last: number };
  shop.setNow(NOW + DAY + 300);
  const { events } = await shop.get(`/events?after=${last}`);
  expect((events as Array<{ type: string }>).map(({ type }) => type)).toEqual([
    'autobill.started',
    ...STARTS.map(() => 'entitlement.started'),
  ]);
});

test('what starts by time names the plan that gave it, also once the AutoBill has another', async () => {
  await startBill(el('startTimestamp', iso(NOW + DAY)));
  await shop.passTo(NOW + 2 * DAY);
  await bill(plan('yearly', 'p', 'q'));
  const messages = await sent();
  expect(messages.filter((message) => message.includes(' p by '))).toEqual([
    by('start', 'p', 'BillingPlan monthly'),
  ]);
  expect(messages).toContain(by('start', 'q', 'BillingPlan yearly'));
});

test('items, plan and billing day: its message, then stops, then starts', async () => {
  await startBill();
  await shop.take();
  await shop.soap('Product', 'update', product('audio', 'a'));
  await bill(item('video'), item('audio'));
  const MODIFY = 'autobills/modify sub Active';
  expect(await sent()).toEqual([
    MODIFY,
    by('stop', 'n', 'Product news'),
    by('start', 'a', 'Product audio'),
  ]);
  await bill(plan('yearly', 'o', 'q'));
  expect(await sent()).toEqual([
    MODIFY,
    by('stop', 'p', 'BillingPlan monthly'),
    by('start', 'o', 'BillingPlan yearly'),
    by('start', 'q', 'BillingPlan yearly'),
  ]);
  await bill(el('billingDay', '15'));
  const [message, ...others] = await shop.take();
  expect([message && inWords(message), others]).toEqual([MODIFY, []]);
  expect(message?.content['autobill']).toMatchObject({ billingDay: '15' });
});

test('ids of a product or plan: stops and starts of the AutoBills that run', async () => {
  await startBill();
  await shop.take();
  await shop.soap('Product', 'update', product('video', 'v', 'x'));
  await shop.passTo(NOW + 1000);
  expect((await sent()).sort()).toEqual([
    by('start', 'x', 'Product video'),
    by('stop', 'w', 'Product video'),
  ]);
  await shop.soap('BillingPlan', 'update', plan('monthly', 'q'));
  await shop.passTo(NOW + 2000);
  expect((await sent()).sort()).toEqual([
    by('start', 'q', 'BillingPlan monthly'),
    by('stop', 'p', 'BillingPlan monthly'),
  ]);
});

const cancel = (disentitle: boolean) =>
  shop.soap(
    'AutoBill',
    'cancel',
    el('autobill', el('merchantAutoBillId', 'sub')),
    el('disentitle', disentitle ? '1' : '0'),
  );
const ENDED = [...STOPS, 'autobills/stop sub Expired'];

test('cancelled at the end of the period: its message, and at the end stops', async () => {
  await startBill();
  await shop.take();
  await cancel(false);
  expect(await sent()).toEqual(['autobills/modify sub Pending Cancel']);
  await shop.passTo(NOW + 40 * DAY);
  expect(await sent()).toEqual(ENDED);
});

test('cancelled with disentitle: stops', async () => {
  await startBill();
  await shop.take();
  await cancel(true);
  expect(await sent()).toEqual(ENDED);
});

test('failed payments: nothing while in grace, stops at its end, starts when it is paid after all', async () => {
  await startBill();
  await shop.take();
  await shop.post('/autobills/sub/payment-failed', {});
  await shop.post('/autobills/sub/payment-succeeded', {});
  await shop.post('/autobills/sub/payment-failed', {});
  expect(await sent()).toEqual([]);
  await shop.passTo(NOW + 20 * DAY);
  expect(await sent()).toEqual(ENDED);
  await shop.post('/autobills/sub/payment-succeeded', {});
  expect(await sent()).toEqual(['autobills/start sub Processing', ...STARTS]);
  await shop.post('/autobills/sub/payment-failed', { final: true });
  expect(await sent()).toEqual(ENDED);
});
