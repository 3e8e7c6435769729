/** Common to every REST call: keys, refusals, the log. */
import { setImmediate } from 'node:timers/promises';
import { KEY, READ_KEY, type RestServer, startRestServer } from './rest';

const ID = /^[0-9a-f]{40}$/;

let server: RestServer;

beforeEach(async () => {
  server = await startRestServer();
});
afterEach(() => server.stop());

describe('keys', () => {
  test.each([KEY, READ_KEY])('%s is good', async (key) => {
    const { status, body, headers } = await server.call('GET', '/api-auth', { key });
    expect(status).toBe(200);
    expect(body).toEqual({ merchant: 'acme_soap', name: key === KEY ? 'shop' : 'report' });
    expect(headers.get('X-Request-Id')).toMatch(ID);
    expect(headers.get('Cache-Control')).toBe('no-store');
  });

  test.each([null, '', 'lk_wrong', `${KEY}x`])('%j is none', async (key) => {
    const { status, body } = await server.call('GET', '/api-auth', { key });
    expect(status).toBe(401);
    expect(body).toEqual({
      statusCode: 401,
      message: 'Send a valid API key in the header X-API-KEY.',
      error: 'Unauthorized',
    });
  });

  test('the test of a key is beside /v1, too', async () => {
    const reply = await fetch(`${server.url}/api-auth`, { headers: { 'X-API-KEY': KEY } });
    expect([reply.status, await reply.json()]).toEqual([
      200,
      { merchant: 'acme_soap', name: 'shop' },
    ]);
  });

  test('a revoked key is none, at once', async () => {
    const merchant = await server.store.findMerchant('acme_soap');
    await server.store.transact(merchant?.id ?? 0, async ({ apiKeys }) =>
      apiKeys.revoke('shop', 1, 'operator'),
    );
    expect((await server.call('GET', '/api-auth')).status).toBe(401);
    expect((await server.call('GET', '/api-auth', { key: READ_KEY })).status).toBe(200);
  });
});

describe('refusals', () => {
  test('a path that is none', async () => {
    const { status, body } = await server.call('GET', '/nothing');
    expect([status, body]).toEqual([
      404,
      {
        statusCode: 404,
        message: 'There is no such call; /v1/docs lists what there is.',
        error: 'Not Found',
      },
    ]);
  });

  test('a method that is not for the path', async () => {
    const { status, body, headers } = await server.call('POST', '/api-auth', { body: {} });
    expect([status, headers.get('Allow')]).toEqual([405, 'GET']);
    expect(body).toMatchObject({ statusCode: 405, error: 'Method Not Allowed' });
  });

  test('a failing store: without details, which the log has', async () => {
    await server.ask('ALTER TABLE api_key RENAME TO gone');
    const { status, body, headers } = await server.call('GET', '/api-auth');
    expect([status, body]).toEqual([
      500,
      {
        statusCode: 500,
        message: 'Internal error; the server log has the cause under this X-Request-Id.',
        error: 'Internal Server Error',
      },
    ]);
    const found = () => server.log.find(({ callId }) => callId === headers.get('X-Request-Id'));
    // The line is written when the answer has gone out, and the client may be quicker.
    while (!found()) await setImmediate();
    expect(JSON.stringify(found())).toMatch(/no such table|does not exist/);
    await server.ask('ALTER TABLE gone RENAME TO api_key');
  });
});

test('the log names route, merchant and key, and nothing that was sent', async () => {
  await server.call('GET', '/api-auth?email=ada%40example.com');
  const line = server.log.find(({ msg }) => msg === 'rest');
  expect(line).toMatchObject({
    level: 30,
    route: 'GET /api-auth',
    login: 'acme_soap',
    key: 'shop',
    status: 200,
  });
  expect(JSON.stringify(server.log)).not.toMatch(/ada|lk_/);
});

test.each([
  ['/orders/%zz', 'path'],
  ['/users/find-by-mail/%e0%a4', 'path'],
  ['/audit?account=%ed%a0%80', 'query'],
  ['/audit?orderId=%zz', 'query'],
])(
  '%s: a %s that is not encoded as a URL → 400, in the one shape of errors',
  async (path, part) => {
    const reply = await fetch(`${server.url}/v1${path}`, { headers: { 'X-API-KEY': KEY } });
    expect(reply.status).toBe(400);
    expect(reply.headers.get('X-Request-Id')).toMatch(/^[0-9a-f]{40}$/);
    expect(await reply.json()).toEqual({
      statusCode: 400,
      message: `The ${part} is not encoded as a URL.`,
      error: 'Bad Request',
    });
  },
);
