/** `--mode diff`: the upstream's answer goes back, and what differs here is found, counted and shown. */
import { runLatchkey } from '../harness/run-latchkey';
import { SEED } from '../harness/seed';
import { startTestServer } from '../harness/server';
import { callAccount, USER } from '../harness/soap-call';
import { find, startDiff } from './diff';
import { startAnswering } from './proxy';

const named = (id: string) => `<account><merchantAccountId>${id}</merchantAccountId></account>`;
const LAB = '<merchantEntitlementId>lab</merchantEntitlementId>';

/** The calls of an account's life. */
async function live(url: string): Promise<void> {
  await callAccount(
    url,
    'update',
    '<account><merchantAccountId>new</merchantAccountId><name>Neo</name></account>',
  );
  const { body } = await callAccount(
    url,
    'fetchByMerchantAccountId',
    '<merchantAccountId>new</merchantAccountId>',
  );
  const [, vid = ''] = /<VID[^>]*>(\w+)</.exec(body) ?? [];
  await callAccount(
    url,
    'grantEntitlement',
    `<account><VID>${vid}</VID></account><entitlement>${LAB}</entitlement>`,
  );
  await callAccount(url, 'isEntitled', `${named('new')}${LAB}`);
  await callAccount(url, 'revokeEntitlement', `<account><VID>${vid}</VID></account>${LAB}`);
  await callAccount(url, 'isEntitled', `${named('none')}${LAB}`);
}

test('the same server differs in nothing, whatever ids it makes', async () => {
  const upstream = await startTestServer({ merchants: SEED, real: true });
  const proxy = await startDiff(upstream.url);
  await live(proxy.url);
  const found = await find(proxy, 6);
  expect(found).toMatchObject({ calls: 6, differing: 0, skipped: {}, places: [], differences: [] });
  expect(found.operations).toContainEqual({
    operation: 'Account.isEntitled',
    calls: 2,
    differing: 0,
  });
});

test('a server of another setting: the places are counted, and a rule takes them out', async () => {
  const settings = { timeZone: 'UTC', xsiTypes: true };
  const upstream = await startTestServer({ merchants: SEED, real: true, settings });
  const proxy = await startDiff(upstream.url);
  await live(proxy.url);
  const found = await find(proxy, 6, '?limit=1');
  expect(found).toMatchObject({ calls: 6, differing: 2 });
  expect(found.differences).toHaveLength(1);
  expect(found.differences[0]).toMatchObject({
    operation: 'Account.revokeEntitlement',
    version: '22.0',
  });
  expect(
    found.places.map(({ operation, kind, path, count }) => [operation, kind, path, count]),
  ).toEqual([
    ['Account.grantEntitlement', 'form', 'account.entitlements.startTimestamp', 1],
    ['Account.revokeEntitlement', 'form', 'account.entitlements.startTimestamp', 1],
    ['Account.revokeEntitlement', 'form', 'account.entitlements.endTimestamp', 1],
  ]);
  const lenient = await startDiff(upstream.url, { rules: ['form:account.entitlements'] });
  await callAccount(lenient.url, 'update', named('other'));
  await callAccount(
    lenient.url,
    'grantEntitlement',
    `${named('other')}<entitlement>${LAB}</entitlement>`,
  );
  expect(await find(lenient, 2)).toMatchObject({ calls: 2, differing: 0 });
});

test('another data state: what a seed plants is the same, what is missing differs', async () => {
  const upstream = await startTestServer({ merchants: SEED, real: true });
  const seed = { accounts: [{ merchantAccountId: 'alan-1912' }] };
  const proxy = await startDiff(upstream.url, { seed });
  const fetchOf = (id: string) =>
    callAccount(
      proxy.url,
      'fetchByMerchantAccountId',
      `<merchantAccountId>${id}</merchantAccountId>`,
    );
  await fetchOf('alan-1912');
  await fetchOf('ada-1815');
  const found = await find(proxy, 2);
  expect(found).toMatchObject({ calls: 2, differing: 1 });
  expect(found.differences[0]?.differences[0]).toEqual({
    kind: 'code',
    path: 'return.returnCode',
    expected: '200',
    actual: '400',
  });
});

test('credentials that the upstream refuses are refused here, too', async () => {
  const upstream = await startTestServer({ merchants: SEED, real: true });
  const proxy = await startDiff(upstream.url);
  const reply = await callAccount(proxy.url, 'isEntitled', `${named('x')}${LAB}`, {
    ...USER,
    password: 'wrong1',
  });
  expect(reply.returnCode).toBe('403');
  expect(await find(proxy, 1)).toMatchObject({ calls: 1, differing: 0 });
});

const WRONG: ReadonlyArray<[string, (body: string) => string, string]> = [
  [
    'order',
    (body) =>
      body.replace(/(<returnCode>.*?<\/returnCode>)(<returnString>.*?<\/returnString>)/, '$2$1'),
    'order return',
  ],
  [
    'type',
    (body) => body.replace('<entitled xmlns="">0', '<entitled xmlns="">0.0'),
    'type entitled',
  ],
  ['value', (body) => body.replace('>0</entitled>', '>1</entitled>'), 'value entitled'],
  ['missing element', (body) => body.replace(/<entitled.*<\/entitled>/, ''), 'unexpected entitled'],
  ['code', (body) => body.replace('>200<', '>500<'), 'code return.returnCode'],
];

