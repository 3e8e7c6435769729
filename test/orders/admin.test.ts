/** Offers, API keys, the merchant's limits and the scope admin, which their changes and erasures need. */
import { ROUTES } from '../../src/api/routes';
import { scopeOf } from '../../src/rest/route';
import { addKey, ADMIN_KEY, KEY, READ_KEY } from './rest';
import { testOnSqlite } from '../harness/server';
import { type Body, grant, type Shop, startShop } from './shop';

let shop: Shop;

beforeEach(async () => {
  shop = await startShop();
});
afterEach(() => shop.stop());

async function admin(method: string, path: string, body?: unknown, key?: string) {
  const headers = key === undefined ? {} : { 'Idempotency-Key': key };
  const sent = body === undefined ? {} : { body };
  const answer = await shop.call(method, path, { ...sent, key: ADMIN_KEY, headers });
  return [answer.status, answer.body] as [number, Body];
}

const lastLog = () => shop.log.filter(({ msg }) => msg === 'rest').at(-1);

/** What an admin may change, as the database has it. */
const kept = () =>
  Promise.all(
    [
      'name, scope, revoked_at FROM api_key',
      '* FROM offer',
      '* FROM merchant',
      '* FROM account',
    ].map((rows) => shop.ask(`SELECT ${rows} ORDER BY id`)),
  );

const ADMINISTRATION = ROUTES.filter((route) => scopeOf(route) === 'admin').map(
  ({ method, path, example }) => [method.toUpperCase(), path, example.body] as const,
);

test('which calls need an admin', () => {
  expect(ADMINISTRATION.map(([method, path]) => `${method} ${path}`)).toEqual([
    'GET /keys',
    'POST /keys',
    'POST /keys/{name}/revoke',
    'POST /offers',
    'PATCH /offers/{offerId}',
    'PATCH /merchant',
    'DELETE /accounts/{account}/personal-data',
    'POST /webhooks',
    'PATCH /webhooks/{webhookId}',
    'DELETE /webhooks/{webhookId}',
    'POST /webhooks/{webhookId}/rotate',
    'POST /webhooks/{webhookId}/test',
    'POST /webhooks/{webhookId}/replay',
    'POST /webhooks/{webhookId}/deliveries/{deliveryId}/resend',
    'POST /push',
    'PATCH /push/{subscriptionId}',
    'DELETE /push/{subscriptionId}',
    'POST /push/{subscriptionId}/test',
    'POST /push/{subscriptionId}/messages/{id}/resend',
  ]);
});

describe.each(ADMINISTRATION)('%s %s', (method, path, body) => {
  test.each([
    [KEY, 'write'],
    [READ_KEY, 'read'],
  ])('%s → 403 that says what is needed, and nothing changes', async (key, scope) => {
    const before = await kept();
    const sent = body === undefined ? {} : { body };
    const answer = await shop.call(
      method,
      path.replace('{account}', 'ada-1815').replace(/\{\w+\}/, 'shop'),
      { ...sent, key },
    );
    const message =
      `This API key has the scope ${scope}; the call needs one with the scope admin, ` +
      'which latchkey key add NAME --scope admin makes.';
    const refused = { statusCode: 403, error: 'Forbidden', message };
    expect([answer.status, answer.body, await kept()]).toEqual([403, refused, before]);
  });
});

test('an offer is made, shown, changed; what its orders give follows under the name of the key', async () => {
  const made = { id: 'new', name: 'New', entitlements: ['b', 'a', 'a'] };
  const shown = { ...made, entitlements: ['a', 'b'], createdAt: '2024-06-01T12:00:00.500Z' };
  expect(await admin('POST', '/offers', made)).toEqual([200, shown]);
  expect(lastLog()).toMatchObject({ key: 'office', changed: { offer: 'new' } });
  expect(await shop.get('/offers/new')).toEqual(shown);
  expect(await admin('POST', '/offers', made)).toMatchObject([409, {}]);
  expect(lastLog()).not.toHaveProperty('changed');
  await grant(shop, 'A1', 'new');
  await shop.newLines();
  expect(await admin('PATCH', '/offers/new', { entitlements: ['a', 'c'] })).toEqual([
    200,
    { ...shown, entitlements: ['a', 'c'] },
  ]);
  const lines = await shop.newLines();
  expect(lines).toHaveLength(2);
  expect(lines.every((line) => line.includes('office (offer_changed, offer new)'))).toBe(true);
  expect(await shop.get('/offers/none', 404)).toMatchObject({
    message: 'There is no offer none.',
  });
});

