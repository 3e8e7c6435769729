/** Failed logins are counted by address, for a minute. */
import { escapeText } from '../../src/contract/escape';
import { createAddressOf } from '../../src/access/client-address';
import { createFailedLogins } from '../../src/access/failed-logins';
import { SEED } from '../harness/seed';
import { startTestServer, type TestServerOptions } from '../harness/server';
import { KEY, startRestServer } from '../orders/rest';

const [MERCHANT] = SEED;
const LOGIN = MERCHANT?.login ?? '';
const PASSWORD = MERCHANT?.password ?? '';

/** A SOAP call by HTTP's fields. */
async function callSoap(url: string, password: string, from?: string, login = LOGIN) {
  const reply = await fetch(`${url}/soap.pl`, {
    method: 'POST',
    headers: { 'Content-Type': 'text/xml', ...(from ? { 'X-Forwarded-For': from } : {}) },
    body: `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"
      xmlns:a="http://soap.vindicia.com/v22_0/Account"><e:Body><a:isEntitled>
      <auth><version>22.0</version><login>${login}</login><password>${escapeText(password)}</password></auth>
      <account><merchantAccountId>ada-1815</merchantAccountId></account>
      <merchantEntitlementId>x</merchantEntitlementId></a:isEntitled></e:Body></e:Envelope>`,
  });
  const body = await reply.text();
  const code = /<returnCode>(\d+)</.exec(body)?.[1];
  return { status: reply.status, code, retryAfter: reply.headers.get('Retry-After'), body };
}

async function callRest(url: string, key: string, from?: string) {
  const headers = { 'X-API-KEY': key, ...(from ? { 'X-Forwarded-For': from } : {}) };
  const reply = await fetch(`${url}/v1/api-auth`, { headers });
  const body = (await reply.json()) as Record<string, unknown>;
  return { status: reply.status, retryAfter: reply.headers.get('Retry-After'), body };
}

const limited = (most: number, more: TestServerOptions['settings'] = {}) => ({
  merchants: SEED,
  settings: { maxFailedLogins: most, ...more },
});

describe('SOAP', () => {
  test('after too many failures: a Fault with 429 that says when to come again', async () => {
    const { url } = await startTestServer(limited(3));
    for (let i = 0; i < 3; i++) {
      expect(await callSoap(url, `wrong ${i}`)).toMatchObject({ status: 200, code: '403' });
    }
    const refused = await callSoap(url, 'wrong');
    expect(refused.status).toBe(429);
    expect(Number(refused.retryAfter)).toBeGreaterThan(50);
    expect(refused.body).toContain('<faultcode>soap:Client</faultcode>');
    expect(refused.body).toContain(
      `<faultstring>Too many failed logins from this address; wait ${String(refused.retryAfter)} seconds`,
    );
    // Nor does the answer show then whether a password is right.
    expect((await callSoap(url, PASSWORD)).status).toBe(429);
    expect((await callSoap(url, PASSWORD, undefined, 'nobody')).status).toBe(429);
  });

  test('a login that succeeded from there before goes on', async () => {
    const { url } = await startTestServer(limited(2));
    expect((await callSoap(url, PASSWORD)).code).toBe('200');
    for (let i = 0; i < 2; i++) await callSoap(url, 'wrong');
    expect((await callSoap(url, 'wrong')).status).toBe(429);
    expect((await callSoap(url, PASSWORD)).code).toBe('200');
  });

  test('good logins do not count', async () => {
    const { url } = await startTestServer(limited(1, { trustedProxies: ['loopback'] }));
    for (const from of ['192.0.2.1', '192.0.2.1', '192.0.2.2', '192.0.2.3']) {
      expect((await callSoap(url, PASSWORD, from)).code).toBe('200');
    }
    expect((await callSoap(url, 'wrong', '192.0.2.1')).code).toBe('403');
    expect((await callSoap(url, 'wrong', '192.0.2.1')).status).toBe(429);
  });

  test('many at once count, too', async () => {
    const { url } = await startTestServer(limited(5));
    const all = await Promise.all([...Array(20).keys()].map((i) => callSoap(url, `wrong ${i}`)));
    expect(all.filter(({ code }) => code === '403')).toHaveLength(5);
    expect(all.filter(({ status }) => status === 429)).toHaveLength(15);
  });

  test('0: no limit', async () => {
    const { url } = await startTestServer(limited(0));
    for (let i = 0; i < 30; i++) expect((await callSoap(url, 'wrong')).code).toBe('403');
  });
});

