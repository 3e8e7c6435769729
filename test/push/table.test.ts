/** Which changes send which messages, line by line: a call, and what a receiver of all classes gets of it. */
import { NOW } from '../harness/server';
import { callService } from '../harness/soap-call';
import { ADMIN_KEY } from '../orders/rest';
import { grant } from '../orders/shop';
import { account, el, inWords, item, plan, type PushShop, startPushShop } from './push-shop';

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;
const iso = (moment: number) => new Date(moment).toISOString();

let shop: PushShop;
beforeEach(async () => {
  shop = await startPushShop();
});
afterEach(() => shop.stop());

const sent = async () => (await shop.take()).map(inWords);

const ent = (id: string, ...parts: string[]) =>
  el('entitlement', el('merchantEntitlementId', id), ...parts);
const end = (at: number) => el('endTimestamp', iso(at));

const give = (id: string, ...parts: string[]) =>
  shop.soap('Account', 'grantEntitlement', account('ada-1815'), ent(id, ...parts));
const revoke = (id: string) =>
  shop.soap('Account', 'revokeEntitlement', account('ada-1815'), ent(id));
const extend = (id: string, to: number) =>
  shop.soap(
    'Account',
    'extendEntitlementToDate',
    account('ada-1815'),
    ent(id),
    el('extensionDate', iso(to)),
  );

const START = 'entitlement/start ada-1815 a by Account';
const STOP = 'entitlement/stop ada-1815 a by Account';

test('grants, extensions and revocations', async () => {
  await give('a', end(NOW + DAY));
  expect(await sent()).toEqual([START]);
  await give('a', end(NOW + 2 * DAY), el('description', 'another'));
  await extend('a', NOW + 3 * DAY);
  expect(await sent()).toEqual([]);
  await revoke('a');
  expect(await sent()).toEqual([STOP]);
  await give('a');
  expect(await sent()).toEqual([START]);
});

test('an extension past the end of one that is over starts it with the new end', async () => {
  await give('a', end(NOW + HOUR));
  await shop.passTo(NOW + DAY);
  expect(await sent()).toEqual([START, STOP]);
  await extend('a', NOW + 2 * DAY);
  const [message, ...others] = await shop.take();
  expect(others).toEqual([]);
  expect(message && inWords(message)).toBe(START);
  expect(message?.content['endTimestamp']).toBe('2024-06-03 05:00:00');
});

test('a later start: a message at that time; revoked before it: none', async () => {
  await give('a', el('startTimestamp', iso(NOW + HOUR)));
  await give('b', el('startTimestamp', iso(NOW + HOUR)));
  await revoke('b');
  expect(await sent()).toEqual([]);
  await shop.passTo(NOW + 2 * HOUR);
  const [message] = await shop.take();
  expect(message && inWords(message)).toBe(START);
  expect(message?.header['event_timestamp']).toBe('2024-06-01 06:00:00');
});

test('ends reached by time: late, in their order, at their moments', async () => {
  await give('b', end(NOW + 2 * HOUR));
  await give('a', end(NOW + HOUR));
  await shop.take();
  await shop.passTo(NOW + DAY);
  const messages = await shop.take();
  expect(messages.map(inWords)).toEqual([STOP, STOP.replace(' a ', ' b ')]);
  expect(messages.map(({ header }) => header['event_timestamp'])).toEqual([
    '2024-06-01 06:00:00',
    '2024-06-01 07:00:00',
  ]);
});

const order = (event: string, id: string, who = 'bob@example.com') =>
  `entitlement/${event} ${who} ${id} by Account`;

