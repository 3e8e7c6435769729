/** Sign-in, sessions and their end; the same session on /v1. */
import { setImmediate } from 'node:timers/promises';
import { digestOf } from '../../src/access/authenticate-key';
import { NOW, startTestServer } from '../harness/server';
import { grant } from '../orders/shop';
import { type Console, cookieOf, PASSWORD, startConsole } from './console';

const HOUR = 3_600_000;

let server: Console;

beforeEach(async () => {
  server = await startConsole({ settings: { maxFailedLogins: 5 } });
});
afterEach(() => server.stop());

const post = (body: unknown, cookie?: string) =>
  server.callAs(cookie, 'POST', '/session', { body });

test('the right name and password → a session in a cookie that scripts don’t see', async () => {
  const { status, headers, body } = await post({ name: 'sam', password: PASSWORD });
  expect([status, body]).toEqual([
    200,
    {
      name: 'sam',
      role: 'support',
      allMerchants: false,
      merchants: [{ login: 'acme_soap' }],
      expiresAt: new Date(NOW + HOUR).toISOString(),
      server: expect.objectContaining({ isSimulation: false }) as unknown,
    },
  ]);
  expect(headers.getSetCookie()).toEqual([
    expect.stringMatching(
      /^latchkey_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/,
    ) as unknown,
  ]);
  expect(headers.get('Cache-Control')).toBe('no-store');
});

test('by https the cookie is Secure', async () => {
  const { headers } = await server.callAs(undefined, 'POST', '/session', {
    body: { name: 'sam', password: PASSWORD },
    headers: { 'X-Forwarded-Proto': 'https' },
  });
  expect(headers.getSetCookie()[0]).toMatch(/; Secure$/);
});

test('a wrong password, an unknown and a removed name → 401 alike; no password in the log', async () => {
  const ada = await server.signIn('ada');
  expect((await ada.call('DELETE', '/people/vic')).status).toBe(200);
  for (const credentials of [
    { name: 'sam', password: 'wrong horse' },
    { name: 'nobody', password: PASSWORD },
    { name: 'vic', password: PASSWORD },
  ]) {
    const { status, headers, body } = await post(credentials);
    expect([status, body.message]).toEqual([401, 'The name or the password is wrong.']);
    expect(headers.getSetCookie()).toEqual([]);
  }
  expect(JSON.stringify(server.log)).not.toContain('horse');
});

test('failed sign-ins count with failed keys: then 429, also for the right password', async () => {
  for (let n = 0; n < 3; n += 1) await post({ name: 'sam', password: 'wrong horse' });
  for (let n = 0; n < 2; n += 1) await server.call('GET', '/orders', { key: 'lk_wrong' });
  const { status, headers, body } = await post({ name: 'sam', password: PASSWORD });
  expect([status, headers.get('Retry-After'), body.message]).toEqual([
    429,
    expect.stringMatching(/^(?:60|5\d)$/) as unknown,
    expect.stringMatching(
      /^Too many wrong passwords or keys from this address; wait \d+ seconds, then try again\.$/,
    ) as unknown,
  ]);
});

test('only the digest of a session is kept', async () => {
  const { cookie } = await server.signIn('sam');
  const token = cookie.split('=')[1] ?? '';
  const kept = await server.ask('SELECT digest FROM session');
  expect(kept).toEqual([{ digest: digestOf(token) }]);
});

test('without a session, and after its end by sign-out → 401; whether there is one is no refusal', async () => {
  expect((await server.callAs(undefined, 'GET', '/session')).status).toBe(204);
  expect((await server.callAs(undefined, 'GET', '/people')).status).toBe(401);
  const { call } = await server.signIn('vic');
  expect((await call('GET', '/session')).status).toBe(200);
  const { status, headers } = await call('DELETE', '/session');
  expect([status, headers.getSetCookie()]).toEqual([
    200,
    ['latchkey_session=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0'],
  ]);
  expect((await call('GET', '/session')).status).toBe(204);
  expect((await call('GET', '/v1/orders')).status).toBe(401);
});

