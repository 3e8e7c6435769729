/** /v1/webhooks: made, listed, changed, removed; the messages to one; and all that is refused. */
import { Webhook } from 'standardwebhooks';
import { ADMIN_KEY, addKey, KEY, READ_KEY, type RestServer, startRestServer } from '../orders/rest';
import { SEED } from '../harness/seed';

const URL = 'https://shop.example.com/hooks';

let server: RestServer;

beforeEach(async () => {
  server = await startRestServer();
});
afterEach(() => server.stop());

type Body = Record<string, unknown>;

async function call(method: string, path: string, body?: object, key = ADMIN_KEY): Promise<Body> {
  const answer = await server.call(method, `/webhooks${path}`, body ? { body, key } : { key });
  expect([answer.status, answer.body]).toEqual([200, expect.anything()]);
  return answer.body as Body;
}

const refusal = async (method: string, path: string, body?: object, key = ADMIN_KEY) => {
  const before = await kept();
  const answer = await server.call(method, `/webhooks${path}`, body ? { body, key } : { key });
  expect(await kept()).toEqual(before);
  return [answer.status, (answer.body as { message: string }).message];
};

const kept = async () => [
  await server.ask('SELECT * FROM endpoint ORDER BY id'),
  await server.ask('SELECT * FROM delivery ORDER BY id'),
];

const add = async (values: object = {}) =>
  (await call('POST', '', { url: URL, ...values })) as Body & { id: string; secret: string };

test('made: the secret is shown once, and signs; lists and logs never have it', async () => {
  const { id, secret, ...shown } = await add({ types: ['account.created'], description: 'Shop' });
  expect(new Webhook(secret).sign('id', new Date(0), '{}')).toMatch(/^v1,/);
  expect(Buffer.from(secret.slice('whsec_'.length), 'base64')).toHaveLength(32);
  expect(shown).toMatchObject({ url: URL, state: 'enabled', createdBy: 'office', waiting: 0 });
  const { webhooks } = (await call('GET', '', undefined, READ_KEY)) as { webhooks: Body[] };
  expect(webhooks).toEqual([{ id, ...shown }]);
  expect(await call('GET', `/${id}`, undefined, READ_KEY)).toEqual({ id, ...shown });
  expect(JSON.stringify(server.log)).not.toContain(secret.slice(10));
  expect(server.log).toContainEqual(
    expect.objectContaining({ changed: expect.objectContaining({ webhook: id }) as object }),
  );
});

test('a repeat with the same Idempotency-Key makes no other, and is answered without the secret', async () => {
  const options = { body: { url: URL }, key: ADMIN_KEY, headers: { 'Idempotency-Key': 'k' } };
  const first = await server.call('POST', '/webhooks', options);
  const { secret, ...rest } = first.body as Body;
  expect(secret).toBeDefined();
  expect((await server.call('POST', '/webhooks', options)).body).toEqual(rest);
  const answers = await server.ask('SELECT body FROM kept_answer');
  expect(JSON.stringify(answers)).not.toContain('whsec_');
});

test('changed, disabled, enabled, removed', async () => {
  const { id } = await add({ types: ['account.created'], description: 'Shop' });
  const changed = await call('PATCH', `/${id}`, { url: `${URL}/2`, types: null });
  expect(changed).toMatchObject({ url: `${URL}/2`, description: 'Shop' });
  expect(changed).not.toHaveProperty('types');
  const disabled = await call('PATCH', `/${id}`, { disabled: true });
  expect(disabled).toMatchObject({ state: 'disabled', disabledReason: 'by office' });
  expect(await refusal('POST', `/${id}/test`)).toEqual([
    409,
    'The webhook is disabled: enable it first.',
  ]);
  expect(await call('PATCH', `/${id}`, { disabled: false })).toMatchObject({ state: 'enabled' });
  expect(await call('DELETE', `/${id}`)).toEqual({ id });
  expect(await call('GET', '')).toEqual({ webhooks: [] });
  expect(await server.ask('SELECT * FROM endpoint')).toEqual([]);
});

test('a new secret: the former one is kept for 24 hours, an older one no more', async () => {
  const { id, secret } = await add();
  const second = await call('POST', `/${id}/rotate`);
  const third = await call('POST', `/${id}/rotate`);
  expect(third.formerSecretUntil).toBe(
    new Date(server.store.now() + 24 * 60 * 60 * 1000).toISOString(),
  );
  const [row] = await server.ask('SELECT secrets FROM endpoint');
  const secrets = String(row?.secrets);
  const { signing } = JSON.parse(secrets) as { signing: Array<{ value: string }> };
  expect(signing.map(({ value }) => value)).toEqual([third.secret, second.secret]);
  expect(secrets).not.toContain(secret);
});

