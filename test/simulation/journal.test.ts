/** The journal: what clients sent, and whether it was as a test expects. */
import { callAccount, callService } from '../harness/soap-call';
import {
  grant,
  isEntitled,
  makeMerchant,
  type Made,
  startSimulation,
  type Steered,
} from './control';

let server: Steered;
let who: Made;
beforeEach(async () => {
  server = await startSimulation();
  who = await makeMerchant(server, 'test-1');
});

const call = (method: string, path: string, body?: unknown) =>
  server.control(method, `/merchants/test-1${path}`, body);
const list = async (query = '') =>
  (await call('GET', `/requests${query}`)).body as unknown as Array<Record<string, unknown>>;

test('a request is listed, and shown whole: JSON, bytes, reply, objections, changes', async () => {
  await grant(server, who);
  await callAccount(
    server.url,
    'revokeEntitlement',
    '<note>why</note><account><merchantAccountId>a1</merchantAccountId></account>' +
      '<entitlement><merchantEntitlementId>play</merchantEntitlementId><startTimestamp>2024-01-01T00:00:00Z</startTimestamp></entitlement>',
    who,
  );
  const requests = await list();
  expect(
    requests.map(({ operation, returnCode, number }) => [number, operation, returnCode]),
  ).toEqual([
    [1, 'Account.update', 200],
    [2, 'Account.grantEntitlement', 200],
    [3, 'Account.revokeEntitlement', 200],
  ]);
  const { body } = await call('GET', `/requests/${String(requests[2]?.id)}`);
  expect(body).toMatchObject({
    api: 'soap',
    version: '22.0',
    returnString: 'OK',
    fields: {
      account: { merchantAccountId: 'a1' },
      note: 'why',
      entitlement: { startTimestamp: '2024-01-01T00:00:00.000Z' },
    },
    reply: {
      status: 200,
      isCut: false,
      body: expect.stringContaining('<returnCode>200<') as unknown,
    },
    problems: expect.arrayContaining([
      '/revokeEntitlement/srd: missing element; expected before note.',
    ]) as unknown,
    changed: [{ account: 'a1', entitlement: 'play', action: 'revoke' }],
  });
  expect(body.raw).toContain('<merchantAccountId>a1<');
  expect(body.raw).toContain('<password>***</password>');
  expect(JSON.stringify(body)).not.toContain(who.password);
});

test('payment data are nowhere in it', async () => {
  const parts =
    '<account><merchantAccountId>a1</merchantAccountId><paymentMethods><type>CreditCard</type>' +
    '<creditCard><account>4111111111111111</account><expirationDate>203001</expirationDate></creditCard>' +
    '</paymentMethods></account>';
  await callService('Account', server.url, 'update', parts, who);
  const [request] = await list();
  const { body } = await call('GET', `/requests/${String(request?.id)}`);
  expect(body.raw).toContain('<paymentMethods>***</paymentMethods>');
  expect(JSON.stringify(body)).not.toContain('4111');
});

test('filters: operation, soapId, limit, since', async () => {
  await grant(server, who);
  await isEntitled(server, who);
  const [first] = await list();
  expect((await list('?operation=Account.is*')).map(({ operation }) => operation)).toEqual([
    'Account.isEntitled',
  ]);
  expect(await list(`?soapId=${String(first?.id)}`)).toEqual([first]);
  expect((await list('?limit=1')).map(({ number }) => number)).toEqual([3]);
  expect(await list('?since=2030-01-01T00:00:00Z')).toEqual([]);
  expect(await list('?since=2024-01-01T00:00:00Z')).toHaveLength(3);
});

test('calls of REST are taken down, too; a key that was made is not', async () => {
  const headers = { 'X-API-KEY': who.apiKey, 'Content-Type': 'application/json' };
  const body = JSON.stringify({ name: 'shop' });
  await fetch(`${server.url}/v1/keys`, { method: 'POST', headers, body });
  await fetch(`${server.url}/v1/offers/none`, { headers });
  const requests = await list();
  expect(requests).toMatchObject([
    { api: 'rest', operation: 'addKey', fields: { name: 'shop' }, returnCode: 200 },
    { operation: 'getOffer', fields: { offerId: 'none' }, returnCode: 404 },
  ]);
  const whole = await call('GET', `/requests/${String(requests[0]?.id)}`);
  expect(whole.body.reply).toMatchObject({
    body: expect.stringContaining('"key":"***"') as unknown,
  });
});

test('count, find, and near misses that say which path differs how', async () => {
  await grant(server, who);
  await isEntitled(server, who);
  const expected = { operation: 'isEntitled', fields: { 'account.merchantAccountId': 'a1' } };
  expect((await call('POST', '/requests/count', expected)).body).toEqual({ count: 1 });
  expect((await call('POST', '/requests/find', expected)).body).toMatchObject([
    { operation: 'Account.isEntitled' },
  ]);
  const other = {
    operation: 'isEntitled',
    fields: { 'account.merchantAccountId': 'a2', 'account.VID': 'x' },
  };
  const near = await call('POST', '/requests/near-misses', other);
  expect(near.body).toMatchObject([
    {
      request: { operation: 'Account.isEntitled' },
      differences: [
        { path: 'account.merchantAccountId', expected: 'a2', actual: 'a1' },
        { path: 'account.VID', expected: 'x' },
      ],
      message:
        'account.merchantAccountId is "a1" instead of "a2"; account.VID is absent instead of "x"',
    },
    {},
    {},
  ]);
});

