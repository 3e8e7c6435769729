/** Spans of calls, units of work, commits and deliveries, as an SDK's exporter gets them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { context, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
  type SpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import { openSqliteStore } from '../../src/store/sqlite/sqlite-store';
import { callAccount } from '../harness/soap-call';
import { endpointOf } from '../store-suite/webhooks';
import { SECRET } from '../webhooks/post';
import { Receiver } from '../webhooks/receiver';
import { AsyncContextManager } from './context-manager';
import { DEMO, type Measured, startMeasured } from './measured';

const ACCOUNT = '<account><merchantAccountId>xyz123</merchantAccountId></account>';
const GRANT = `${ACCOUNT}<entitlement><merchantEntitlementId>gold</merchantEntitlementId></entitlement>`;

let exporter: InMemorySpanExporter;
/** Called with each span that has ended. */
let wake = () => {};
let folder: string;
let database: string;
let server: Measured;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-traces-'));
  database = join(folder, 'test.db');
  exporter = new InMemorySpanExporter();
  context.setGlobalContextManager(new AsyncContextManager());
  trace.setGlobalTracerProvider(
    new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter), WAKING] }),
  );
  server = await startMeasured({ database });
  exporter.reset();
});

afterEach(async () => {
  await server.stop();
  trace.disable();
  context.disable();
  rmSync(folder, { recursive: true });
});

const WAKING: SpanProcessor = {
  onStart: () => undefined,
  onEnd: () => wake(),
  forceFlush: () => Promise.resolve(),
  shutdown: () => Promise.resolve(),
};

/** The spans of that name, as soon as there are so many: a call's ends after its answer has gone out. */
async function spansOf(name: string, count = 1): Promise<ReadableSpan[]> {
  for (;;) {
    const ended = new Promise<void>((resolve) => (wake = resolve));
    const found = exporter.getFinishedSpans().filter((span) => span.name === name);
    if (found.length >= count) return found;
    await ended;
  }
}

const childrenOf = (parent: ReadableSpan) => {
  const { spanId } = parent.spanContext();
  return exporter
    .getFinishedSpans()
    .filter(({ parentSpanContext }) => parentSpanContext?.spanId === spanId);
};

test('a change by SOAP: the call, its unit of work in it, the commit in that', async () => {
  const { body } = await callAccount(server.url, 'grantEntitlement', GRANT, DEMO);
  const [call] = await spansOf('Account.grantEntitlement');
  if (!call) throw new Error('no span');
  expect(call.kind).toBe(SpanKind.SERVER);
  expect(call.parentSpanContext).toBeUndefined();
  expect(call.attributes).toEqual({
    'latchkey.api': 'soap',
    'latchkey.call_id': /<soapId[^>]*>(\w+)</.exec(body)?.[1],
    'latchkey.version': '22.0',
    'latchkey.return_code': 200,
  });
  const [unit, ...others] = childrenOf(call);
  expect([unit?.name, others]).toEqual(['unit', []]);
  expect(unit && childrenOf(unit).map(({ name }) => name)).toEqual(['commit']);
});

test('calls that come together have units of their own, though they share a commit', async () => {
  const ids = ['a', 'b', 'c', 'd'];
  await Promise.all(
    ids.map((id) => callAccount(server.url, 'grantEntitlement', GRANT.replace('gold', id), DEMO)),
  );
  const calls = await spansOf('Account.grantEntitlement', ids.length);
  expect(calls).toHaveLength(ids.length);
  for (const call of calls) {
    const units = childrenOf(call);
    expect(units.map(({ name }) => name)).toEqual(['unit']);
    expect(units.flatMap(childrenOf).map(({ name }) => name)).toEqual(['commit']);
  }
});

test('a call by REST, and one that is refused: no failure of the server', async () => {
  const path = '/v1/users/ada%40example.com/orders/o1/offers';
  await server.rest(path, { method: 'POST', body: '{"offerId":"none"}' });
  await server.rest('/v1/offers', { headers: {} });
  const [refused] = await spansOf('GET /offers');
  expect(refused?.attributes).toMatchObject({
    'latchkey.api': 'rest',
    'latchkey.return_code': 401,
  });
  expect(refused?.status.code).toBe(SpanStatusCode.UNSET);
});

test('a delivery has a span of its own, without the path of its endpoint', async () => {
  const receiver = await new Receiver().start();
  receiver.manner = 503;
  const store = openSqliteStore(database);
  const { id = 0 } = (await store.findMerchant('demo')) ?? {};
  await store.transact(id, async (unit) => {
    const secrets = { signing: [{ value: SECRET }] };
    const more = { url: receiver.url, private: true, settings: {}, secrets };
    await unit.webhooks.insert(endpointOf('a', { ...more, cursor: await unit.events.last() }));
  });
  await store.close();
  await callAccount(server.url, 'grantEntitlement', GRANT, DEMO);
  const [delivery] = await spansOf('delivery');
  expect(delivery?.kind).toBe(SpanKind.CLIENT);
  expect(delivery?.attributes).toEqual({
    'server.address': '127.0.0.1',
    'http.response.status_code': 503,
  });
  expect(delivery?.status.code).toBe(SpanStatusCode.ERROR);
  await receiver.stop();
});

test('nothing personal, no login and no path is in a span', async () => {
  await callAccount(server.url, 'grantEntitlement', GRANT, DEMO);
  await spansOf('Account.grantEntitlement');
  const texts = exporter
    .getFinishedSpans()
    .map(({ name, attributes, events }) => JSON.stringify({ name, attributes, events }));
  expect(texts.join()).not.toMatch(/xyz123|gold|demo/);
});
