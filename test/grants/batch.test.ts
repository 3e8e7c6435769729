/** POST /v1/entitlements:batch over the wire. */
import { request } from 'node:http';
import { once } from 'node:events';
import { MAX_LINES, MAX_LINE_BYTES } from '../../src/rest/lines';
import { collect } from '../harness/collect';
import { testOnSqlite } from '../harness/server';
import { callAccount } from '../harness/soap-call';
import { KEY, READ_KEY, type RestServer, startRestServer } from '../orders/rest';
import { DEMO, granting, ledgerOf, NOW, sendBatch, toResults } from './batch';

let server: RestServer;

beforeEach(async () => {
  server = await startRestServer({ merchants: [DEMO], now: NOW });
});
afterEach(() => server.stop());

const statuses = (results: ReadonlyArray<{ line: number; status: number }>) =>
  results.map(({ line, status }) => [line, status]);

test('grants, extends and revokes, in the order of the lines', async () => {
  const named = { merchantAccountId: 'xyz123', merchantEntitlementId: 'news' };
  const results = await sendBatch(server, [
    granting('news', { endTimestamp: '2026-02-01T00:00:00Z', description: 'News', note: 't 7' }),
    { action: 'extend', ...named, extensionDate: '2026-02-02T00:00:00+01:00' },
    { action: 'extend', ...named, interval: { months: 1, days: 1 } },
    { action: 'revoke', ...named, reason: 'refunded', note: 'ticket 8' },
  ]);
  const VID: unknown = expect.any(String);
  const term = { VID, ...named, startTimestamp: '2026-01-31T22:59:59.000Z' };
  expect(results).toEqual([
    { line: 1, status: 200, ...term, endTimestamp: '2026-02-01T00:00:00.000Z', active: true },
    { line: 2, status: 200, ...term, endTimestamp: '2026-02-01T23:00:00.000Z', active: true },
    { line: 3, status: 200, ...term, endTimestamp: '2026-03-02T23:00:00.000Z', active: true },
    { line: 4, status: 200, ...term, endTimestamp: '2026-01-31T22:59:59.000Z', active: false },
  ]);
  expect(await ledgerOf(server)).toEqual([
    'grant xyz123 news t 7',
    'extend xyz123 news',
    'extend xyz123 news',
    'revoke xyz123 news refunded ticket 8',
  ]);
});

test('each line of the ledger has the key and the X-Request-Id', async () => {
  const answer = await server.call('POST', '/entitlements:batch', { body: granting('news') });
  const rows = await collect(server.store.listLedger({}));
  expect(rows.at(-1)).toMatchObject({
    actor: 'shop',
    soapId: answer.headers.get('X-Request-Id'),
    merchantEntitlementId: 'news',
  });
});

test('a refused line changes nothing, and no other: the strings are those of the SOAP calls', async () => {
  const refusals: ReadonlyArray<readonly [unknown, number, string | RegExp]> = [
    [granting('a', { merchantAccountId: 'nobody' }), 400, 'Account not found.'],
    [granting('a', { merchantAccountId: undefined }), 400, 'Base Account not specified.'],
    [
      granting('bac', { action: 'revoke', merchantAccountId: 'abc456' }),
      400,
      'Entitlement revocation failed: Could not find active entitlement for revocation.',
    ],
    [granting('bac', { action: 'extend' }), 400, 'Extension date not specified.'],
    [granting('bac', { action: 'extend', interval: {} }), 400, 'Extension interval not specified.'],
    [
      granting('bac', { action: 'extend', interval: { days: 1 } }),
      400,
      'Entitlement extension failed: the entitlement has no end.',
    ],
    [granting('a', { action: 'extend', interval: { days: 1 } }), 400, 'Entitlement not found.'],
    [
      granting('a', {
        startTimestamp: '2026-01-02T00:00:00Z',
        endTimestamp: '2026-01-01T00:00:00Z',
      }),
      400,
      'Entitlement grant failed: endTimestamp is before startTimestamp.',
    ],
    ['{"action": "grant"', 400, 'The line is not JSON.'],
    ['[]', 400, /^the line must be an object/],
    [{}, 400, 'action must be grant, revoke or extend'],
    [granting('a', { action: 'delete' }), 400, 'action must be grant, revoke or extend'],
    [granting('a', { end: 1 }), 400, /^the line must not have "end": this call takes action, /],
    [
      granting('a', { action: 'extend', interval: { day: 1 } }),
      400,
      'interval must not have "day": this call takes years, months, weeks, days there',
    ],
    [
      granting('a', { endTimestamp: '2026-01-01' }),
      400,
      'endTimestamp must be a moment: ISO 8601 with an offset, as 2026-01-31T23:00:00Z',
    ],
    [granting('a\u0001'), 400, /^merchantEntitlementId: character 2 is U\+0001/],
    [
      granting('a', { note: 'x'.repeat(MAX_LINE_BYTES) }),
      413,
      'The line is longer than 65536 bytes.',
    ],
  ];
  const lines = refusals.flatMap(([line], index) => [line, granting(`good-${index}`)]);
  const results = await sendBatch(server, lines);
  expect(statuses(results)).toEqual(
    refusals.flatMap(([, status], index) => [
      [2 * index + 1, status],
      [2 * index + 2, 200],
    ]),
  );
  refusals.forEach(([, , message], index) => {
    const found = results[2 * index]?.message;
    if (typeof message === 'string') expect(found).toBe(message);
    else expect(found).toMatch(message);
    expect(results[2 * index]?.error).toMatch(/^(Bad Request|Payload Too Large)$/);
  });
  expect(await ledgerOf(server)).toEqual(refusals.map((_, index) => `grant xyz123 good-${index}`));
});

