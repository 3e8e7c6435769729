/** The last calls: which are kept, for which people, and that nothing secret is shown. */
import { NOW } from '../harness/server';
import { Connection } from '../harness/connection';
import { callAccount, callService, USER } from '../harness/soap-call';
import { ADMIN_KEY } from '../orders/rest';
import { grant } from '../orders/shop';
import { type Browser, type Console, startConsole } from './console';

let server: Console;
let sam: Browser;

const start = async (calls?: string) => {
  server = await startConsole(calls === undefined ? {} : { settings: { calls } });
  sam = await server.signIn('sam', 'acme_soap');
};
afterEach(() => server.stop());

const list = async (browser: Browser, query = '') =>
  (await browser.get(`/calls${query}`)).calls as Array<Record<string, unknown>>;
const operations = async (browser: Browser, query = '') =>
  (await list(browser, query)).map(({ operation, code }) => `${String(operation)} ${String(code)}`);

const ACCOUNT = '<account><merchantAccountId>a1</merchantAccountId></account>';
const update = (parts = ACCOUNT, credentials = USER) =>
  callService('Account', server.url, 'update', parts, credentials);
const isEntitled = () =>
  callAccount(
    server.url,
    'isEntitled',
    `${ACCOUNT}<merchantEntitlementId>bac</merchantEntitlementId>`,
  );

test('are listed, the newest first, and shown whole: in words, raw, with what they changed', async () => {
  await start();
  await update();
  await callAccount(
    server.url,
    'grantEntitlement',
    `${ACCOUNT}<entitlement><merchantEntitlementId>bac</merchantEntitlementId></entitlement>`,
  );
  const { calls, ...page } = await sam.get('/calls');
  expect(page).toEqual({ next_page: null, kept: '1000', since: new Date(NOW).toISOString() });
  const [granted, ...others] = calls as Array<Record<string, unknown>>;
  expect(others).toMatchObject([{ operation: 'Account.update', code: '200' }]);
  expect(granted).toMatchObject({
    api: 'soap',
    operation: 'Account.grantEntitlement',
    version: '22.0',
    login: 'acme_soap',
    address: '127.0.0.1',
    code: '200',
    at: new Date(NOW).toISOString(),
  });
  const whole = await sam.get(`/calls/${String(granted?.id)}`);
  expect(whole).toMatchObject({
    ...granted,
    fields: { account: { merchantAccountId: 'a1' } },
    request: expect.stringContaining('<password>***</password>') as unknown,
    answer: { return: { returnCode: '200', soapId: granted?.id } },
    reply: expect.stringContaining(`<soapId>${String(granted?.id)}<`) as unknown,
    isCut: false,
    changed: [{ action: 'grant', merchantEntitlementId: 'bac', merchantAccountId: 'a1' }],
    method: 'POST',
    path: '/soap.pl',
    contentType: 'text/xml; charset=utf-8',
  });
  expect(JSON.stringify(whole)).not.toContain('s&amp;cret');
});

test('payment data, keys and passwords are nowhere in them', async () => {
  await start();
  await update(
    '<account><merchantAccountId>a1</merchantAccountId><paymentMethods><type>CreditCard</type>' +
      '<creditCard><account>4111111111111111</account><expirationDate>203001</expirationDate></creditCard>' +
      '</paymentMethods></account>',
  );
  const made = await server.call('POST', '/keys', { body: { name: 'new' }, key: ADMIN_KEY });
  const { key } = made.body as { key: string };
  const [rest, soap] = await list(sam);
  const shownSoap = JSON.stringify(await sam.get(`/calls/${String(soap?.id)}`));
  expect(shownSoap).toContain('<paymentMethods>***</paymentMethods>');
  expect(shownSoap).not.toContain('4111');
  const shownRest = await sam.get(`/calls/${String(rest?.id)}`);
  expect(shownRest).toMatchObject({
    api: 'rest',
    operation: 'POST /keys',
    key: 'office',
    fields: { name: 'new' },
    request: '{\n  "name": "new"\n}',
    reply: expect.stringContaining('"key": "***"') as unknown,
    path: '/v1/keys',
  });
  expect(JSON.stringify(shownRest)).not.toContain(key);
});

