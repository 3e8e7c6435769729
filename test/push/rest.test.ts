/** /v1/push: scopes, what is shown and what never is, bad input, failed messages page by page. */
import { ADMIN_KEY, READ_KEY, type RestServer, startRestServer } from '../orders/rest';
import { settleOnce } from '../store-suite/webhooks';

let server: RestServer;
beforeEach(async () => {
  server = await startRestServer();
});
afterEach(() => server.stop());

type Body = Record<string, unknown>;

async function call(method: string, path: string, body?: unknown, key = ADMIN_KEY) {
  const answer = await server.call(method, path, { key, ...(body === undefined ? {} : { body }) });
  return { status: answer.status, body: answer.body as Body };
}

const URL_ = 'https://shop.example.com/push';
const make = async (more: Body = {}) => {
  const { status, body } = await call('POST', '/push', { class: 'accounts', url: URL_, ...more });
  expect([status, body]).toEqual([200, expect.anything()]);
  return body;
};

test('made with its defaults; the key is shown once; listed with a read-only key', async () => {
  const { key, ...made } = await make();
  expect(key).toMatch(/^[\w-]{40}$/);
  expect(made).toMatchObject({
    ...{ class: 'accounts', url: URL_, format: 'json', skip: [], coalesce: false },
    ...{ retries: 5, interval: 60, createdBy: 'office' },
  });
  const { body } = await call('GET', '/push', undefined, READ_KEY);
  expect(body).toEqual({ subscriptions: [made] });
  expect(await call('GET', `/push/${String(made['id'])}`)).toEqual({ status: 200, body: made });
});

test('secrets are neither shown nor logged, and a repeat shows none', async () => {
  const secrets = { key: 'KEY-OF-A-RECEIVER', basic: { user: 'ada', password: 'PASS-OF-ADA' } };
  const body = { class: 'entitlement', url: URL_, ...secrets };
  const headers = { 'Idempotency-Key': 'once' };
  const first = await server.call('POST', '/push', { key: ADMIN_KEY, body, headers });
  const again = await server.call('POST', '/push', { key: ADMIN_KEY, body, headers });
  expect(first.body).toMatchObject({ key: 'KEY-OF-A-RECEIVER', basicUser: 'ada' });
  const { id } = first.body as { id: string };
  expect(again.body).toMatchObject({ id });
  await call('PATCH', `/push/${id}`, { basic: { user: 'bob', password: 'PASS-OF-BOB' } });
  const { body: listed } = await call('GET', '/push');
  expect(listed['subscriptions']).toMatchObject([{ basicUser: 'bob' }]);
  const shown = JSON.stringify([again.body, listed, server.log]);
  expect(shown).not.toMatch(/KEY-OF|PASS-OF/);
});

test('changed field by field, and removed', async () => {
  const { id } = await make({ class: 'entitlement', email: 'ops@example.com' });
  const path = `/push/${String(id)}`;
  const changes = { skip: ['stop'], coalesce: true, retries: 0, interval: 1, format: 'form' };
  const changed = await call('PATCH', path, { ...changes, email: null });
  expect(changed).toMatchObject({ status: 200, body: { ...changes, url: URL_ } });
  expect(changed.body['email']).toBeUndefined();
  expect(await call('DELETE', path)).toEqual({ status: 200, body: { id } });
  expect(await call('GET', path)).toMatchObject({
    status: 404,
    body: { message: `There is no push subscription ${String(id)}.` },
  });
});

test.each([
  [{ class: 'payments' }, /class/],
  [{ url: 'foo' }, /url must be a URL/],
  [{ url: 'http://127.0.0.1/' }, /https/],
  [{ url: 'https://192.168.0.1/' }, /private address/],
  [{ format: 'xml' }, /format/],
  [{ skip: ['begin'] }, /no event of accounts "begin"; there are: create, data change/],
  [{ skip: ['create', 'data change'] }, /names every event/],
  [{ coalesce: true }, /entitlement only/],
  [{ retries: 101 }, /retries/],
  [{ retries: -1 }, /retries/],
  [{ interval: 0 }, /interval/],
  [{ interval: 1.5 }, /interval/],
  [{ basic: { user: 'a:b', password: 'x' } }, /colon/],
  [{ basic: { user: 'a' } }, /password/],
  [{ key: '' }, /key/],
  [{ key: 'a\nb' }, /key must have no control characters/],
  [{ colour: 'red' }, /colour/],
])('%j is refused, and nothing is made', async (wrong, message) => {
  const asked = { class: 'accounts', url: URL_, ...wrong };
  const { status, body } = await call('POST', '/push', asked);
  expect([status, body['message']]).toEqual([400, expect.stringMatching(message)]);
  const { id } = await make();
  const { class: given, ...rest } = wrong as Body;
  if (given === undefined) {
    expect((await call('PATCH', `/push/${String(id)}`, rest)).status).toBe(400);
  }
  const { body: left } = await call('GET', '/push');
  expect(left['subscriptions']).toMatchObject([{ retries: 5, interval: 60, skip: [], url: URL_ }]);
});

test('changes need a key of scope admin; ids that are not there are 404', async () => {
  const asked = { class: 'accounts', url: URL_ };
  expect((await server.call('POST', '/push', { body: asked })).status).toBe(403);
  for (const [method, path] of [
    ['GET', '/push/none'],
    ['PATCH', '/push/none'],
    ['DELETE', '/push/none'],
    ['POST', '/push/none/test'],
    ['GET', '/push/none/failed'],
    ['POST', '/push/none/messages/1/resend'],
  ] as const) {
    const body = method === 'PATCH' ? { retries: 1 } : undefined;
    expect([path, (await call(method, path, body)).status]).toEqual([path, 404]);
  }
});

test('failed messages: page by page, and sent again', async () => {
  const { id } = await make();
  const path = `/push/${String(id)}`;
  await server.store.transact(1, async ({ webhooks }) => {
    const row = (await webhooks.find(String(id)))?.id ?? 0;
    const message = { event: 'accounts/create', lane: 1, sequence: 1, body: '{}' };
    const ids = ['a', 'b', 'c'].map((messageId) => ({ ...message, messageId }));
    await webhooks.insertDeliveries(row, ids, 0);
    for (const one of await webhooks.listDeliveries({ endpoint: row, limit: 3 })) {
      await settleOnce({ webhooks }, one, { state: 'failed', endedAt: 0 });
    }
  });
  const first = await call('GET', `${path}/failed?pageLength=2`);
  expect(first.body).toMatchObject({ messages: [{ messageId: 'c' }, { messageId: 'b' }] });
  const next = String(first.body['next_page']);
  const second = await call('GET', `${path}/failed?pageLength=2&lastLoadedId=${next}`);
  expect(second.body).toMatchObject({ messages: [{ messageId: 'a' }], next_page: null });
  const [{ id: last = '' } = {}] = second.body['messages'] as Array<{ id?: string }>;
  const resent = await call('POST', `${path}/messages/${last}/resend`);
  expect(resent).toMatchObject({ status: 200, body: { messageId: 'a', state: 'waiting' } });
  expect((await call('POST', `${path}/messages/${last}/resend`)).status).toBe(409);
  expect((await call('GET', `${path}/failed`)).body['messages']).toHaveLength(2);
  const tested = await call('POST', `${path}/test`);
  expect(tested.body).toMatchObject({ event: 'accounts/test', state: 'waiting', attempts: 0 });
});
