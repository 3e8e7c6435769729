/** Each type of event over the wire: the calls that bring it, all that they bring, in order, and the state that it holds. */
import { EVENT_TYPES } from '../../src/feed/schema';
import { NOW } from '../harness/server';
import { callService } from '../harness/soap-call';
import { ADMIN_KEY } from '../orders/rest';
import { grant, type Shop, startShop } from '../orders/shop';

interface Event {
  readonly type: string;
  readonly timestamp: string;
  readonly data: Readonly<Record<string, unknown>>;
}

const SECOND = 1000;
const DAY = 24 * 3600 * SECOND;

const el = (name: string, ...content: string[]) => `<${name}>${content.join('')}</${name}>`;
const account = (id: string, name = 'account') => el(name, el('merchantAccountId', id));
const iso = (moment: number) => new Date(moment).toISOString();

let shop: Shop;
let last: number;

beforeEach(async () => {
  shop = await startShop({ settings: { timeZone: 'UTC' } });
  last = 0;
  await events();
});
afterEach(() => shop.stop());

/** What happened since it was asked for last. */
async function events(): Promise<readonly Event[]> {
  const page = await shop.get(`/events?after=${last}&limit=1000`);
  last = page.last as number;
  return page.events as readonly Event[];
}

const types = (found: readonly Event[]) => found.map(({ type }) => type);

async function soap(service: string, operation: string, ...parts: string[]): Promise<void> {
  const reply = await callService(service, shop.url, operation, parts.join(''));
  expect(reply.returnString).toBe('OK');
}

const soapGrant = (who: string, id: string, ...term: string[]) =>
  soap(
    'Account',
    'grantEntitlement',
    account(who),
    el('entitlement', el('merchantEntitlementId', id), ...term),
  );

/** Makes ada-1815 an AutoBill of `news`. */
const subscribe = (start: number, ...periods: string[]) =>
  soap(
    'AutoBill',
    'update',
    el(
      'autobill',
      el('merchantAutoBillId', 'sub'),
      account('ada-1815'),
      el('billingPlan', el('merchantBillingPlanId', 'monthly'), ...periods),
      el('startTimestamp', iso(start)),
      el(
        'items',
        el(
          'product',
          el('merchantProductId', 'news'),
          el('merchantEntitlementIds', el('id', 'news')),
        ),
      ),
    ),
  );
const MONTH = el('periods', el('type', 'Month'), el('quantity', '1'), el('cycles', '1'));

/** Types that a test of this file has brought. */
const seen = new Set<string>();
const note = (found: readonly Event[]) => {
  for (const { type } of found) seen.add(type);
  return found;
};

test('an entitlement: granted, extended, revoked, started and expired, with the state before and after', async () => {
  const end = NOW - 500 + 20 * SECOND;
  await soapGrant('ada-1815', 'gold', el('endTimestamp', iso(end)));
  await soap(
    'Account',
    'extendEntitlementToDate',
    account('ada-1815'),
    el('merchantEntitlementId', 'gold'),
    el('extensionDate', iso(end + 10 * SECOND)),
  );
  await soapGrant('ada-1815', 'soon', el('startTimestamp', iso(NOW - 500 + 5 * SECOND)));
  shop.setNow(NOW + 60 * SECOND);
  await soap(
    'Account',
    'revokeEntitlement',
    account('ada-1815'),
    el('merchantEntitlementId', 'soon'),
  );
  const found = note(await events());
  expect(types(found)).toEqual([
    'entitlement.granted',
    'entitlement.extended',
    'entitlement.granted',
    'entitlement.started',
    'entitlement.expired',
    'entitlement.revoked',
  ]);
  const states = found.map(({ data }) => {
    const { entitlement, before } = data as Record<string, { active: boolean; end?: string }>;
    return [before?.active, before?.end, entitlement?.active, entitlement?.end];
  });
  expect(states.slice(0, 5)).toEqual([
    [undefined, undefined, true, iso(end)],
    [true, iso(end), true, iso(end + 10 * SECOND)],
    [undefined, undefined, false, undefined],
    [false, undefined, true, undefined],
    [true, iso(end + 10 * SECOND), false, iso(end + 10 * SECOND)],
  ]);
  expect(found.slice(3, 5).map(({ timestamp, data }) => [timestamp, data.actor])).toEqual([
    [iso(NOW - 500 + 5 * SECOND), 'latchkey'],
    [iso(end + 10 * SECOND), 'latchkey'],
  ]);
});

test('a transfer to an account that has the same: changed there, revoked here, and merged', async () => {
  await soapGrant('ada-1815', 'gold', el('endTimestamp', iso(NOW - 500 + DAY)));
  await soapGrant('alan-1912', 'gold', el('endTimestamp', iso(NOW - 500 + DAY)));
  await events();
  await soap(
    'Account',
    'transfer',
    account('ada-1815', 'targetAccount'),
    account('alan-1912', 'sourceAccount'),
  );
  const found = note(await events());
  expect(types(found)).toContain('entitlement.changed');
  expect(types(found)).toContain('entitlement.revoked');
  expect(types(found).at(-1)).toBe('account.merged');
  const changed = found.find(({ type }) => type === 'entitlement.changed');
  expect(changed?.data).toMatchObject({
    account: { merchantAccountId: 'ada-1815' },
    entitlement: { merchantEntitlementId: 'gold', active: true },
    action: 'transfer',
    note: 'from alan-1912',
  });
});

