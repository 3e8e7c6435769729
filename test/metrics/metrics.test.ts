/** What the metrics say after calls, by SOAP and REST, good ones and refused ones. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { version } from '../../src/base/package';
import { openSqliteStore } from '../../src/store/sqlite/sqlite-store';
import { callAccount, callEntitlement } from '../harness/soap-call';
import { endpointOf } from '../store-suite/webhooks';
import { SECRET } from '../webhooks/post';
import { Receiver } from '../webhooks/receiver';
import { DEMO, grown, type Measured, startMeasured } from './measured';

const ACCOUNT = '<account><merchantAccountId>xyz123</merchantAccountId></account>';
const OTHER_ACCOUNT = '<account><merchantAccountId>nobody</merchantAccountId></account>';
const GRANT = `${ACCOUNT}<entitlement><merchantEntitlementId>gold</merchantEntitlementId></entitlement>`;

describe('the metrics of a server', () => {
  let server: Measured;

  beforeAll(async () => {
    server = await startMeasured();
  });

  afterAll(() => server.stop());

  test('calls are counted by API, operation, version and outcome, and measured', async () => {
    const before = await server.scrape();
    const { url, rest } = server;
    await callAccount(
      url,
      'fetchByMerchantAccountId',
      '<merchantAccountId>xyz123</merchantAccountId>',
      DEMO,
    );
    await callAccount(url, 'grantEntitlement', GRANT, DEMO);
    await callEntitlement(url, 'fetchByAccount', OTHER_ACCOUNT, DEMO);
    await callAccount(url, 'grantEntitlement', GRANT, { login: 'demo', password: 'wrong' });
    await callAccount(url, 'noSuchOperation', '', DEMO);
    await fetch(`${url}/soap.pl`, { method: 'POST', body: 'no XML' });
    expect(await rest('/v1/offers')).toBe(200);
    expect(await rest('/v1/orders/none')).toBe(404);
    expect(await rest('/v1/offers', { headers: {} })).toBe(401);
    expect(await rest('/v1/offers', { method: 'DELETE' })).toBe(405);
    expect(await rest('/v1/nothing/here')).toBe(404);
    expect(await rest('/v1/orders/%zz')).toBe(400);
    const after = await server.scrape();
    const soap = (operation: string, code: string, of = '22.0') =>
      `{api="soap",operation="${operation}",version="${of}",return_code="${code}"}`;
    const restOf = (operation: string, code: number) =>
      `{api="rest",operation="${operation}",version="v1",return_code="${code}"}`;
    expect(grown('latchkey_calls_total', before, after)).toEqual({
      [soap('Account.fetchByMerchantAccountId', '200')]: 1,
      [soap('Account.grantEntitlement', '200')]: 1,
      [soap('Account.grantEntitlement', '403')]: 1,
      [soap('Entitlement.fetchByAccount', '400')]: 1,
      [soap('other', 'Client', 'other')]: 2,
      [restOf('GET /offers', 200)]: 1,
      [restOf('GET /orders/{orderId}', 404)]: 1,
      [restOf('GET /offers', 401)]: 1,
      [restOf('other', 405)]: 1,
      [restOf('other', 404)]: 1,
      [restOf('other', 400)]: 1,
    });
    expect(grown('latchkey_call_duration_seconds_count', before, after)).toMatchObject({
      '{api="soap",operation="Account.grantEntitlement"}': 2,
      '{api="rest",operation="GET /offers"}': 2,
    });
    const failed = 'latchkey_failed_logins_total';
    expect((after.get(failed) ?? NaN) - (before.get(failed) ?? NaN)).toBe(2);
  });

  test('lines of the ledger are counted, and commits with their units', async () => {
    const before = await server.scrape();
    const { url } = server;
    await callAccount(url, 'grantEntitlement', GRANT.replace('gold', 'tin'), DEMO);
    await callAccount(url, 'revokeEntitlement', GRANT.replace('gold', 'tin'), DEMO);
    const after = await server.scrape();
    expect(grown('latchkey_ledger_entries_total', before, after)).toEqual({
      '{action="grant",reason=""}': 1,
      '{action="revoke",reason=""}': 1,
    });
    const commits = 'latchkey_commit_duration_seconds_count';
    const units = 'latchkey_commit_batch_size_sum';
    const more = (name: string) => (after.get(name) ?? NaN) - (before.get(name) ?? NaN);
    expect(more(commits)).toBeGreaterThanOrEqual(2);
    expect(more(units)).toBe(more(commits));
  });

  test('the build, Node.js, the connections; a database in memory has no write-ahead log', async () => {
    const series = await server.scrape();
    const node = process.versions.node;
    expect(series.get(`latchkey_build_info{version="${version}",node="${node}"}`)).toBe(1);
    expect(series.get('latchkey_store_connections{state="idle"}')).toBe(1);
    expect(series.get('latchkey_store_connections{state="waiting"}')).toBe(0);
    expect(series.has('latchkey_wal_bytes')).toBe(false);
    expect(series.get('latchkey_events_oldest_pending_seconds')).toBe(0);
    expect([0, 1]).toContain(series.get('latchkey_leader'));
    expect(series.get('process_resident_memory_bytes')).toBeGreaterThan(2 ** 20);
    expect(series.has('nodejs_eventloop_lag_seconds')).toBe(true);
  });

  test('their address answers GET and HEAD of /metrics alone', async () => {
    const { metricsUrl } = server;
    const head = await fetch(metricsUrl, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
    expect(head.headers.get('content-type')).toContain('version=0.0.4');
    const post = await fetch(metricsUrl, { method: 'POST', body: 'x' });
    const other = await fetch(metricsUrl.replace('/metrics', '/'));
    expect([post.status, other.status]).toEqual([405, 404]);
    expect(await other.text()).toBe('GET /metrics is all that is answered here.\n');
    // Nor are they at the address of the calls.
    expect((await fetch(`${server.url}/metrics`)).status).toBe(404);
  });
});

describe('with a file', () => {
  let folder: string;
  let database: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'latchkey-metrics-'));
    database = join(folder, 'test.db');
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  test('messages are counted by their outcome; the size of the write-ahead log is shown', async () => {
    const server = await startMeasured({ database });
    const receiver = await new Receiver().start();
    const store = openSqliteStore(database);
    const { id = 0 } = (await store.findMerchant('demo')) ?? {};
    await store.transact(id, async (unit) => {
      const secrets = { signing: [{ value: SECRET }] };
      const more = { url: receiver.url, private: true, settings: {}, secrets };
      await unit.webhooks.insert(endpointOf('a', { ...more, cursor: await unit.events.last() }));
    });
    await store.close();
    receiver.manner = 500;
    await callAccount(server.url, 'grantEntitlement', GRANT, DEMO);
    const outcome = (name: string) => `latchkey_deliveries_total{outcome="${name}"}`;
    let series = await server.scrape();
    while (series.get(outcome('waiting')) === 0) series = await server.scrape();
    expect(series.get(outcome('waiting'))).toBe(1);
    expect(series.get(outcome('delivered'))).toBe(0);
    expect(series.get('latchkey_events_oldest_pending_seconds')).toBeGreaterThan(0);
    expect(series.get('latchkey_wal_bytes')).toBeGreaterThan(0);
    expect(series.get('latchkey_leader')).toBe(1);
    await server.stop();
    await receiver.stop();
  });

  test('an address that is taken → refused, and no database is made', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const start = startMeasured({ database, metrics: `127.0.0.1:${port}` });
    await expect(start).rejects.toThrow('EADDRINUSE');
    expect(existsSync(database)).toBe(false);
    other.close();
  });
});