test('bytes that are no UTF-8 refuse their line; empty lines count and have no result', async () => {
  const [head, tail] = ['{"action":"grant","merchantAccountId":"', '"}'].map((t) => Buffer.from(t));
  const body = Buffer.concat([
    ...[head, Buffer.from([0xff]), tail].map((part) => part ?? Buffer.alloc(0)),
    Buffer.from(`\n\r\n  \n${JSON.stringify(granting('news'))}\r\n\n`),
  ]);
  const reply = await fetch(`${server.url}/v1/entitlements:batch`, {
    method: 'POST',
    headers: { 'X-API-KEY': KEY },
    body,
  });
  const results = toResults(await reply.text());
  expect(statuses(results)).toEqual([
    [1, 400],
    [4, 200],
  ]);
  expect(results[0]?.message).toBe('The line is not UTF-8.');
});

test('a key that may only read, an encoding, an unknown parameter: refused as a whole', async () => {
  const refusal = async (options: object, query = '') =>
    (await server.call('POST', `/entitlements:batch${query}`, { body: granting('a'), ...options }))
      .status;
  expect(await refusal({ key: READ_KEY })).toBe(403);
  expect(await refusal({ key: null })).toBe(401);
  expect(await refusal({ headers: { 'Content-Encoding': 'gzip' } })).toBe(415);
  expect(await refusal({}, '?dryrun=true')).toBe(400);
  expect((await server.call('GET', '/entitlements:batch')).status).toBe(405);
  expect(await ledgerOf(server)).toEqual([]);
});

test('what SOAP granted and what a batch did are one', async () => {
  await sendBatch(server, [granting('bac', { action: 'revoke' })]);
  const parts =
    '<account><merchantAccountId>xyz123</merchantAccountId></account>' +
    '<merchantEntitlementId>bac</merchantEntitlementId>';
  const reply = await callAccount(server.url, 'revokeEntitlement', parts, DEMO);
  expect(reply.returnString).toMatch(/Could not find active entitlement/);
});

describe('a dry run', () => {
  const trial = (lines: readonly unknown[], headers = {}) =>
    sendBatch(server, lines, { query: '?dryRun=true', headers });

  test('changes nothing, and answers as the batch would', async () => {
    const lines = [
      granting('news', { endTimestamp: '2027-01-01T00:00:00Z' }),
      granting('news', { action: 'extend', interval: { years: 1 } }),
      granting('news', { action: 'revoke' }),
      granting('news', { action: 'revoke' }),
      granting('bac', { merchantAccountId: 'nobody' }),
    ];
    const foreseen = await trial(lines);
    expect(await ledgerOf(server)).toEqual([]);
    expect(statuses(foreseen).map(([, status]) => status)).toEqual([200, 200, 200, 400, 400]);
    expect(await sendBatch(server, lines)).toEqual(foreseen);
  });

  test('keeps no result', async () => {
    const headers = { 'Idempotency-Key': 'k' };
    await trial([granting('news')], headers);
    await sendBatch(server, [granting('news')], { headers });
    expect(await ledgerOf(server)).toHaveLength(1);
  });
});

