/**
 * Each query parameter of each REST call changes the answer; repeated or empty it is refused by name. The table is held
 * against the routes: a parameter that is not in it fails.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROUTES } from '../../src/api/routes';
import { NOW, ROOT } from '../harness/server';
import { ADMIN_KEY } from './rest';
import { grant, type Shop, startShop } from './shop';

/** A value under which the answer is another, or the test that shows the effect. */
type Effect = string | { readonly shownBy: string };

const LATER = encodeURIComponent(new Date(NOW + 60_000).toISOString());
const IN_2025 = '2025-01-01T00:00:00Z';

const EFFECTS: Readonly<Record<string, Readonly<Record<string, Effect>>>> = {
  listOrders: { lastLoadedId: 'A1', pageLength: '1', email: 'eve@example.com', state: 'inactive' },
  listOrderHistory: { lastLoadedId: '{line}', pageLength: '1' },
  listUsers: {
    lastLoadedId: '{user}',
    pageLength: '1',
    offerId: 'lab',
    active: 'false',
    courseId: 'x',
  },
  listAccountEntitlements: { active: 'false', at: IN_2025 },
  changeEntitlements: { dryRun: { shownBy: 'test/grants/batch.test.ts' } },
  erasePersonalData: { revoke: { shownBy: 'test/erasure/erase-account.test.ts' } },
  getAccess: {
    account: 'grace-1906',
    email: 'eve@example.com',
    order: 'B2',
    entitlement: 'lessons',
    at: IN_2025,
  },
  findByName: { text: 'B2' },
  listKeys: { lastLoadedId: 'office', pageLength: '1' },
  listEvents: {
    after: '1',
    types: 'order.granted',
    account: 'grace-1906',
    limit: '1',
    wait: { shownBy: 'test/feed/events.test.ts' },
  },
  listWebhookMessages: {
    lastLoadedId: { shownBy: 'test/webhooks/rest.test.ts' },
    pageLength: { shownBy: 'test/webhooks/rest.test.ts' },
    status: { shownBy: 'test/webhooks/rest.test.ts' },
  },
  listFailedPushMessages: {
    lastLoadedId: { shownBy: 'test/push/rest.test.ts' },
    pageLength: { shownBy: 'test/push/rest.test.ts' },
  },
  listAuditLines: {
    lastLoadedId: '{line}',
    pageLength: '1',
    order: 'A1',
    account: 'grace-1906',
    email: 'eve@example.com',
    soapId: '{call}',
    from: LATER,
    to: LATER,
  },
};

/** The query that a call cannot do without: a parameter of it is given in its place. */
const NEEDED: Readonly<Record<string, string>> = { findByName: 'text=A1', getAccess: 'order=A1' };

/** Of a call that needs one of these the others are refused. */
const ONE_OF = ['account', 'email', 'order'];

/** Clients send it empty where they have no course to name. */
const MAY_BE_EMPTY = ['courseId'];

const PATHS: Readonly<Record<string, string>> = {
  orderId: 'A1',
  account: 'grace-1906',
};

const PARAMETERS = ROUTES.flatMap((route) =>
  Object.keys(route.query?.shape ?? {}).map(
    (name) => [`${route.name} ${name}`, route, name] as const,
  ),
);

let shop: Shop;
let values: Readonly<Record<string, string>>;

beforeAll(async () => {
  shop = await startShop();
  await grant(shop, 'A1');
  shop.setNow(NOW + 120_000);
  await grant(shop, 'B2', 'lab', 'eve@example.com');
  const [line] = (await shop.get('/audit?order=A1')).lines as Array<Record<string, string>>;
  const [user] = (await shop.get('/users/list')).users as Array<Record<string, string>>;
  values = {
    '{line}': line?.id ?? '',
    '{call}': line?.requestId ?? '',
    '{user}': user?.id ?? user?._id ?? '',
  };
});
afterAll(() => shop.stop());

const call = ({ method, path, body }: (typeof ROUTES)[number], query: string) =>
  shop.call(
    method.toUpperCase(),
    `${path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => PATHS[name] ?? name)}${query}`,
    { key: ADMIN_KEY, ...(body ? { body: {} } : {}) },
  );

/** The query with a parameter in it. */
function queryWith(route: string, name: string, value: string): string {
  const needed = NEEDED[route];
  const replaces = needed?.startsWith(`${name}=`) || (needed && ONE_OF.includes(name));
  return [...(needed && !replaces ? [needed] : []), `${name}=${value}`].join('&');
}

test('the table names the parameters that there are', () => {
  const listed = Object.entries(EFFECTS).flatMap(([route, effects]) =>
    Object.keys(effects).map((name) => `${route} ${name}`),
  );
  expect(listed.sort()).toEqual(PARAMETERS.map(([title]) => title).sort());
});

test.each(PARAMETERS)('%s changes the answer', async (_title, route, name) => {
  const effect = EFFECTS[route.name]?.[name] ?? '';
  if (typeof effect === 'object') {
    expect(readFileSync(join(ROOT, effect.shownBy), 'utf8')).toMatch(new RegExp(`[?&]${name}=`));
    return;
  }
  const without = await call(route, `?${NEEDED[route.name] ?? ''}`);
  expect(without.status).toBe(200);
  const given = await call(route, `?${queryWith(route.name, name, values[effect] ?? effect)}`);
  expect([200, 400]).toContain(given.status);
  if (given.status === 400) expect(JSON.stringify(given.body)).toContain(name);
  expect(given.body).not.toEqual(without.body);
});

test.each(PARAMETERS)('%s: twice, it is refused by name', async (_title, route, name) => {
  const { status, body } = await call(route, `?${name}=1&${name}=1`);
  expect([status, body]).toEqual([
    400,
    expect.objectContaining({ message: expect.stringContaining(name) as string }),
  ]);
});

test.each(PARAMETERS.filter(([, , name]) => !MAY_BE_EMPTY.includes(name)))(
  '%s: empty, it is refused by name',
  async (_title, route, name) => {
    const { status, body } = await call(route, `?${name}=`);
    expect([status, body]).toEqual([
      400,
      expect.objectContaining({ message: expect.stringContaining(name) as string }),
    ]);
  },
);

test.each(['0', '-1', '1.5', 'abc', '1001', '1e2', '%2B5'])(
  'pageLength=%s is refused',
  async (text) => {
    for (const [, route, name] of PARAMETERS) {
      if (name !== 'pageLength') continue;
      expect(await call(route, `?pageLength=${text}`)).toMatchObject({
        status: 400,
        body: { message: expect.stringContaining('pageLength') as string },
      });
    }
  },
);

test('a page that nothing gave out is refused', async () => {
  for (const path of ['/orders', '/users/list', '/audit', '/orders/A1/history']) {
    expect(await shop.call('GET', `${path}?lastLoadedId=nonsense`)).toMatchObject({
      status: 400,
      body: { message: 'lastLoadedId is not the next_page of a page before.' },
    });
  }
});

test('a span of the audit that ends before it begins is refused, an empty one has no line', async () => {
  const span = (from: string, to: string) => shop.call('GET', `/audit?from=${from}&to=${to}`);
  expect(await span('2024-06-02T00:00:00Z', '2024-06-01T00:00:00Z')).toMatchObject({
    status: 400,
    body: { message: 'to is before from.' },
  });
  expect(await span('2024-06-01T12:00:00Z', '2024-06-01T12:00:00Z')).toMatchObject({
    status: 200,
    body: { lines: [], next_page: null },
  });
});