test.each([
  [{}, 'the body must have name or entitlements'],
  [{ name: '' }, 'name must not be empty'],
  [{ name: '  ' }, 'name is empty.'],
  [{ entitlements: [] }, 'entitlements must not be empty'],
  [{ name: 'Renamed', entitlements: [' '] }, 'entitlement is empty.'],
  [{ title: 'x' }, 'the body must not have "title"'],
])(
  'PATCH /offers/course %j → 400, also kept for a repeat, and nothing changes',
  async (body, text) => {
    const before = await shop.get('/offers/course');
    const refused = await admin('PATCH', '/offers/course', body, 'again');
    expect(refused).toMatchObject([400, { message: expect.stringContaining(text) as string }]);
    expect(await shop.get('/offers/course')).toEqual(before);
  },
);

testOnSqlite('a key is made, shown once, works within its scope, and is revoked', async () => {
  const body = { name: 'billing', scope: 'read' };
  const [status, made] = await admin('POST', '/keys', body, 'k1');
  expect([status, made]).toMatchObject([200, { ...body, key: expect.any(String) as string }]);
  expect(lastLog()).toMatchObject({ key: 'office', changed: { key: 'billing', scope: 'read' } });
  const { key, ...kept } = made as { key: string };
  // The database has no text of it, the kept answer neither.
  expect(await admin('POST', '/keys', body, 'k1')).toEqual([200, kept]);
  expect(shop.database.serialize().includes(key)).toBe(false);
  expect(JSON.stringify(shop.log)).not.toContain(key);
  expect((await shop.call('GET', '/merchant', { key })).status).toBe(200);
  expect((await shop.call('POST', '/orders/x/restore', { key })).status).toBe(403);
  expect(await admin('POST', '/keys', { name: 'billing' })).toMatchObject([409, {}]);
  const [, listed] = await admin('GET', '/keys?pageLength=1');
  expect(listed).toMatchObject({
    keys: [{ name: 'billing', scope: 'read', createdBy: 'office' }],
    next_page: 'billing',
  });
  const revoked = await admin('POST', '/keys/billing/revoke');
  expect(revoked).toMatchObject([200, { name: 'billing', revokedBy: 'office' }]);
  expect(await admin('POST', '/keys/billing/revoke')).toEqual(revoked);
  expect((await shop.call('GET', '/merchant', { key })).status).toBe(401);
  expect(await admin('POST', '/keys/nothing/revoke')).toMatchObject([404, {}]);
});

test.each(['operator', 'latchkey', ' x', 'x\u202ey'])('a key named %j → 400', async (name) => {
  expect(await admin('POST', '/keys', { name })).toMatchObject([400, {}]);
});

test('the last key of scope admin cannot end itself; another one can be ended', async () => {
  expect(await admin('POST', '/keys/office/revoke')).toMatchObject([
    409,
    { message: expect.stringContaining('the last API key of scope admin') as string },
  ]);
  const [, made] = await admin('POST', '/keys', { name: 'second', scope: 'admin' });
  expect(made).toMatchObject({ scope: 'admin' });
  expect(await admin('POST', '/keys/office/revoke')).toMatchObject([200, {}]);
  expect(await admin('GET', '/keys')).toMatchObject([401, {}]);
});

test('an admin administers its own merchant alone', async () => {
  await addKey(shop, 'plain_soap', 'theirs', 'lk_rival', 'admin');
  const theirs = await shop.call('GET', '/keys', { key: 'lk_rival' });
  expect(theirs.body).toMatchObject({ keys: [{ name: 'theirs' }], next_page: null });
  const ended = await shop.call('POST', '/keys/shop/revoke', { key: 'lk_rival' });
  expect(ended.status).toBe(404);
  expect((await shop.call('GET', '/offers/course', { key: 'lk_rival' })).status).toBe(404);
});

test("the merchant's limits", async () => {
  const usual = { login: 'acme_soap', paymentFailureLimit: 3, graceDays: 7 };
  expect(await shop.get('/merchant')).toEqual(usual);
  const set = { paymentFailureLimit: 1 };
  expect(await admin('PATCH', '/merchant', set, 'm1')).toEqual([200, { ...usual, ...set }]);
  expect(lastLog()).toMatchObject({ key: 'office', changed: set });
  await grant(shop, 'A1');
  expect(await shop.post('/orders/A1/payment-failed', {})).toMatchObject({ state: 'revoked' });
  expect(await admin('PATCH', '/merchant', { graceDays: 0 }, 'm1')).toMatchObject([422, {}]);
  for (const body of [{}, { graceDays: -1 }, { graceDays: 366 }, { graceDays: '3' }, { days: 3 }])
    expect(await admin('PATCH', '/merchant', body)).toMatchObject([400, {}]);
});
