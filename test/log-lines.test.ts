/** The log's lines of calls: moment, address, the ids that a refused call named, and slow calls. */
import { createLogIds, digestId } from '../src/base/log-ids';
import { SYSTEM_TIME } from '../src/base/time';
import type { Settings } from '../src/config/settings';
import { SEED } from './harness/seed';
import { NOW, startTestServer } from './harness/server';
import { callAccount, callService } from './harness/soap-call';
import { KEY, startRestServer } from './orders/rest';

const REVOKE =
  '<account><merchantAccountId>Nobody@Example.com</merchantAccountId></account>' +
  '<entitlement><merchantEntitlementId>gold</merchantEntitlementId></entitlement>';

const BY_EMAIL = '<emailAddress>nobody@example.com</emailAddress>';

const VID = 'f'.repeat(40);

async function start(settings: Partial<Settings> = {}) {
  const server = await startTestServer({ merchants: SEED, settings });
  const key = await server.store.findSecret('log');
  return Object.assign(server, { hashed: (id: string) => digestId(key, id) });
}

test('a moment in UTC, and the address that trusted proxies name', async () => {
  const server = await start({ trustedProxies: ['loopback'] });
  await callAccount(server.url, 'isEntitled', REVOKE);
  await fetch(`${server.url}/v1/api-auth`, { headers: { 'X-Forwarded-For': '192.0.2.7' } });
  const [soap, rest] = server.log;
  expect(soap).toMatchObject({ time: new Date(NOW).toISOString(), address: '127.0.0.1' });
  expect(rest).toMatchObject({ time: new Date(NOW).toISOString(), address: '192.0.2.7' });
  expect(rest).toMatchObject({ status: 401, route: 'GET /api-auth' });
});