test('a request that cannot be read, and its Fault, are listed but not shown', async () => {
  await start();
  const body = '<e:Envelope><password>hunter2</e:Envelope>';
  await fetch(`${server.url}/soap.pl`, { method: 'POST', body });
  const ada = await server.signIn('ada', 'acme_soap');
  const [call] = await list(ada);
  expect(call).toMatchObject({
    operation: '-',
    code: expect.stringContaining('Client') as unknown,
  });
  const whole = await ada.get(`/calls/${String(call?.id)}`);
  expect(whole.request).toBeUndefined();
  expect(JSON.stringify(whole)).not.toContain('hunter2');
});

test('lines of a batch are shown as they came, without secrets; of those that cannot be read nothing is', async () => {
  await start();
  const line = { action: 'grant', merchantAccountId: 'a1', merchantEntitlementId: 'bac' };
  const grant = JSON.stringify(line);
  const lines = [
    grant,
    '',
    JSON.stringify({ ...line, password: 'hunter2' }),
    '{"password":"hunter2',
  ];
  const headers = { 'X-API-KEY': ADMIN_KEY, 'Content-Type': 'application/x-ndjson' };
  const send = (body: string) =>
    fetch(`${server.url}/v1/entitlements:batch`, { method: 'POST', headers, body });
  await (await send(lines.join('\n'))).text();
  await (await send(grant)).text();
  const long = await send(`${grant}${' '.repeat(70_000)}`);
  expect(long.status).toBe(200);
  await long.text();
  const shown = await Promise.all(
    (await list(sam)).map(({ id }) => sam.get(`/calls/${String(id)}`)),
  );
  expect(shown.map(({ request }) => request)).toEqual([
    undefined,
    `${grant}\n`,
    `${[grant, '', JSON.stringify({ ...line, password: '***' }), '***'].join('\n')}\n`,
  ]);
});

test('results of a batch and lists, which are made while they are sent, are kept within bounds; of secrets nothing', async () => {
  await start();
  const line = { action: 'grant', merchantAccountId: 'a1', merchantEntitlementId: 'bac' };
  const headers = { 'X-API-KEY': ADMIN_KEY, 'Content-Type': 'application/x-ndjson' };
  const send = async (body: string) => {
    const url = `${server.url}/v1/entitlements:batch`;
    return (await fetch(url, { method: 'POST', headers, body })).text();
  };
  const secret = '{"password":"hunter2"}';
  const text = await send(`${JSON.stringify(line)}\n${secret}\n`);
  const results = text.trimEnd().split('\n');
  expect(results).toHaveLength(2);
  await send(Array<string>(2000).fill('{}').join('\n'));
  const offers = await server.call('GET', '/offers');
  const shown = await Promise.all(
    (await list(sam)).map(({ id }) => sam.get(`/calls/${String(id)}`)),
  );
  const [listed, long, batch] = shown;
  expect(JSON.parse(String(listed?.reply))).toEqual(offers.body);
  expect([listed?.answer, batch?.answer]).toEqual([offers.body, undefined]);
  expect([long?.reply, long?.isCut]).toEqual([undefined, true]);
  expect([batch?.reply, batch?.isCut]).toEqual([text, false]);
  expect(JSON.stringify(batch)).not.toContain('hunter2');
});

test('a merchant’s people see its calls; those that name none there is, admins of all merchants', async () => {
  await start();
  await update();
  await update(ACCOUNT, { login: 'acme_soap', password: 'wrong' });
  await update(ACCOUNT, { login: 'nobody', password: 'wrong' });
  await server.call('GET', '/offers', { key: 'lk_wrong' });
  const own = ['Account.update 403', 'Account.update 200'];
  expect(await operations(sam)).toEqual(own);
  const rob = await server.signIn('rob', 'plain_soap');
  expect(await operations(rob)).toEqual([]);
  const ada = await server.signIn('ada', 'acme_soap');
  expect(await operations(ada)).toEqual(['GET /offers 401', 'Account.update 403', ...own]);
  const adaOfPlain = await server.signIn('ada', 'plain_soap');
  const strangers = await list(adaOfPlain);
  expect(strangers.map(({ login }) => login)).toEqual([undefined, 'nobody']);
  for (const { id } of strangers) {
    expect((await sam.call('GET', `/calls/${String(id)}`)).status).toBe(404);
  }
});