describe('an Idempotency-Key', () => {
  const headers = { 'Idempotency-Key': 'import-7' };
  const lines = [
    granting('news', { endTimestamp: '2026-02-01T00:00:00Z' }),
    granting('news', { action: 'extend', interval: { days: 1 } }),
    granting('a', { merchantAccountId: 'nobody' }),
    'not JSON',
  ];

  test('again: the same results, and nothing is done twice', async () => {
    const first = await sendBatch(server, lines, { headers });
    expect(statuses(first).map(([, status]) => status)).toEqual([200, 200, 400, 400]);
    server.setNow(NOW + 60_000);
    expect(await sendBatch(server, lines, { headers })).toEqual(first);
    expect(await ledgerOf(server)).toHaveLength(2);
  });

  test('a batch that was cut is carried on', async () => {
    await sendBatch(server, lines.slice(0, 1), { headers });
    await sendBatch(server, lines, { headers });
    expect(await ledgerOf(server)).toEqual(['grant xyz123 news', 'extend xyz123 news']);
  });

  test('another line in its place is refused, but for one that was none', async () => {
    await sendBatch(server, lines, { headers });
    const other = await sendBatch(
      server,
      [granting('other'), lines[1], granting('other'), granting('other')],
      { headers },
    );
    const used = 'This Idempotency-Key was used for another request.';
    expect(other.map(({ status, message }) => [status, message])).toEqual([
      [422, used],
      [200, undefined],
      [422, used],
      [200, undefined],
    ]);
  });

  test('without it each counts', async () => {
    await sendBatch(server, lines.slice(0, 2));
    await sendBatch(server, lines.slice(0, 2));
    expect(await ledgerOf(server)).toHaveLength(4);
  });
});

testOnSqlite(
  'a store that fails: 503 for the line, nothing is kept, and no line is read after it',
  async () => {
    const limit = server.database.pragma('page_count', { simple: true });
    server.database.pragma(`max_page_count = ${Number(limit)}`);
    const lines = Array.from({ length: 3000 }, (_, index) =>
      granting(`${index}-${'x'.repeat(900)}`),
    );
    const results = await sendBatch(server, lines);
    const last = results.at(-1);
    expect(last).toMatchObject({ status: 503, message: 'The store failed: the disk is full.' });
    expect(results.length).toBeLessThan(lines.length);
    const done = results.filter(({ status }) => status === 200);
    expect(await ledgerOf(server)).toHaveLength(done.length);
  },
);

testOnSqlite(
  'an error nobody foresaw: 500 for its line, those before it stay, and the answer has no end',
  async () => {
    server.database.exec(`CREATE TRIGGER broken BEFORE INSERT ON entitlement
    WHEN new.merchant_entitlement_id = 'broken' BEGIN SELECT json('{'); END`);
    const body = ['one', 'broken', 'two'].map((id) => JSON.stringify(granting(id))).join('\n');
    const call = request(`${server.url}/v1/entitlements:batch`, {
      method: 'POST',
      headers: { 'X-API-KEY': KEY },
    });
    call.end(body);
    const [reply] = (await once(call, 'response')) as [import('node:http').IncomingMessage];
    let text = '';
    reply.on('data', (piece: Buffer) => (text += piece.toString()));
    await once(reply, 'error');
    expect(statuses(toResults(text))).toEqual([
      [1, 200],
      [2, 500],
    ]);
    expect(await ledgerOf(server)).toEqual(['grant xyz123 one']);
    expect(server.log.at(-1)).toMatchObject({ status: 500, err: { type: 'StoreError' } });
  },
);

test('more lines than a body may have: those before are done, and the first beyond is refused', async () => {
  const empty = Array.from({ length: MAX_LINES - 1 }, () => '');
  const results = await sendBatch(server, [...empty, granting('a'), granting('b'), granting('c')]);
  expect(statuses(results)).toEqual([
    [MAX_LINES, 200],
    [MAX_LINES + 1, 413],
  ]);
  expect(await ledgerOf(server)).toEqual(['grant xyz123 a']);
});
