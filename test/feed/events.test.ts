/** GET /v1/events: each type of event, pages that wait, streams, and the picture of access that a reader makes of them. */
import { connect } from 'node:net';
import { makePerson } from '../erasure/person';
import { callAccount, callService } from '../harness/soap-call';
import { KEY, type RestServer, startRestServer } from '../orders/rest';

interface Event {
  readonly id: string;
  readonly sequence: number;
  readonly type: string;
  readonly data: {
    readonly account: { readonly VID: string };
    readonly entitlement?: { readonly merchantEntitlementId: string; readonly active: boolean };
    readonly source?: object;
    readonly [field: string]: unknown;
  };
}

interface Page {
  readonly events: readonly Event[];
  readonly last: number;
  readonly more: boolean;
}

let server: RestServer;

beforeEach(async () => {
  server = await startRestServer();
});

afterEach(() => server.stop());

async function page(query: string): Promise<Page> {
  const { status, body } = await server.call('GET', `/events?${query}`);
  expect(status).toBe(200);
  return body as Page;
}

const named = (id: string) => `<merchantAccountId>${id}</merchantAccountId>`;
const change = (operation: 'grantEntitlement' | 'revokeEntitlement', id: string) =>
  callAccount(
    server.url,
    operation,
    `<account>${named('ada-1815')}</account><entitlement><merchantEntitlementId>${id}</merchantEntitlementId></entitlement>`,
  );

test('every way of a person through the server: in order, without gaps, as the document has it', async () => {
  const { last } = await page('limit=1000');
  await makePerson(server);
  const cancel = '<autobill><merchantAutoBillId>zanzibar-sub</merchantAutoBillId></autobill>';
  await callService('AutoBill', server.url, 'cancel', `${cancel}<disentitle>1</disentitle>`);
  const { events, last: end, more } = await page(`after=${last}&limit=1000`);
  expect(events.map(({ sequence }) => sequence)).toEqual(
    events.map((_, index) => last + 1 + index),
  );
  expect([end, more]).toEqual([events.at(-1)?.sequence, false]);
  expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
  expect(events.map(({ type }) => type)).toMatchInlineSnapshot(`
   [
     "account.created",
     "entitlement.granted",
     "autobill.started",
     "entitlement.granted",
     "order.granted",
     "entitlement.granted",
     "order.granted",
     "entitlement.granted",
     "order.revoked",
     "entitlement.revoked",
     "account.created",
     "account.updated",
     "account.created",
     "entitlement.granted",
     "entitlement.granted",
     "entitlement.revoked",
     "account.merged",
     "autobill.canceled",
     "entitlement.revoked",
     "autobill.ended",
   ]
  `);
  const given = events.filter(({ data }) => data.source);
  expect(given.map(({ data }) => data.source)).toContainEqual({
    type: 'AutoBill',
    autoBill: { VID: expect.any(String) as string, id: 'zanzibar-sub' },
    item: { VID: expect.any(String) as string, id: 'zanzibar-item' },
    product: { VID: expect.any(String) as string, id: 'news' },
  });
  expect((await page(`after=${last}&limit=1000`)).events).toEqual(events);
});

test('a reader of the feed has the access that there is', async () => {
  await change('grantEntitlement', 'platinum');
  await makePerson(server);
  await change('revokeEntitlement', 'platinum');
  const held = new Map<string, boolean>();
  for (let last = 0, more = true; more;) {
    const read = await page(`after=${last}&limit=7`);
    for (const { data } of read.events) {
      const { entitlement, account, source } = data;
      if (!entitlement) continue;
      const key = [account.VID, entitlement.merchantEntitlementId, source];
      held.set(JSON.stringify(key), entitlement.active);
    }
    ({ last, more } = read);
  }
  const active = [...held.values()].filter(Boolean).length;
  const now = server.store.now();
  const merchant = await server.store.findMerchant('acme_soap');
  const there = await server.ask(
    'SELECT 1 FROM entitlement WHERE merchant_id = ? AND start_at <= ? AND (end_at IS NULL OR end_at > ?)',
    merchant?.id,
    now,
    now,
  );
  expect(there).toHaveLength(active);
});

test('an event of an AutoBill says how it stood before, and on which day it is billed', async () => {
  const { last } = await page('limit=1000');
  await makePerson(server);
  const named = { merchantAutoBillId: 'zanzibar-sub' };
  const path = `/autobills/${named.merchantAutoBillId}`;
  await server.call('POST', `${path}/payment-failed`, { body: { final: true } });
  await server.call('POST', `${path}/payment-succeeded`, { body: {} });
  const types =
    'autobill.started,autobill.payment_failed,autobill.ended,autobill.payment_succeeded';
  const { events } = await page(`after=${last}&types=${types}`);
  const seen = events.map(({ type, data }) => {
    const { stood, standing, billingDay } = data.autoBill as Record<string, unknown>;
    return [type, stood, standing, billingDay];
  });
  expect(seen).toEqual([
    ['autobill.started', undefined, 'active', 1],
    ['autobill.payment_failed', 'active', 'failed', 1],
    ['autobill.ended', 'active', 'failed', 1],
    ['autobill.payment_succeeded', 'failed', 'active', 1],
  ]);
});