test('an order: granted, payments that fail and come, revoked, restored, removed', async () => {
  await grant(shop, 'A1');
  await shop.post('/orders/A1/payment-failed', {});
  await shop.post('/orders/A1/payment-succeeded', {});
  await shop.post('/orders/A1/revoke', { reason: 'refunded' });
  await shop.post('/orders/A1/restore', {});
  await shop.post('/users/set-order-state', {
    email: 'bob@example.com',
    orderId: 'A1',
    active: false,
  });
  await shop.post('/users/delete-users', { emails: ['bob@example.com'] });
  const found = note(await events());
  const [granted, revoked] = ['entitlement.granted', 'entitlement.revoked'];
  expect(types(found)).toEqual([
    ...['account.created', 'order.granted', granted, granted],
    ...['order.payment_failed', 'order.payment_succeeded'],
    ...['order.revoked', revoked, revoked],
    ...['order.restored', granted, granted],
    ...['order.revoked', revoked, revoked],
    'order.removed',
  ]);
  const orders = found.flatMap(({ data }) =>
    data.order ? [data.order as Record<string, unknown>] : [],
  );
  expect(orders.map(({ state, failedPayments }) => [state, failedPayments])).toEqual([
    ['active', 0],
    ['active', 1],
    ['active', 0],
    ['revoked', 0],
    ['active', 0],
    ['revoked', 0],
    ['removed', 0],
  ]);
});

test('an AutoBill that runs later: modified, started, payments that fail and come, ended', async () => {
  await subscribe(NOW - 500 + DAY, MONTH);
  shop.setNow(NOW + 2 * DAY);
  const begun = note(await events());
  expect(types(begun).filter((type) => type.startsWith('autobill.'))).toContain(
    'autobill.modified',
  );
  await shop.post('/autobills/sub/payment-failed', {});
  await shop.post('/autobills/sub/payment-succeeded', {});
  const paid = note(await events());
  expect(types(paid)).toEqual(
    expect.arrayContaining(['autobill.payment_failed', 'autobill.payment_succeeded']),
  );
  expect(paid.find(({ type }) => type === 'autobill.payment_failed')?.data).toMatchObject({
    account: { merchantAccountId: 'ada-1815' },
    autoBill: { merchantAutoBillId: 'sub', standing: 'retrying' },
  });
  await soap(
    'AutoBill',
    'cancel',
    el('autobill', el('merchantAutoBillId', 'sub')),
    el('disentitle', '1'),
  );
  const ended = note(await events());
  expect(types(ended)).toEqual(['autobill.canceled', 'entitlement.revoked', 'autobill.ended']);
});

test('an AutoBill that runs from now on: started', async () => {
  await subscribe(NOW - 500, MONTH);
  const found = note(await events());
  expect(types(found)).toEqual(['autobill.started', 'entitlement.granted']);
});

test('an account that is changed: updated, with the fields that differ', async () => {
  const name = el('name', 'Ada King');
  await soap('Account', 'update', el('account', el('merchantAccountId', 'ada-1815'), name));
  const [only, ...others] = note(await events());
  expect([only?.type, others]).toEqual(['account.updated', []]);
  expect(only?.data).toMatchObject({ changed: ['name'], state: { name: 'Ada King' } });
});

test('an endpoint that is disabled and enabled again: each once, without its URL', async () => {
  const post = (url: string, types: readonly string[]) =>
    shop.call('POST', '/webhooks', { body: { url, types, description: 'Shop' }, key: ADMIN_KEY });
  const { body } = await post('https://shop.example.com/hooks?token=t', ['account.created']);
  const { id } = body as { id: string };
  for (const disabled of [true, true, false, false]) {
    const changed = await shop.call('PATCH', `/webhooks/${id}`, {
      body: { disabled },
      key: ADMIN_KEY,
    });
    expect(changed.status).toBe(200);
  }
  const found = note(await events());
  expect(types(found)).toEqual(['endpoint.disabled', 'endpoint.enabled']);
  const endpoint = { id, kind: 'webhook', description: 'Shop' };
  expect(found.map(({ data }) => data)).toEqual([
    {
      ...{ actor: 'office', soapId: expect.any(String) as string },
      endpoint: { ...endpoint, disabledReason: 'by office' },
    },
    { actor: 'office', soapId: expect.any(String) as string, endpoint },
  ]);
  expect(JSON.stringify(found)).not.toContain('token');
  expect(await shop.get('/events?account=ada-1815&types=endpoint.disabled')).toMatchObject({
    events: [],
  });
});

test('no type is missing', () => {
  expect(EVENT_TYPES.filter((type) => !seen.has(type))).toEqual([]);
});