describe('a refused SOAP call', () => {
  test('by default: digests, in whatever case, and entitlements as they are', async () => {
    const server = await start();
    await callAccount(server.url, 'revokeEntitlement', REVOKE);
    await callAccount(server.url, 'fetchByEmail', BY_EMAIL);
    const account = server.hashed('nobody@example.com');
    expect(account).toMatch(/^#[0-9a-f]{16}$/);
    expect(server.log).toMatchObject([
      { account, entitlement: 'gold', returnCode: 400, returnString: 'Account not found.' },
      {
        email: account,
        returnCode: 404,
        returnString: `Unable to load account by emailAddress ${account}: No match.`,
      },
    ]);
    expect(JSON.stringify(server.log)).not.toMatch(/nobody/i);
  });

  test('on: as they were sent, 256 characters of each', async () => {
    const server = await start({ logIds: 'on' });
    await callAccount(server.url, 'revokeEntitlement', REVOKE);
    await callAccount(server.url, 'revokeEntitlement', REVOKE.replace('gold', 'g'.repeat(300)));
    const account = 'Nobody@Example.com';
    expect(server.log).toMatchObject([
      { account, entitlement: 'gold' },
      { account, entitlement: `${'g'.repeat(256)}…` },
    ]);
  });

  test('off: none of them, in the words of the refusal neither', async () => {
    const server = await start({ logIds: 'off' });
    await callAccount(server.url, 'revokeEntitlement', REVOKE);
    await callAccount(server.url, 'fetchByEmail', BY_EMAIL);
    for (const line of server.log) {
      expect(line).not.toHaveProperty('account');
      expect(line).not.toHaveProperty('entitlement');
    }
    expect(server.log).toMatchObject([
      {},
      { returnString: 'Unable to load account by emailAddress …: No match.' },
    ]);
  });

  test('a VID says nothing without the database: it stays, and so does what it belongs to', async () => {
    const server = await start();
    await callAccount(server.url, 'fetchByVid', `<vid>${VID}</vid>`);
    const autoBill = `<autobill><VID>${VID}</VID></autobill>`;
    await callService('AutoBill', server.url, 'cancel', autoBill);
    await callAccount(
      server.url,
      'transfer',
      `<targetAccount><VID>${VID}</VID></targetAccount><sourceAccount><merchantAccountId>s</merchantAccountId></sourceAccount>`,
    );
    expect(server.log).toMatchObject([
      { VID, returnString: `Unable to load account by VID "${VID}":  No match.` },
      { autoBill: VID },
      { VID, otherAccount: server.hashed('s') },
    ]);
  });

  test('nothing of what it would have kept', async () => {
    const server = await start({ logIds: 'on' });
    const pairs = '<nameValues><name>pin</name><value>hidden</value></nameValues>';
    const account = `<account><VID>${VID}</VID><name>hidden</name>${pairs}</account>`;
    await callAccount(server.url, 'update', account);
    expect(server.log).toMatchObject([{ VID, returnCode: 400 }]);
    expect(JSON.stringify(server.log)).not.toContain('hidden');
  });

  test('where the database gives no key: no ids', async () => {
    const server = await start();
    server.database.exec('DELETE FROM secret');
    await callAccount(server.url, 'fetchByEmail', BY_EMAIL);
    expect(server.log).toMatchObject([
      { returnString: 'Unable to load account by emailAddress …: No match.' },
    ]);
    expect(server.log[0]).not.toHaveProperty('email');
  });
});

test('a refused REST call: order, account, code, reason, and the X-Request-Id', async () => {
  const server = await startRestServer();
  server.log.length = 0;
  const key = await server.store.findSecret('log');
  const order = digestId(key, 'A-404');
  const email = digestId(key, 'nobody@example.com');
  const revoke = { body: { reason: 'refunded' } };
  const { headers } = await server.call('POST', '/orders/A-404/revoke', revoke);
  const body = { emails: ['nobody@example.com'] };
  await server.call('POST', '/users/delete-users', { body });
  await server.call('POST', '/orders/A-404/revoke', { body: { reason: 'mood' } });
  const reason = `There is no order ${order}.`;
  expect(server.log).toMatchObject([
    { callId: headers.get('X-Request-Id'), status: 404, order, reason },
    { status: 404, email },
    { status: 400, order },
  ]);
  expect(JSON.stringify(server.log)).not.toMatch(/nobody|A-404/);
});

describe('ids that are made to be found in each other', () => {
  test('do not double the line, each time one is shown', async () => {
    const server = await startRestServer();
    server.log.length = 0;
    const digits = ['a', 'd', 'e', 'f'];
    const names = ['account', 'accountId', 'userId', 'VID', 'email', 'emails', 'orderId'];
    const query = names.flatMap((name) => digits.map((digit) => `${name}=${digit}`)).join('&');
    await fetch(`${server.url}/v1/api-auth?${query}`);
    const body = Object.fromEntries(names.map((name) => [name, digits]));
    await server.call('POST', '/users/delete-users', { body });
    const key = await server.store.findSecret('log');
    const account = digestId(key, 'a');
    expect(server.log).toMatchObject([
      { status: 401, account },
      { status: 404, account },
    ]);
    expect(JSON.stringify(server.log).length).toBeLessThan(2000);
  });

  test('are no parts of other words, and the longest is meant', async () => {
    const ids = createLogIds('hashed', () => Buffer.alloc(32));
    const show = (id: string) => digestId(Buffer.alloc(32), id);
    const named = ['a', 'a.b', 'o', '(', '\ud800'].map((id) => ['account', id] as const);
    const { reason } = await ids.describe(named, { reason: 'There is no account "a.b", a or (.' });
    expect(reason).toBe(`There is no account "${show('a.b')}", ${show('a')} or ${show('(')}.`);
  });

  test('are not composed where they are longer than any that is kept', () => {
    const normalize = jest.spyOn(String.prototype, 'normalize');
    const digest = digestId(Buffer.alloc(32), `a${'\u0301\u0316'.repeat(50_000)}`);
    expect(normalize).not.toHaveBeenCalled();
    expect(digestId(Buffer.alloc(32), 'e\u0301')).toBe(digestId(Buffer.alloc(32), '\u00e9'));
    expect(digest).toMatch(/^#/);
  });
});

describe('a path that is not encoded as a URL', () => {
  const paths = [
    '/v1/ada@example.com%zz.wsdl',
    '/v1/orders/ada@example.com%zz',
    '/ada%40example.com%zz',
  ];
  const ask = async (settings: Partial<Settings>) => {
    const server = await start(settings);
    for (const path of paths) await fetch(server.url + path);
    await fetch(`${server.url}/v1/nothing/ada@example.com`);
    return { server, text: JSON.stringify(server.log) };
  };
  const reason = 'The path is not encoded as a URL.';

  test.each(['hashed', 'off'] as const)(
    '%s: in no line, as that of an unknown call',
    async (logIds) => {
      const { server, text } = await ask({ logIds });
      expect(server.log).toMatchObject([
        { msg: 'http', status: 400, method: 'GET', address: '127.0.0.1', reason },
        { msg: 'rest', status: 400, route: 'GET', reason },
        { msg: 'rest', status: 404, route: 'GET' },
      ]);
      expect(text).not.toMatch(/ada|example|wsdl/);
    },
  );

  test('on: as it was sent, 256 characters of it', async () => {
    const { server } = await ask({ logIds: 'on' });
    expect(server.log[0]).toMatchObject({ reason, path: paths[0] });
    const long = `/v1/%zz${'x'.repeat(300)}.wsdl`;
    await fetch(server.url + long);
    expect(server.log.at(-1)).toMatchObject({ reason, path: `${long.slice(0, 256)}…` });
  });
});

describe('a slow call', () => {
  /** Each look at the clock takes that long. */
  const slowTime = (step: number) => {
    let elapsed = 0;
    return {
      ...SYSTEM_TIME,
      now: () => NOW,
      uptime: undefined,
      elapsed: () => (elapsed += step),
    };
  };
  const LIMITED = { slowCall: 1000 };
  const GRANT =
    '<account><merchantAccountId>ada-1815</merchantAccountId></account>' +
    '<entitlement><merchantEntitlementId>gold</merchantEntitlementId></entitlement>';

  test('SOAP: a warning that says where its time went', async () => {
    const server = await startTestServer({
      merchants: SEED,
      time: slowTime(200),
      settings: LIMITED,
    });
    server.log.length = 0;
    const { body } = await callAccount(server.url, 'grantEntitlement', GRANT);
    const [line, slow] = server.log;
    expect(line).toMatchObject({ level: 30, returnCode: 200 });
    expect(slow).toMatchObject({
      level: 40,
      msg: 'slow call',
      soapId: line?.soapId,
      operation: 'Account.grantEntitlement',
      login: 'acme_soap',
      address: '127.0.0.1',
      replyBytes: Buffer.byteLength(body),
    });
    for (const part of ['ms', 'readMs', 'loginMs', 'queueMs', 'workMs', 'commitMs', 'writeMs']) {
      expect([part, Number(slow?.[part]) >= 200]).toEqual([part, true]);
    }
    expect(Number(slow?.requestBytes)).toBeGreaterThan(GRANT.length);
  });

  test('REST: the same', async () => {
    const server = await startRestServer({ time: slowTime(200), settings: LIMITED });
    server.log.length = 0;
    const body = { emails: ['ada@example.com'] };
    await server.call('POST', '/users/delete-users', { body });
    expect(server.log).toMatchObject([
      { level: 30, status: 200 },
      {
        level: 40,
        msg: 'slow call',
        route: 'POST /users/delete-users',
        key: 'shop',
        requestBytes: JSON.stringify(body).length,
        workMs: expect.any(Number) as number,
      },
    ]);
  });

  test.each([
    [0, 1000],
    [5000, 100],
  ])('a limit of %i ms, and looks that take %i ms: none', async (slowCall, step) => {
    const time = slowTime(step);
    const server = await startTestServer({ merchants: SEED, time, settings: { slowCall } });
    server.log.length = 0;
    await callAccount(server.url, 'grantEntitlement', GRANT);
    await fetch(`${server.url}/v1/api-auth`, { headers: { 'X-API-KEY': KEY } });
    expect(server.log.map(({ msg }) => msg)).toEqual(['soap', 'rest']);
  });
});
