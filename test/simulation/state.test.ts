/** Data and clock of a merchant as a whole: reset, seeds, snapshots. */
import Ajv from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { NOW } from '../harness/server';
import { callAccount } from '../harness/soap-call';
import {
  grant,
  isEntitled,
  makeMerchant,
  type Made,
  startSimulation,
  type Steered,
} from './control';

let server: Steered;
let who: Made;
beforeEach(async () => {
  server = await startSimulation();
  who = await makeMerchant(server, 'test-1');
});

const call = (method: string, path: string, body?: unknown) =>
  server.control(method, `/merchants/test-1${path}`, body);

const SEED_OF_ALL = {
  products: [{ merchantProductId: 'news', merchantEntitlementIds: [{ id: 'news' }] }],
  billingPlans: [
    {
      merchantBillingPlanId: 'monthly',
      periods: [{ type: 'Month', quantity: 1, cycles: 0 }],
      merchantEntitlementIds: [{ id: 'support', description: 'Help' }],
    },
  ],
  accounts: [
    {
      merchantAccountId: 'ada',
      emailAddress: 'ada@example.com',
      shippingAddress: { city: 'Arlington', country: 'US' },
      warnBeforeAutobilling: true,
      nameValues: [{ name: 'tier', value: 'gold' }],
    },
  ],
  autoBills: [
    {
      merchantAutoBillId: 'ada-news',
      account: { merchantAccountId: 'ada' },
      billingPlan: { merchantBillingPlanId: 'monthly' },
      items: [{ product: { merchantProductId: 'news' } }],
      startTimestamp: '2024-05-01T00:00:00Z',
    },
  ],
  entitlements: [
    {
      account: { merchantAccountId: 'ada' },
      merchantEntitlementId: 'play',
      description: 'Play',
      endTimestamp: '2024-07-01T00:00:00Z',
    },
  ],
  offers: [{ id: 'course', name: 'Course', entitlements: ['lessons'] }],
  orders: [{ id: 'A1', email: 'ada@example.com', offers: ['course'] }],
};

const entitlements = ['news', 'support', 'play', 'lessons'];
const held = () =>
  Promise.all(
    entitlements.map((entitlement) => isEntitled(server, who, { account: 'ada', entitlement })),
  );

test('a seed has accounts, a catalogue, AutoBills, entitlements, offers and orders', async () => {
  const { status, body } = await call('PUT', '/seed', SEED_OF_ALL);
  expect([status, body.message]).toEqual([200, undefined]);
  expect(await held()).toEqual(['1', '1', '1', '1']);
  const named = '<merchantAccountId>ada</merchantAccountId>';
  const account = await callAccount(server.url, 'fetchByMerchantAccountId', named, who);
  expect(account.body).toContain('<city>Arlington</city>');
  expect(account.body).toMatch(/<value[^>]*>gold</);
});

test('a reset goes back to the seed with its clock, or to nothing', async () => {
  await call('PUT', '/seed', SEED_OF_ALL);
  await call('PUT', '/clock', { action: 'advance', duration: 'P1Y' });
  await grant(server, who);
  expect(await held()).toEqual(['1', '1', '0', '1']);
  expect((await call('POST', '/reset')).body.now).toBe(new Date(NOW).toISOString());
  expect(await held()).toEqual(['1', '1', '1', '1']);
  expect(await isEntitled(server, who)).toBe('400');
  expect((await call('POST', '/reset', { to: 'empty' })).body.rows).toBe(0);
  expect(await held()).toEqual(['400', '400', '400', '400']);
  await call('POST', '/reset', { to: 'seed' });
  expect(await held()).toEqual(['1', '1', '1', '1']);
});