test('filters, and pages that go on where the one before ended, whatever comes meanwhile', async () => {
  await start();
  await update();
  await isEntitled();
  await update(ACCOUNT, { login: 'acme_soap', password: 'wrong' });
  expect(await operations(sam, '?operation=ISENT')).toEqual(['Account.isEntitled 200']);
  expect(await operations(sam, '?code=403')).toEqual(['Account.update 403']);
  expect(await operations(sam, '?login=acme')).toEqual([]);
  expect(await operations(sam, '?address=127.')).toHaveLength(3);
  expect(await operations(sam, '?from=2030-01-01T00:00:00Z')).toEqual([]);
  const [last] = await list(sam);
  expect(await list(sam, `?soapId=${String(last?.id).slice(0, 39)}`)).toContainEqual(last);
  const first = await sam.get('/calls?pageLength=2');
  await isEntitled();
  const next = await sam.get(`/calls?pageLength=2&lastLoadedId=${String(first.next_page)}`);
  expect(next).toMatchObject({ calls: [{ operation: 'Account.update', code: '200' }] });
  expect(next.next_page).toBeNull();
  expect((await sam.call('GET', '/calls?lastLoadedId=x')).status).toBe(400);
});

test('as many as wanted are kept, the latest', async () => {
  await start('2');
  await update();
  await isEntitled();
  await isEntitled();
  expect(await sam.get('/calls')).toMatchObject({
    kept: '2',
    calls: [{ operation: 'Account.isEntitled' }, { operation: 'Account.isEntitled' }],
  });
});

test('those of some days, until they are older', async () => {
  await start('2d');
  await update();
  server.setNow(NOW + 3 * 24 * 60 * 60 * 1000);
  sam = await server.signIn('sam', 'acme_soap');
  await isEntitled();
  expect(await operations(sam)).toEqual(['Account.isEntitled 200']);
});

test('off: none is kept, and the answer says so', async () => {
  await start('off');
  await update();
  expect(await sam.get('/calls')).toEqual({ calls: [], next_page: null, kept: 'off' });
});

test('a long body is shown whole, though its memory is given back with the answer', async () => {
  await start();
  const parts = `${ACCOUNT}<srd>${' '.repeat(50_000)}</srd>`;
  const { login, password } = USER;
  const auth = `<auth><version>22.0</version><login>${login}</login><password>${password}</password></auth>`;
  const body =
    '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>' +
    `<update xmlns="http://soap.vindicia.com/v22_0/Account">${auth}${parts}</update></e:Body></e:Envelope>`;
  const connection = await Connection.open(server.url);
  const chunks = [body.slice(0, 40_000), body.slice(40_000), ''].map(
    (text) => `${text.length.toString(16)}\r\n${text}\r\n`,
  );
  connection.send(
    ['POST /soap.pl HTTP/1.1', 'Host: a', 'Transfer-Encoding: chunked'],
    chunks.join(''),
  );
  expect((await connection.reply()).status).toBe(200);
  connection.close();
  const [call] = await list(sam);
  const { request, isCut } = await sam.get(`/calls/${String(call?.id)}`);
  expect([isCut, String(request).includes(parts)]).toEqual([false, true]);
});

test('a body that is too long is not kept, its call is', async () => {
  await start();
  await update(`${ACCOUNT}<srd>${' '.repeat(70_000)}</srd>`);
  const [call] = await list(sam);
  const whole = await sam.get(`/calls/${String(call?.id)}`);
  expect([whole.isCut, whole.request]).toEqual([true, undefined]);
  expect(call?.requestBytes).toBeGreaterThan(70_000);
});

test('changes that people make are kept with their name; what they look at is not', async () => {
  await start();
  await grant(server, 'A1');
  await sam.get('/v1/orders/A1');
  await sam.call('POST', '/v1/orders/A1/revoke', { body: { reason: 'refunded' } });
  expect(await list(sam)).toMatchObject([
    { operation: 'POST /orders/{orderId}/revoke', key: 'sam', login: 'acme_soap' },
    { operation: 'POST /users/grant-user-offer-by-mail', key: 'shop' },
  ]);
});

test('the search finds them by the first letters of their ids', async () => {
  await start();
  await update();
  await isEntitled();
  const [call] = await list(sam);
  const id = String(call?.id);
  const { found } = await sam.get(`/search?text=${id.slice(0, 39)}`);
  const hit = { kind: 'call', by: ['soapId'], name: id, text: 'Account.isEntitled: 200' };
  expect(found).toContainEqual(hit);
  const rob = await server.signIn('rob', 'plain_soap');
  expect(await rob.get(`/search?text=${id}`)).toMatchObject({ found: [] });
});
