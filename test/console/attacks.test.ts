/** What other sites, other merchants' people and viewers cannot do. */
import { grant } from '../orders/shop';
import { type Browser, type Console, PASSWORD, startConsole } from './console';

let server: Console;
let sam: Browser;
let vic: Browser;
let rob: Browser;

beforeAll(async () => {
  server = await startConsole();
  await grant(server, 'A1');
  sam = await server.signIn('sam', 'acme_soap');
  vic = await server.signIn('vic', 'acme_soap');
  rob = await server.signIn('rob', 'acme_soap');
  await server.newLines();
});
afterAll(() => server.stop());

const REVOKE = { body: { reason: 'refunded' } };

describe('a page of another site', () => {
  test.each([
    ['Sec-Fetch-Site: cross-site', { 'Sec-Fetch-Site': 'cross-site' }],
    ['Sec-Fetch-Site: same-site', { 'Sec-Fetch-Site': 'same-site' }],
    ['Origin of another host', { Origin: 'https://evil.example' }],
    ['Origin null', { Origin: 'null' }],
  ])('%s: changes nothing, and signs nobody in', async (_name, headers) => {
    const change = await sam.call('POST', '/v1/orders/A1/revoke', { ...REVOKE, headers });
    expect(change.status).toBe(403);
    const body = { name: 'sam', password: PASSWORD };
    const signIn = await server.callAs(undefined, 'POST', '/session', { body, headers });
    expect(signIn.status).toBe(403);
    expect((await sam.call('DELETE', '/session', { headers })).status).toBe(403);
    expect(await server.newLines()).toEqual([]);
  });

  test('a form of a page that sends no such header lacks the console’s own', async () => {
    const paths = ['/v1/orders/A1/revoke', '/console/api/session', '/console/api/people'];
    for (const path of paths) {
      const reply = await fetch(`${server.url}${path}`, {
        method: 'POST',
        headers: { Cookie: sam.cookie, 'Content-Type': 'text/plain' },
        body: '{"reason":"refunded"}',
      });
      expect([path, reply.status]).toEqual([path, 403]);
      expect(await reply.json()).toMatchObject({
        message: 'Send the header X-Latchkey-Console with each change that is made by a session.',
      });
    }
    expect(await server.newLines()).toEqual([]);
  });

  test('its own page may, by Sec-Fetch-Site or by Origin', async () => {
    const { host } = new URL(server.url);
    for (const headers of [{ 'Sec-Fetch-Site': 'same-origin' }, { Origin: `http://${host}` }]) {
      const { status } = await sam.call('POST', '/v1/orders/A1/restore', { body: {}, headers });
      expect(status).toBe(200);
    }
  });
});

describe('another merchant', () => {
  test('is as one that isn’t there, on /v1 and in the console', async () => {
    const nobody = await server.signIn('sam', 'nobody');
    const paths = ['/v1/orders/A1', '/v1/offers', '/v1/keys', '/v1/find?text=A1'];
    for (const path of paths) {
      const { status, body } = await rob.call('GET', path);
      const there = [status, (body.message as string).replace('acme_soap', 'nobody')];
      const missing = await nobody.call('GET', path);
      // Support is told that the role is too small, wherever.
      if (path !== '/v1/keys') expect(there).toEqual([missing.status, missing.body.message]);
      expect([path, status]).toEqual([path, 403]);
    }
    const change = await rob.call('POST', '/v1/orders/A1/revoke', REVOKE);
    expect(change.status).toBe(403);
    expect(await server.newLines()).toEqual([]);
  });

  test('an admin of some merchants has no say about people', async () => {
    for (const [method, path, body] of [
      ['GET', '/people', undefined],
      ['POST', '/people', { name: 'evil', role: 'admin' }],
      ['PATCH', '/people/ada', { role: 'viewer' }],
      ['DELETE', '/people/ada', undefined],
    ] as const) {
      const { status } = await rob.call(method, path, { body });
      expect([method, status]).toEqual([method, 403]);
    }
  });
});

test('a viewer changes nothing, support neither offers, keys, limits nor people', async () => {
  const changes = [
    ['POST', '/v1/orders/A1/revoke', REVOKE.body],
    ['POST', '/v1/orders/A1/payment-failed', {}],
    ['POST', '/v1/users/set-order-state', { email: 'bob@example.com', orderId: 'A1' }],
  ] as const;
  const administers = [
    ['POST', '/v1/offers', { name: 'x', entitlements: ['x'] }],
    ['POST', '/v1/keys', { name: 'x' }],
    ['PATCH', '/v1/merchant', { graceDays: 1 }],
    ['POST', '/people', { name: 'evil', role: 'admin' }],
    ['DELETE', '/people/ada', undefined],
  ] as const;
  for (const [method, path, body] of [...changes, ...administers]) {
    const { status, body: answer } = await vic.call(method, path, { body });
    expect([path, status]).toEqual([path, 403]);
    expect(answer.message).toMatch(/^This (?:changes something, which )?needs the role /);
  }
  for (const [method, path, body] of administers) {
    expect([path, (await sam.call(method, path, { body })).status]).toEqual([path, 403]);
  }
  expect(await server.newLines()).toEqual([]);
});

test('markup in notes and names comes back as JSON alone, that no browser takes for a page', async () => {
  const markup = '<script>alert(1)</script><img src=x onerror=alert(1)>';
  await sam.call('POST', '/v1/orders/A1/revoke', { body: { reason: 'other', note: markup } });
  await server.newLines();
  for (const path of ['/v1/audit?order=A1&pageLength=50', '/console/api/session']) {
    const reply = await fetch(`${server.url}${path}`, {
      headers: { Cookie: sam.cookie, 'X-Latchkey-Merchant': 'acme_soap' },
    });
    expect(reply.headers.get('Content-Type')).toBe('application/json; charset=utf-8');
  }
});