test('a seed whose rows another merchant has taken meanwhile names its own plans in the feed', async () => {
  await call('PUT', '/seed', SEED_OF_ALL);
  const plans = async () => {
    const response = await fetch(`${server.url}/v1/events?types=entitlement.granted`, {
      headers: { 'X-API-KEY': who.apiKey },
    });
    type Event = { data: { source: { billingPlan?: object } } };
    const { events } = (await response.json()) as { events: Event[] };
    return events.flatMap(({ data }) => data.source.billingPlan ?? []);
  };
  const before = await plans();
  expect(before).toEqual([expect.objectContaining({ id: 'monthly' })]);
  await call('POST', '/reset', { to: 'empty' });
  await makeMerchant(server, 'test-2');
  await server.control('PUT', '/merchants/test-2/seed', SEED_OF_ALL);
  await call('POST', '/reset', { to: 'seed' });
  expect(await plans()).toEqual(before);
});

test('a reset without a seed removes all; to the seed it is refused', async () => {
  await grant(server, who);
  expect((await call('POST', '/reset', { to: 'seed' })).status).toBe(409);
  expect(await isEntitled(server, who)).toBe('1');
  expect((await call('POST', '/reset')).status).toBe(200);
  expect(await isEntitled(server, who)).toBe('400');
});

test('the demo data can be a seed', async () => {
  expect((await call('PUT', '/seed', { demo: true })).status).toBe(200);
  expect(await isEntitled(server, who, { account: 'xyz123', entitlement: 'bac' })).toBe('1');
  expect(await isEntitled(server, who, { account: 'abc456', entitlement: 'magazine' })).toBe('0');
});

test('a snapshot keeps data and clock; restored, the feed goes on from its number', async () => {
  await grant(server, who, { end: '2024-07-01T00:00:00Z' });
  expect((await call('POST', '/snapshots/start')).body).toMatchObject({ name: 'start' });
  await call('PUT', '/clock', { action: 'freeze', instant: '2024-08-01T00:00:00Z' });
  await grant(server, who, { account: 'a2' });
  await call('POST', '/snapshots/later');
  expect([await isEntitled(server, who), await isEntitled(server, who, { account: 'a2' })]).toEqual(
    ['0', '1'],
  );
  const restored = await call('POST', '/snapshots/start/restore');
  expect(restored.body.now).toBe(new Date(NOW).toISOString());
  expect([await isEntitled(server, who), await isEntitled(server, who, { account: 'a2' })]).toEqual(
    ['1', '400'],
  );
  const events = async () => {
    const response = await fetch(`${server.url}/v1/events`, {
      headers: { 'X-API-KEY': who.apiKey },
    });
    const { events: list } = (await response.json()) as {
      events: Array<{ type: string; sequence: number }>;
    };
    return list.map(({ type, sequence }) => `${sequence} ${type}`);
  };
  expect(await events()).toEqual(['1 account.created', '2 entitlement.granted']);
  await call('POST', '/snapshots/later/restore');
  expect(await events()).toEqual([
    '1 account.created',
    '2 entitlement.granted',
    '3 entitlement.expired',
    '4 account.created',
    '5 entitlement.granted',
  ]);
  expect((await call('GET', '/clock')).body).toMatchObject({
    mode: 'frozen',
    now: '2024-08-01T00:00:00.000Z',
  });
});

test('what others have written meanwhile stays theirs, and what is put back is whole', async () => {
  await call('PUT', '/seed', SEED_OF_ALL);
  await call('POST', '/snapshots/start');
  await call('POST', '/reset', { to: 'empty' });
  // The rows of the other merchant get the numbers that are free now.
  const other = await makeMerchant(server, 'test-2');
  await server.control('PUT', '/merchants/test-2/seed', SEED_OF_ALL);
  await call('POST', '/snapshots/start/restore');
  expect(await held()).toEqual(['1', '1', '1', '1']);
  await callAccount(
    server.url,
    'revokeEntitlement',
    '<account><merchantAccountId>ada</merchantAccountId></account><entitlement><merchantEntitlementId>play</merchantEntitlementId></entitlement>',
    who,
  );
  expect(await isEntitled(server, other, { account: 'ada', entitlement: 'play' })).toBe('1');
  await server.control('DELETE', '/merchants/test-2');
  expect(await held()).toEqual(['1', '1', '0', '1']);
  const onPostgres = process.env.TEST_DATABASE === 'postgres';
  expect(onPostgres ? [] : server.database.pragma('foreign_key_check')).toEqual([]);
});