test('messages: listed page by page and by status, one with its attempts, sent again, replayed', async () => {
  const { id } = await add();
  for (let n = 0; n < 3; n += 1) await call('POST', `/${id}/test`);
  const [row] = await server.ask('SELECT id FROM delivery ORDER BY id');
  const first = await server.store.transact(1, async ({ webhooks }) => {
    const found = await webhooks.findDelivery(Number(row?.id));
    if (!found) throw new Error('no message');
    const came = { status: 500, failure: 'answered 500', answer: 'x' };
    const at = server.store.now();
    const attempt = { number: 1, at, duration: 7, ...came };
    await webhooks.settle(found, attempt, { state: 'failed', endedAt: at });
    return String(found.id);
  });
  const list = async (query: string) => {
    const { deliveries, next_page } = await call('GET', `/${id}/deliveries${query}`);
    return [(deliveries as Body[]).map((one) => one.status), next_page];
  };
  const [statuses, next] = await list('?pageLength=2');
  expect(statuses).toEqual(['waiting', 'waiting']);
  expect(await list(`?pageLength=2&lastLoadedId=${String(next)}`)).toEqual([['failed'], null]);
  expect(await list('?pageLength=2&status=failed')).toEqual([['failed'], null]);
  expect(await call('GET', `/${id}/deliveries/${first}`)).toMatchObject({
    type: 'webhook.test',
    status: 'failed',
    log: [{ number: 1, milliseconds: 7, status: 500, failure: 'answered 500', answer: 'x' }],
  });
  expect(await call('POST', `/${id}/deliveries/${first}/resend`)).toMatchObject({
    status: 'waiting',
  });
  expect(await refusal('POST', `/${id}/deliveries/${first}/resend`)).toEqual([
    409,
    `The message ${first} still waits: it is sent by itself.`,
  ]);
  const last = await server.store.reader(1).events.last();
  expect(await call('POST', `/${id}/replay`, { after: 1 })).toMatchObject({ last: 1 });
  expect(await call('POST', `/${id}/replay`, { since: '2000-01-01T00:00:00Z' })).toMatchObject({
    last: 0,
  });
  expect(await call('POST', `/${id}/replay`, { since: '2100-01-01T00:00:00Z' })).toMatchObject({
    last,
  });
  expect(await refusal('POST', `/${id}/replay`, { after: last + 1 })).toEqual([
    409,
    `after is ${last + 1}, but the last event is ${last}.`,
  ]);
  expect(await refusal('POST', `/${id}/replay`, {})).toEqual([400, 'Give either after or since.']);
});

test.each([
  ['no URL at all', {}, 'url'],
  ['none', { url: 'shop' }, 'url must be a URL, such as https://shop.example.com/hooks.'],
  ['another scheme', { url: 'ftp://shop.example.com' }, 'url must begin with https://.'],
  ['http', { url: 'http://shop.example.com' }, 'http is for private addresses only'],
  ['a password', { url: 'https://a:b@shop.example.com' }, 'url must have no user and password.'],
  ['a fragment', { url: 'https://shop.example.com/#a' }, 'url must have no fragment'],
  ['localhost', { url: 'https://localhost/' }, 'its host has a private address'],
  ['below localhost', { url: 'https://a.localhost./' }, 'its host has a private address'],
  ['loopback', { url: 'https://127.8.9.1/' }, 'its host has a private address'],
  ['a number', { url: 'https://2130706433/' }, 'its host has a private address'],
  ['private', { url: 'https://10.0.0.8/' }, 'its host has a private address'],
  ['of a cloud', { url: 'https://169.254.169.254/latest' }, 'its host has a private address'],
  ['IPv6 loopback', { url: 'https://[::1]/' }, 'its host has a private address'],
  ['mapped', { url: 'https://[::ffff:127.0.0.1]/' }, 'its host has a private address'],
  ['unique-local', { url: 'https://[fd00::1]/' }, 'its host has a private address'],
  ['link-local', { url: 'https://[fe80::1]/' }, 'its host has a private address'],
  ['multicast', { url: 'https://224.0.0.1/' }, 'its host has a private address'],
  ['translated', { url: 'https://[64:ff9b::7f00:1]/' }, 'its host has a private address'],
  ['a type that there is not', { url: URL, types: ['account.made'] }, 'types'],
  ['no types', { url: URL, types: [] }, 'types'],
  ['a field that there is not', { url: URL, secret: 'x' }, 'secret'],
])('refused, and nothing is kept: %s', async (_what, body, words) => {
  expect(await refusal('POST', '', body)).toEqual([400, expect.stringContaining(words) as string]);
});

test('where it is allowed, private addresses and http are taken', async () => {
  await server.stop();
  server = await startRestServer({ settings: { webhookPrivate: true } });
  expect(await add({ url: 'http://127.0.0.1:9/' })).toMatchObject({ state: 'enabled' });
  expect(await refusal('POST', '', { url: 'http://8.8.8.8/' })).toEqual([
    400,
    'url cannot be called: its host has a public address, and http is for private ones only.',
  ]);
});

test('whose it is not, and keys that may not: refused', async () => {
  const { id } = await add();
  const [, rival] = SEED;
  await addKey(server, rival?.login ?? '', 'rival', 'lk_rival', 'admin');
  const unknown = [404, `There is no webhook ${id}.`];
  for (const [method, path] of [
    ['GET', ''],
    ['DELETE', ''],
    ['POST', '/rotate'],
    ['POST', '/test'],
    ['GET', '/deliveries'],
    ['GET', '/deliveries/1'],
    ['POST', '/deliveries/1/resend'],
  ] as const) {
    expect(await refusal(method, `/${id}${path}`, undefined, 'lk_rival')).toEqual(unknown);
  }
  expect((await refusal('POST', '', { url: URL }, KEY))[0]).toBe(403);
  expect((await refusal('DELETE', `/${id}`, undefined, READ_KEY))[0]).toBe(403);
  expect(await refusal('GET', `/${id}/deliveries/99`)).toEqual([
    404,
    'There is no message 99 to it.',
  ]);
  expect(await refusal('GET', `/${id}/deliveries/x`)).toEqual([
    404,
    'There is no message x to it.',
  ]);
});

test('there are at most 100', async () => {
  for (let n = 0; n < 100; n += 1) await add();
  expect(await refusal('POST', '', { url: URL })).toEqual([
    409,
    'There are 100 already, and no more are possible: remove some.',
  ]);
});