/** A call doesn't wait until it is written down that its session was used: until then. */
async function useWritten(): Promise<void> {
  const last = 'SELECT max(used_at) AS used FROM session';
  while (Number((await server.ask(last))[0]?.used) !== server.store.now()) await setImmediate();
}

test('a session ends after an hour without a call, and after twelve in any case', async () => {
  const { call } = await server.signIn('vic');
  server.setNow(NOW + HOUR - 1);
  expect((await call('GET', '/session')).status).toBe(200);
  await useWritten();
  server.setNow(NOW + 2 * HOUR - 2);
  expect((await call('GET', '/session')).status).toBe(200);
  await useWritten();
  server.setNow(NOW + 3 * HOUR - 2);
  expect((await call('GET', '/session')).status).toBe(204);
  const again = await server.signIn('vic');
  for (let hours = 3.5; hours < 15; hours += 0.75) {
    server.setNow(NOW + hours * HOUR);
    expect([hours, (await again.call('GET', '/session')).status]).toEqual([hours, 200]);
    await useWritten();
  }
  server.setNow(NOW + 15 * HOUR);
  expect((await again.call('GET', '/session')).status).toBe(204);
});

test('fixation: a sign-in makes a new session, whatever cookie comes, and ends that one’s', async () => {
  const planted = `latchkey_session=${'x'.repeat(43)}`;
  const { headers } = await post({ name: 'sam', password: PASSWORD }, planted);
  expect(cookieOf(headers)).not.toBe(planted);
  expect((await server.callAs(planted, 'GET', '/session')).status).toBe(204);
  const first = cookieOf(headers);
  const again = await post({ name: 'sam', password: PASSWORD }, first);
  expect((await server.callAs(first, 'GET', '/session')).status).toBe(204);
  expect((await server.callAs(cookieOf(again.headers), 'GET', '/session')).status).toBe(200);
});

test('/v1 takes the session; the ledger has the person’s name', async () => {
  const order = await grant(server, 'A1');
  await server.newLines();
  const sam = await server.signIn('sam', 'acme_soap');
  expect(await sam.get('/v1/orders/A1')).toEqual(order);
  const { status } = await sam.call('POST', '/v1/orders/A1/revoke', {
    body: { reason: 'refunded', note: 'ticket 7' },
  });
  expect(status).toBe(200);
  expect(await server.newLines()).toEqual([
    expect.stringContaining('revoke lessons by Order A1, sam (refunded, ticket 7)') as unknown,
    expect.stringContaining('revoke videos by Order A1, sam (refunded, ticket 7)') as unknown,
  ]);
  expect(server.log.at(-1)).toMatchObject({ person: 'sam', login: 'acme_soap' });
});

test('the merchant may be left out where there is one, and must be named where there are more', async () => {
  const vic = await server.signIn('vic');
  expect((await vic.call('GET', '/v1/offers')).status).toBe(200);
  const ada = await server.signIn('ada');
  const { status, body } = await ada.call('GET', '/v1/merchant');
  expect([status, body.message]).toEqual([
    400,
    'Name the merchant in the header X-Latchkey-Merchant: there is not exactly one.',
  ]);
});

test('a key counts before a session', async () => {
  const vic = await server.signIn('vic');
  const reply = await fetch(`${server.url}/v1/api-auth`, {
    headers: { Cookie: vic.cookie, 'X-API-KEY': 'lk_wrong' },
  });
  expect(reply.status).toBe(401);
});

test('LATCHKEY_CONSOLE=off: there is none, and no session opens /v1', async () => {
  const { cookie } = await server.signIn('vic');
  const off = await startTestServer({ settings: { console: false } });
  for (const path of ['/console', '/console/api/session', '/console/api/openapi.json']) {
    expect((await fetch(`${off.url}${path}`)).status).toBe(404);
  }
  expect((await fetch(`${off.url}/v1/offers`, { headers: { Cookie: cookie } })).status).toBe(401);
});