test('an entitlement that ends with its plan names that plan', async () => {
  await makePerson(server);
  const plan = (name: string, id: string) =>
    '<autobill><merchantAutoBillId>zanzibar-sub</merchantAutoBillId><billingPlan>' +
    `<merchantBillingPlanId>${name}</merchantBillingPlanId><periods><type>Year</type></periods>` +
    `<merchantEntitlementIds><id>${id}</id></merchantEntitlementIds></billingPlan></autobill>`;
  await callService('AutoBill', server.url, 'update', plan('yearly', 'year'));
  const { last } = await page('limit=1000');
  await callService('AutoBill', server.url, 'update', plan('longer', 'more'));
  const types = 'entitlement.granted,entitlement.revoked';
  const { events } = await page(`after=${last}&types=${types}`);
  const seen = events.map(({ type, data }) => [
    type,
    (data.source as { billingPlan?: { id: string } }).billingPlan?.id,
  ]);
  expect(seen).toEqual([
    ['entitlement.revoked', 'yearly'],
    ['entitlement.granted', 'longer'],
  ]);
});

test('what is refused, and what is rolled back, leaves no number', async () => {
  const { last } = await page('limit=1000');
  await change('revokeEntitlement', 'never');
  await server.call('POST', '/orders/unknown/revoke', { body: { reason: 'refunded' } });
  expect(await page(`after=${last}`)).toEqual({ events: [], last, more: false });
});

test('filters move on; an unknown type names the nearest; nothing is after the end', async () => {
  await change('grantEntitlement', 'platinum');
  const all = await page('limit=1000');
  const revoked = await page('types=entitlement.revoked&limit=1000');
  expect(revoked).toEqual({ events: [], last: all.last, more: false });
  const ofAda = await page('account=ada-1815&types=entitlement.granted');
  expect(ofAda.events.map(({ data }) => data.entitlement?.merchantEntitlementId)).toEqual([
    'archive',
    'platinum',
  ]);
  const refusal = async (query: string) => {
    const { status, body } = await server.call('GET', `/events?${query}`);
    return [status, (body as { message: string }).message];
  };
  expect(await refusal('types=entitlement.grant')).toEqual([
    400,
    expect.stringContaining('did you mean entitlement.granted') as string,
  ]);
  expect(await refusal('account=nobody')).toEqual([404, 'There is no account nobody.']);
  expect(await refusal(`after=${all.last + 1}`)).toEqual([
    409,
    expect.stringContaining(`the last event is ${all.last}`) as string,
  ]);
});

test('a page waits for what comes', async () => {
  await change('grantEntitlement', 'platinum');
  const { last } = await page('limit=1000');
  const waiting = page(`after=${last}&wait=30`);
  await change('revokeEntitlement', 'platinum');
  expect((await waiting).events.map(({ type }) => type)).toEqual(['entitlement.revoked']);
});

/** Reads a stream until it has had a number of events, then goes away. */
function streamed(after: number, count: number): Promise<string[]> {
  const { port, hostname } = new URL(server.url);
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(Number(port), hostname, () => {
      socket.write(
        `GET /v1/events HTTP/1.1\r\nHost: x\r\nX-API-KEY: ${KEY}\r\nAccept: text/event-stream\r\n` +
          `Last-Event-ID: ${after}\r\n\r\n`,
      );
    });
    socket.on('data', (chunk) => {
      text += chunk.toString();
      const ids = [...text.matchAll(/^id: (\d+)\nevent: (\S+)$/gm)].map(
        ([, id, type]) => `${id} ${type}`,
      );
      if (ids.length < count) return;
      socket.destroy();
      resolve([/content-type: (.*)\r/i.exec(text)?.[1] ?? '', ...ids.slice(0, count)]);
    });
    socket.on('error', reject);
  });
}

test('a stream over a bare socket goes on after the last event that was seen', async () => {
  await change('grantEntitlement', 'platinum');
  const { last } = await page('limit=1000');
  const first = streamed(last - 1, 2);
  await change('revokeEntitlement', 'platinum');
  const head = expect.stringContaining('text/event-stream') as string;
  expect(await first).toEqual([
    head,
    `${last} entitlement.granted`,
    `${last + 1} entitlement.revoked`,
  ]);
  expect(await streamed(last, 1)).toEqual([head, `${last + 1} entitlement.revoked`]);
});