test.each(WRONG)('an upstream that answers wrongly: %s', async (_name, change, place) => {
  const real = await startTestServer({ merchants: SEED, real: true });
  let sent = '';
  const upstream = await startAnswering((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      void fetch(`${real.url}${request.url}`, {
        method: 'POST',
        body: Buffer.concat(pieces),
        headers: { 'Content-Type': 'text/xml; charset=utf-8' },
      })
        .then((reply) => reply.text())
        .then((text) => {
          sent = change(text);
          response.writeHead(200, { 'Content-Type': 'text/xml; charset=utf-8' });
          response.end(sent);
        });
    });
  });
  const proxy = await startDiff(upstream.url);
  await callAccount(proxy.url, 'update', named('ada-1815'));
  const { body } = await callAccount(proxy.url, 'isEntitled', `${named('ada-1815')}${LAB}`);
  expect(body).toBe(sent);
  const { places } = await find(proxy, 2);
  expect(
    places
      .filter(({ operation }) => operation === 'Account.isEntitled')
      .map(({ kind, path }) => `${kind} ${path}`),
  ).toContain(place);
});

test('nothing secret is found', async () => {
  const upstream = await startTestServer({ merchants: SEED, real: true });
  const seed = { accounts: [{ merchantAccountId: 'c', name: 'another' }] };
  const proxy = await startDiff(upstream.url, { seed });
  const card =
    '<paymentMethods><creditCard><account>4111111111111111</account></creditCard></paymentMethods>';
  const account = `<account><merchantAccountId>c</merchantAccountId><name>Card 4111111111111111</name>${card}</account>`;
  // Here it has another name: what the upstream shows is found.
  await callAccount(upstream.url, 'update', account);
  const id = '<merchantAccountId>c</merchantAccountId>';
  await callAccount(proxy.url, 'fetchByMerchantAccountId', id);
  const found = await find(proxy, 1);
  expect(found.places).toMatchObject([{ path: 'account.name', example: { actual: 'another' } }]);
  await callAccount(proxy.url, 'update', account);
  const texts = `${JSON.stringify(await find(proxy, 2))}${JSON.stringify(proxy.log)}`;
  expect(texts).not.toMatch(/4111111111111111|s&cret|s&amp;cret/);
});

test('what is not compared is counted by its reason', async () => {
  const upstream = await startTestServer({ merchants: SEED, real: true });
  const proxy = await startDiff(upstream.url);
  const post = (body: string) => fetch(`${proxy.url}/soap.pl`, { method: 'POST', body });
  await post('<x/>');
  await post('a'.repeat(3 * 2 ** 20));
  await callAccount(proxy.url, 'isEntitled', `${named('x')}${LAB}`);
  expect(await find(proxy, 1)).toMatchObject({
    calls: 1,
    skipped: { 'it calls no operation that is known': 1, 'it, or its reply, is too large': 1 },
  });
});

test.each<[string, RequestInit, number]>([
  ['?limit=0', {}, 200],
  ['?limit=1000', {}, 200],
  ['?limit=1001', {}, 400],
  ['?limit=-1', {}, 400],
  ['?since=1', {}, 400],
  ['', { method: 'POST' }, 405],
  ['', { headers: { 'Sec-Fetch-Site': 'cross-site' } }, 403],
])('GET /_latchkey/diff%s %j → %i', async (query, init, status) => {
  const upstream = await startAnswering((_request, response) => response.end());
  const proxy = await startDiff(upstream.url);
  const reply = await fetch(`${proxy.url}/_latchkey/diff${query}`, init);
  expect(reply.status).toBe(status);
  const body = (await reply.json()) as { message?: string };
  expect(body.message === undefined).toBe(status === 200);
});

test('latchkey proxy report: Markdown, and JSON', async () => {
  const upstream = await startTestServer({
    merchants: SEED,
    real: true,
    settings: { timeZone: 'UTC' },
  });
  const proxy = await startDiff(upstream.url);
  await live(proxy.url);
  const found = await find(proxy, 6);
  const report = await runLatchkey(':memory:', 'proxy', 'report', '--url', proxy.url);
  expect(report).toMatchObject({ code: 0, stderr: '' });
  expect(report.stdout).toContain('6 calls were compared, 2 of them differ.\n');
  expect(report.stdout).toContain('| Account.revokeEntitlement | 1 | 1 |\n');
  expect(report.stdout).toContain(
    '| Account.grantEntitlement | account.entitlements.startTimestamp | form | 1 |',
  );
  expect(report.stdout).toContain('### Account.revokeEntitlement 22.0, ');
  const json = await runLatchkey(':memory:', 'proxy', 'report', '--url', proxy.url, '--json');
  expect(JSON.parse(json.stdout)).toEqual(found);
  const none = await runLatchkey(':memory:', 'proxy', 'report', '--url', 'http://127.0.0.1:1');
  expect([none.code, none.stderr]).toEqual([
    1,
    'latchkey: no reply from http://127.0.0.1:1; start one with latchkey proxy --mode diff, or name it with --url\n',
  ]);
  const other = await runLatchkey(':memory:', 'proxy', 'report', '--url', upstream.url);
  expect([other.code, other.stderr]).toEqual([
    1,
    expect.stringContaining('is no proxy that compares'),
  ]);
});