test('snapshots are listed and deleted', async () => {
  await call('POST', '/snapshots/one');
  await call('POST', '/snapshots/two');
  await call('POST', '/snapshots/one');
  const names = async () => {
    const { body } = await call('GET', '/snapshots');
    return (body as unknown as Array<{ name: string }>).map(({ name }) => name);
  };
  expect(await names()).toEqual(['two', 'one']);
  expect((await call('DELETE', '/snapshots/two')).status).toBe(204);
  expect(await names()).toEqual(['one']);
  for (const [method, path] of [
    ['DELETE', '/snapshots/two'],
    ['POST', '/snapshots/two/restore'],
  ] as const) {
    const { status, body } = await call(method, path);
    expect([status, body.message]).toEqual([404, 'There is no snapshot "two".']);
  }
});

test('the schema of a seed is a JSON Schema that seeds conform to', async () => {
  const { body } = await server.control('GET', '/seed-schema');
  const ajv = new Ajv({ strict: false });
  addFormats(ajv);
  const validate = ajv.compile(body);
  expect([validate(SEED_OF_ALL), validate.errors]).toEqual([true, null]);
  expect(validate({ accounts: [{ merchantAcountId: 'x' }] })).toBe(false);
});

const BAD: ReadonlyArray<readonly [object, string | RegExp]> = [
  [{ acounts: [] }, /^the body must not have "acounts"/],
  [
    { accounts: [{ merchantAcountId: 'x' }] },
    'accounts[0] must not have "merchantAcountId": no Account has it',
  ],
  [
    {
      accounts: [
        { merchantAccountId: 'x' },
        { merchantAccountId: 'y', shippingAddress: { town: 'Z' } },
      ],
    },
    'accounts[1].shippingAddress must not have "town": no Address has it',
  ],
  [{ accounts: [{ merchantAccountId: { a: 1 } }] }, /^accounts\[0\]\.merchantAccountId must be/],
  [
    { accounts: [{ merchantAccountId: 'x', nameValues: {} }] },
    'accounts[0].nameValues must be a list',
  ],
  [
    { accounts: [{ merchantAccountId: 'x', warnBeforeAutobilling: 'maybe' }] },
    /^accounts\[0\]\.warnBeforeAutobilling: "maybe" is not/,
  ],
  [{ entitlements: [{ merchantEntitlementId: 'x' }] }, 'entitlements[0].account is missing'],
  [
    {
      accounts: [{ merchantAccountId: 'x' }],
      entitlements: [{ account: { merchantAccountId: 'y' }, merchantEntitlementId: 'x' }],
    },
    /^entitlements\[0\]: /,
  ],
  [
    { entitlements: [{ account: { merchantAccountId: 'x' }, endTimestamp: 'soon' }] },
    /^entitlements\[0\]\.endTimestamp: "soon" is not/,
  ],
  [
    { orders: [{ id: 'A1', email: 'a@example.com', offers: ['none'] }] },
    'orders[0].offers[0]: There is no offer none.',
  ],
  [{ orders: [{ id: 'A1', email: 'ada', offers: ['x'] }] }, /^orders\.0\.email /],
];

test.each(BAD)(
  'the seed %j is refused with its path, and nothing changes',
  async (seed, message) => {
    await grant(server, who);
    await call('POST', '/snapshots/before');
    const { status, body } = await call('PUT', '/seed', seed);
    expect(status).toBe(400);
    expect(body.message).toEqual(
      typeof message === 'string' ? message : expect.stringMatching(message),
    );
    expect(await isEntitled(server, who)).toBe('1');
    expect(await isEntitled(server, who, { account: 'x' })).toBe('400');
    expect((await call('POST', '/reset', { to: 'seed' })).status).toBe(409);
  },
);