describe('REST', () => {
  test('after too many wrong keys: 429; a good key is good all the same', async () => {
    const server = await startRestServer({ settings: { maxFailedLogins: 2 } });
    for (let i = 0; i < 2; i++) {
      expect((await server.call('GET', '/api-auth', { key: 'wrong' })).status).toBe(401);
    }
    const { status, headers, body } = await server.call('GET', '/api-auth', { key: 'wrong' });
    const seconds = headers.get('Retry-After');
    expect(status).toBe(429);
    expect(body).toEqual({
      statusCode: 429,
      message: `Too many wrong API keys or logins from this address; wait ${String(seconds)} seconds, then send a valid key.`,
      error: 'Too Many Requests',
    });
    expect((await server.call('GET', '/api-auth', { key: KEY })).status).toBe(200);
    // One count for both sides.
    expect((await callSoap(server.url, 'wrong')).status).toBe(429);
  });

  test('X-Forwarded-For counts only where a proxy is trusted', async () => {
    const plain = await startTestServer(limited(1));
    expect((await callRest(plain.url, 'wrong', '192.0.2.1')).status).toBe(401);
    expect((await callRest(plain.url, 'wrong', '192.0.2.2')).status).toBe(429);
    const proxied = await startTestServer(limited(1, { trustedProxies: ['loopback'] }));
    expect((await callRest(proxied.url, 'wrong', '192.0.2.1')).status).toBe(401);
    expect((await callRest(proxied.url, 'wrong', '192.0.2.2')).status).toBe(401);
    expect((await callRest(proxied.url, 'wrong', '192.0.2.1')).status).toBe(429);
    // A client's own entries stand before the proxy's.
    expect((await callRest(proxied.url, 'wrong', '198.51.100.7, 192.0.2.2')).status).toBe(429);
  });
});

/** The address that stands for a request by a trusted proxy with that X-Forwarded-For. */
function addressBy(forwarded: string, ...trusted: string[]): string {
  const request = {
    headers: { 'x-forwarded-for': forwarded },
    socket: { remoteAddress: '127.0.0.1' },
  };
  return createAddressOf(['loopback', ...trusted])(request as never);
}

