/** Calls of REST that are refused before they are carried out: in the journal of their merchant, or of demo. */
import { startSimulation, type Steered, makeMerchant, type Made } from './control';

let server: Steered;
let who: Made;
beforeEach(async () => {
  server = await startSimulation({ settings: { maxBody: 10_000, maxFailedLogins: 1 } });
  who = await makeMerchant(server, 'test-1');
  await makeMerchant(server, 'demo');
});

const send = (method: string, path: string, { key = who.apiKey, body = '' } = {}) =>
  fetch(`${server.url}${path}`, {
    method,
    headers: { 'X-API-KEY': key, 'Content-Type': 'application/json' },
    ...(body === '' ? {} : { body }),
  });

const list = async (login: string) =>
  (await server.control('GET', `/merchants/${login}/requests`)).body as unknown as Array<
    Record<string, unknown>
  >;

test('a field that is wrong, a body that is none, or too large', async () => {
  await server.control('PUT', '/merchants/test-1/clock', {
    action: 'freeze',
    instant: '2031-01-01T00:00:00Z',
  });
  await server.control('PUT', '/merchants/test-1/faults', [{ status: 418 }]);
  const wrong = await send('POST', '/v1/offers', { body: '{"name": 7, "key": "hidden"}' });
  expect(wrong.headers.get('Date')).toBe('Wed, 01 Jan 2031 00:00:00 GMT');
  await send('POST', '/v1/offers', { body: '{' });
  await send('POST', '/v1/offers', { body: JSON.stringify({ name: 'x'.repeat(10_000) }) });
  await send('GET', '/v1/events?limit=none');
  const requests = await list('test-1');
  expect(requests).toMatchObject([
    {
      api: 'rest',
      operation: 'addOffer',
      at: '2031-01-01T00:00:00.000Z',
      fields: { name: 7, key: '***' },
      returnCode: 400,
      returnString: expect.stringMatching(/^name must be/) as unknown,
    },
    { operation: 'addOffer', fields: {}, returnCode: 400 },
    { operation: 'addOffer', fields: {}, returnCode: 413 },
    { operation: 'listEvents', fields: { limit: 'none' }, returnCode: 400 },
  ]);
  const [first] = requests;
  expect(first?.id).toBe(wrong.headers.get('X-Request-Id'));
  const whole = await server.control('GET', `/merchants/test-1/requests/${String(first?.id)}`);
  expect(whole.body).toMatchObject({ reply: { status: 400 }, changed: [] });
});

test('a key whose scope is too small, in the journal of its merchant', async () => {
  const { body } = await server.control('POST', '/merchants', { login: 'test-2', scope: 'read' });
  await send('POST', '/v1/offers', { key: String(body.apiKey), body: '{"name": "x"}' });
  expect(await list('test-2')).toMatchObject([{ operation: 'addOffer', returnCode: 403 }]);
});

test('a key that is none, and too many of them, in that of demo', async () => {
  await send('GET', '/v1/offers', { key: 'lk_none' });
  await send('GET', '/v1/offers', { key: 'lk_none' });
  expect(await list('demo')).toMatchObject([
    { operation: 'listOffers', returnCode: 401 },
    { operation: 'listOffers', returnCode: 429 },
  ]);
  expect(JSON.stringify(await list('demo'))).not.toContain('lk_none');
  expect(await list('test-1')).toEqual([]);
});

test('what signs is in no journal, nor is the password of HTTP Basic', async () => {
  const body = {
    class: 'entitlement',
    url: 'http://127.0.0.1:1/',
    key: 'signs-this',
    basic: { user: 'bob', password: 'opens-that' },
  };
  expect((await send('POST', '/v1/push', { body: JSON.stringify(body) })).status).toBe(200);
  const made = await send('POST', '/v1/webhooks', { body: '{"url": "http://127.0.0.1:1/"}' });
  const { secret } = (await made.json()) as { secret: string };
  const requests = await list('test-1');
  expect(requests[0]).toMatchObject({ fields: { key: '***', basic: { password: '***' } } });
  const texts = await Promise.all(
    requests.map(async ({ id }) =>
      JSON.stringify(
        (await server.control('GET', `/merchants/test-1/requests/${String(id)}`)).body,
      ),
    ),
  );
  expect(texts.join('')).not.toMatch(new RegExp(`signs-this|opens-that|${secret.slice(6, 20)}`));
  expect(secret).toMatch(/^whsec_/);
});