test('orders: granted, revoked, restored, removed; their offer', async () => {
  await grant(shop, 'A1');
  const user = (await shop.take()).map(inWords);
  expect(user[0]).toMatch(/^accounts\/create /);
  const [, who = ''] = /^accounts\/create (\S+)/.exec(user[0] ?? '') ?? [];
  expect(user.slice(1)).toEqual([
    expect.stringContaining(' lessons by Account'),
    expect.stringContaining(' videos by Account'),
  ]);
  const name = /start (\S+) /.exec(user[1] ?? '')?.[1] ?? who;
  await shop.post('/orders/A1/revoke', { reason: 'refunded' });
  expect(await sent()).toEqual([order('stop', 'lessons', name), order('stop', 'videos', name)]);
  await shop.post('/orders/A1/restore', {});
  expect(await sent()).toEqual([order('start', 'lessons', name), order('start', 'videos', name)]);
  const entitlements = ['extra', 'videos'];
  await shop.call('PATCH', '/offers/course', { body: { entitlements }, key: ADMIN_KEY });
  expect((await sent()).sort()).toEqual([
    order('start', 'extra', name),
    order('stop', 'lessons', name),
  ]);
  await shop.post('/users/set-order-state', { email: 'bob@example.com', orderId: 'A1' });
  expect(await sent()).toEqual([order('stop', 'extra', name), order('stop', 'videos', name)]);
});

test('coalesce: of a grant and an order of one id, the first start and the last stop', async () => {
  await give('videos');
  await grant(shop, 'A1', 'course', 'ada@example.com');
  await revoke('videos');
  await shop.post('/orders/A1/revoke', { reason: 'refunded' });
  const ofVideos = async (coalesce: boolean) =>
    (await shop.all({ class: 'entitlement', coalesce }))
      .map(inWords)
      .filter((message) => message.includes(' videos '));
  const [start, stop] = ['start', 'stop'].map(
    (event) => `entitlement/${event} ada-1815 videos by Account`,
  );
  expect(await ofVideos(false)).toEqual([start, start, stop, stop]);
  expect(await ofVideos(true)).toEqual([start, stop]);
});

test('a transfer: stops at the source, starts at the target unless it has it', async () => {
  await give('a');
  await give('b');
  await shop.soap('Account', 'grantEntitlement', account('alan-1912'), ent('b'));
  await shop.take();
  await shop.soap(
    'Account',
    'transfer',
    el('targetAccount', el('merchantAccountId', 'alan-1912')),
    el('sourceAccount', el('merchantAccountId', 'ada-1815')),
  );
  expect((await sent()).sort()).toEqual([
    'entitlement/start alan-1912 a by Account',
    'entitlement/start alan-1912 archive by Account',
    'entitlement/stop ada-1815 a by Account',
    'entitlement/stop ada-1815 archive by Account',
    'entitlement/stop ada-1815 b by Account',
  ]);
});

test('accounts: made by whichever call, first; changed', async () => {
  await shop.soap('Account', 'update', account('new-1', el('emailAddress', 'a@example.com')));
  await shop.soap(
    'AutoBill',
    'update',
    el('autobill', el('merchantAutoBillId', 's2'), account('new-2'), plan('weekly'), item('news')),
  );
  expect(await sent()).toEqual([
    'accounts/create new-1',
    'accounts/create new-2',
    'autobills/start s2 Processing',
  ]);
  await shop.soap('Account', 'update', account('new-1', el('emailAddress', 'b@example.com')));
  await shop.soap('Account', 'update', account('new-2', el('shippingAddress', el('city', 'Ulm'))));
  const [first, second, ...others] = await shop.take();
  expect(others).toEqual([]);
  expect(first?.content).toMatchObject({
    old_emailAddress: 'a@example.com',
    account: {
      emailAddress: 'b@example.com',
      taxType: '',
      company: '',
      shippingAddress: { VID: expect.any(String) as string },
    },
  });
  expect(second?.content).toMatchObject({
    old_emailAddress: '',
    account: { shippingAddress: { city: 'Ulm' } },
  });
});

test('families, and what changes nothing or is refused: none', async () => {
  await shop.soap('Account', 'update', account('kid'));
  await shop.take();
  await shop.soap(
    'Account',
    'addChildren',
    el('parent', el('merchantAccountId', 'ada-1815')),
    el('child', el('merchantAccountId', 'kid')),
  );
  await shop.soap('Account', 'update', account('kid'));
  await callService('Account', shop.url, 'revokeEntitlement', account('ada-1815') + ent('none'));
  const autoBill = el(
    'autobill',
    el('merchantAutoBillId', 'dry'),
    account('ada-1815'),
    plan('monthly'),
    item('news'),
  );
  await shop.soap('AutoBill', 'update', autoBill, el('dryrun', '1'));
  expect(await sent()).toEqual([]);
});