describe('X-Forwarded-For', () => {
  test.each([
    ['192.0.2.1', '192.0.2.1'],
    ['192.0.2.1:5555', '192.0.2.1'],
    ['  192.0.2.1:1 ', '192.0.2.1'],
    ['\t192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['::ffff:c000:201', '192.0.2.1'],
    ['[::ffff:192.0.2.1]:555', '192.0.2.1'],
    ['0:0:0:0:0:FFFF:192.0.2.1', '192.0.2.1'],
    ['2001:db8::1', '2001:db8::1'],
    ['2001:DB8:0:0::1', '2001:db8::1'],
    ['[2001:db8::1]', '2001:db8::1'],
    ['[2001:db8::1]:555', '2001:db8::1'],
    ['fe80::1%eth0', 'fe80::1'],
    ['[fe80::1%eth0]:555', 'fe80::1'],
  ])('%j is one address however it is written: %s', (written, address) => {
    expect(addressBy(written)).toBe(address);
  });

  test.each([
    '',
    ',',
    'unknown',
    '_hidden',
    '192.0.2',
    '192.0.2.1:x',
    '192.0.2.1:123456',
    '192.0.2.01',
    '0x7f.1',
    '[192.0.2.1',
    '[2001:db8::1]:x',
    '2001:db8::1::',
    '"192.0.2.1"',
    'http://192.0.2.1',
    'x'.repeat(5000),
  ])('%j is no address: the proxy that wrote it counts', (written) => {
    expect(addressBy(written)).toBe('127.0.0.1');
    expect(addressBy(`${written}, 192.0.2.7`)).toBe('192.0.2.7');
  });

  test('a proxy with a port is known as one', () => {
    expect(addressBy('192.0.2.1, 10.0.0.1:80', '10.0.0.0/8')).toBe('192.0.2.1');
    expect(addressBy('192.0.2.1, [::ffff:10.0.0.1]:80', '10.0.0.0/8')).toBe('192.0.2.1');
    expect(addressBy('192.0.2.1, unknown, 10.0.0.1', '10.0.0.0/8')).toBe('10.0.0.1');
    expect(addressBy('10.0.0.2, 10.0.0.1', '10.0.0.0/8')).toBe('10.0.0.2');
  });

  test('another port gives no further try', async () => {
    const { url } = await startTestServer(limited(1, { trustedProxies: ['loopback'] }));
    expect((await callRest(url, 'wrong', '192.0.2.1:1000')).status).toBe(401);
    for (const from of [
      '192.0.2.1:1001',
      '192.0.2.1',
      '[::ffff:192.0.2.1]:7',
      ' ::ffff:c000:201',
    ]) {
      expect((await callRest(url, 'wrong', from)).status).toBe(429);
    }
  });
});

describe('counting', () => {
  let elapsed = 0;
  const count = (most: number) => createFailedLogins(most, { elapsed: () => elapsed });

  test('a minute after the first failure it begins anew', () => {
    elapsed = 1000;
    const { begin } = count(2);
    expect(begin('192.0.2.1')).toBeUndefined();
    elapsed += 20_000;
    expect(begin('192.0.2.1')).toBeUndefined();
    expect(begin('192.0.2.1')).toBe(40);
    elapsed += 39_999;
    expect(begin('192.0.2.1')).toBe(1);
    elapsed += 1;
    expect(begin('192.0.2.1')).toBeUndefined();
  });

  test('what is forgiven after its minute makes room for nothing', () => {
    const { begin, forgive } = count(1);
    expect(begin('192.0.2.1')).toBeUndefined();
    elapsed += 60_000;
    forgive('192.0.2.1');
    expect(begin('192.0.2.1')).toBeUndefined();
    expect(begin('192.0.2.1')).toBe(60);
  });

  test.each([
    ['192.0.2.1', '::ffff:192.0.2.1', true],
    ['192.0.2.1', '192.0.2.2', false],
    ['2001:db8:0:7::1', '2001:db8::7:aa:bb:cc:dd', true],
    ['2001:db8:0:7::1', '2001:db8:0:8::1', false],
    ['::1', '::2', true],
    ['fe80::1%eth0', 'fe80::2%eth0', true],
    ['64:ff9b::192.0.2.1', '64:ff9b::c000:201', true],
    ['2001:db8::1', '2001:DB8:0:0:0:0:0:1', true],
  ])('%s and %s: the same? %s', (one, other, same) => {
    const { begin } = count(1);
    begin(one);
    expect(begin(other) !== undefined).toBe(same);
  });

  test('however many addresses come, the counters are bounded', () => {
    const { begin } = count(1);
    let refused = 0;
    for (let i = 0; i < 150_000; i++) if (begin(`192.0.2.${i}`) !== undefined) refused += 1;
    // Each of these found its counter used by another address.
    expect(refused).toBeGreaterThanOrEqual(150_000 - 65_536);
    expect(refused).toBeLessThan(100_000);
  });
});

test('a client that has gone away has no address, and its failures count all the same', () => {
  expect(createAddressOf([])({ headers: {}, socket: {} } as never)).toBe('');
});