test('verify answers, or explains in a sentence', async () => {
  await grant(server, who);
  await isEntitled(server, who);
  await isEntitled(server, who);
  const verify = async (body: object) => (await call('POST', '/verify', body)).body;
  const asked = { operation: 'isEntitled', fields: { 'account.merchantAccountId': 'a1' } };
  expect(await verify({ ...asked, count: 2 })).toEqual({
    verified: true,
    count: 2,
    message:
      '2 of 4 requests are isEntitled with account.merchantAccountId=a1, as expected: exactly 2.',
  });
  expect(await verify({ ...asked, atLeast: 2 })).toMatchObject({ verified: true });
  expect(await verify({ ...asked, atLeast: 3 })).toMatchObject({
    verified: false,
    message:
      'Expected at least 3, but 2 of 4 requests are isEntitled with account.merchantAccountId=a1.',
  });
  expect(await verify({ operation: 'revokeEntitlement', never: true })).toMatchObject({
    verified: true,
  });
  const missed = await verify({ ...asked, fields: { 'account.merchantAccountId': 'a2' } });
  expect(missed.verified).toBe(false);
  expect(missed.message).toMatch(
    /^Expected at least 1, but 0 of 4 requests .* The closest, Account.isEntitled \(\w{40}\), differs: account.merchantAccountId is "a1" instead of "a2"\.$/,
  );
  server.setNow(Date.parse('2024-06-02T00:00:00Z'));
  expect(await verify({ ...asked, within: 'PT1H', never: true })).toMatchObject({ verified: true });
});

test('the report of a test: nothing, the last ten, objections, faults, near misses of what was asked last', async () => {
  const report = async () => String((await call('GET', '/report')).body.report).split('\n');
  expect(await report()).toEqual(['No request came.']);
  await grant(server, who);
  await call('PUT', '/faults', [{ operation: 'isEntitled', returnCode: 500, times: 1 }]);
  await isEntitled(server, who);
  await isEntitled(server, who);
  const lines = (await report()).map((line) => line.replaceAll(/\(\w{8}\)/g, '(…)'));
  const asked = '{"account":{"merchantAccountId":"a1"},"merchantEntitlementId":"play"}';
  expect(lines).toEqual([
    'Came: Account.update (…): 200 OK {"account":{"merchantAccountId":"a1"}}',
    '  not strictly: /update/srd: missing element; expected before account.',
    'Came: Account.grantEntitlement (…): 200 OK {"account":{"merchantAccountId":"a1"},"entitlement":{"merchantEntitlementId":"play"}}',
    '  not strictly: /grantEntitlement/srd: missing element; expected before account.',
    `Came: Account.isEntitled (…): 500 Internal error; the simulation has ordered it. (a fault that was ordered) ${asked}`,
    '  not strictly: /isEntitled/srd: missing element; expected before account.',
    `Came: Account.isEntitled (…): 200 OK ${asked}`,
  ]);
  await call('POST', '/verify', { operation: 'revokeEntitlement' });
  expect((await report())[0]).toMatch(
    /^Nearly revokeEntitlement: Account\.isEntitled \(\w{8}\): operation is "isEntitled" instead of "revokeEntitlement"$/,
  );
  for (const [path, name] of [
    ['find', 'a2'],
    ['count', 'a3'],
    ['near-misses', 'a4'],
  ] as const) {
    await call('POST', `/requests/${path}`, { fields: { 'account.merchantAccountId': name } });
    expect((await report())[0]).toContain(
      `Nearly any call with account.merchantAccountId=${name}: `,
    );
  }
  for (let index = 0; index < 9; index += 1) await isEntitled(server, who);
  const came = (await report()).filter((line) => line.startsWith('Came'));
  expect(came).toHaveLength(10);
  await call('DELETE', '/requests');
  await isEntitled(server, who);
  expect((await report())[0]).toMatch(/^Came: /);
});

test('the last thousand are kept; DELETE forgets them; others see nothing of them', async () => {
  const other = await makeMerchant(server, 'test-2');
  await isEntitled(server, other);
  for (let index = 0; index < 1010; index += 1) await isEntitled(server, who);
  const requests = await list();
  expect([requests.length, requests[0]?.number]).toEqual([1000, 11]);
  const { body } = await server.control('GET', '/merchants/test-2/requests');
  expect(body).toHaveLength(1);
  expect((await call('DELETE', '/requests')).status).toBe(204);
  expect(await list()).toEqual([]);
});

test('what a fault did to a request is taken down', async () => {
  await call('PUT', '/faults', [{ operation: 'isEntitled', fault: 'EMPTY_RESPONSE' }]);
  await expect(isEntitled(server, who)).rejects.toThrow();
  const [request] = await list();
  expect(request).toMatchObject({ fault: { fault: 'EMPTY_RESPONSE' } });
  expect((await call('GET', `/requests/${String(request?.id)}`)).body.reply).toBeUndefined();
});

test.each([
  ['GET', '/requests/none', undefined, 404, 'There is no request "none": the last 1,000 are kept.'],
  ['GET', '/requests?operaton=x', undefined, 400, /^the query must not have "operaton"/],
  ['GET', '/requests?limit=0', undefined, 400, /^limit/],
  ['POST', '/requests/find', { fields: { x: {} } }, 400, /^fields\.x/],
  [
    'POST',
    '/verify',
    { count: 1, never: true },
    400,
    'count must be alone: give count, atLeast or never',
  ],
  ['POST', '/verify', { within: 'soon' }, 400, /^within must be an ISO 8601 duration/],
])('%s %s %j is refused', async (method, path, body, code, message) => {
  const answer = await call(method, path, body);
  expect(answer.status).toBe(code);
  expect(answer.body.message).toEqual(
    typeof message === 'string' ? message : expect.stringMatching(message),
  );
});
