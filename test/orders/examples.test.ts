/** The examples of the OpenAPI document: each is sent to a server with the demo data, and gets the answer it shows. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROUTES } from '../../src/api/routes';
import type { Demo } from '../../src/demo';
import { type PlainExample, scopeOf } from '../../src/rest/route';
import type { Fate } from '../../src/store/webhooks';
import { ROOT } from '../harness/server';
import { callService } from '../harness/soap-call';
import { onlyContent } from './document';
import { ADMIN_KEY, KEY, type RestServer, startRestServer } from './rest';

const DEMO = JSON.parse(readFileSync(join(ROOT, 'fixtures', 'demo.json'), 'utf8')) as Demo;
/** The keys of the calls of a scope. */
const keyFor = (route: (typeof ROUTES)[number]) => (scopeOf(route) === 'admin' ? ADMIN_KEY : KEY);
const NOW = Date.parse('2026-01-31T23:00:00Z');

/** What must be there before the example of a call: examples of other calls, by their names, or something else. */
const BEFORE: Readonly<Record<string, ReadonlyArray<string | ((server: RestServer) => unknown)>>> =
  {
    getOrder: ['grantOffer'],
    listOrders: ['grantOffer'],
    listOrderHistory: ['grantOffer'],
    revokeOrder: ['grantOffer'],
    restoreOrder: ['grantOffer', 'revokeOrder'],
    reportOrderPaymentFailed: ['grantOffer'],
    reportOrderPaymentSucceeded: ['grantOffer', 'reportOrderPaymentFailed'],
    setOrderState: ['grantOffer'],
    setOfferState: ['grantOffer'],
    findUserByEmail: ['grantOffer'],
    listUsers: ['grantOffer'],
    endUsersOrders: ['grantOffer'],
    endUsersOrdersByPost: ['grantOffer'],
    listAuditLines: ['grantOffer'],
    getAccess: ['grantOffer'],
    listEvents: ['grantOffer'],
    listWebhooks: [makeWebhook],
    getWebhook: [makeWebhook],
    changeWebhook: [makeWebhook],
    removeWebhook: [makeWebhook],
    rotateWebhook: [makeWebhook],
    testWebhook: [makeWebhook],
    replayWebhook: [makeWebhook],
    listWebhookMessages: [makeWebhook, makeMessage],
    getWebhookMessage: [makeWebhook, makeMessage],
    resendWebhookMessage: [makeWebhook, makeMessage],
    listPushSubscriptions: [makePush],
    getPushSubscription: [makePush],
    changePushSubscription: [makePush],
    removePushSubscription: [makePush],
    testPushSubscription: [makePush],
    listFailedPushMessages: [makePush, makeFailed],
    resendPushMessage: [makePush, makeFailed],
    getAutoBill: [makeAutoBill],
    reportAutoBillPaymentFailed: [makeAutoBill],
    reportAutoBillPaymentSucceeded: [makeAutoBill, 'reportAutoBillPaymentFailed'],
    stopAutoBill: [makeAutoBill],
    listWork: [beginWork],
  };

/** The AutoBill `sub-1`, as a SOAP client makes it. */
function makeAutoBill(server: RestServer) {
  const parts =
    '<autobill><merchantAutoBillId>sub-1</merchantAutoBillId>' +
    '<account><merchantAccountId>xyz123</merchantAccountId></account>' +
    '<billingPlan><merchantBillingPlanId>monthly</merchantBillingPlanId>' +
    '<periods><type>Month</type></periods></billingPlan>' +
    '<items><product><merchantProductId>news</merchantProductId>' +
    '<merchantEntitlementIds><id>news</id></merchantEntitlementIds></product></items></autobill>';
  return callService('AutoBill', server.url, 'update', parts, DEMO);
}

/** A change of an offer that has 30 orders left. */
async function beginWork({ store }: RestServer) {
  const merchant = await store.findMerchant(DEMO.login);
  const [callId, subject] = ['0'.repeat(40), 1];
  const work = { kind: 'offer', subject, name: 'course-a', actor: 'shop', callId, begunAt: NOW };
  const insert = { ...work, done: 100, total: 130 };
  await store.transact(merchant?.id ?? 0, async ({ longWork }) => longWork.insert(insert));
}

/** The webhook of the examples. */
async function makeWebhook({ store }: RestServer) {
  const merchant = await store.findMerchant(DEMO.login);
  const signing = [{ value: `whsec_${Buffer.alloc(32).toString('base64')}` }];
  await store.transact(merchant?.id ?? 0, async ({ webhooks, events }) =>
    webhooks.insert({
      endpointId: '5b3907c2e4a6881b3d5f7092a4c6e8f01f0c7d1f',
      kind: 'webhook',
      format: 'standard',
      url: 'https://shop.example.com/hooks',
      private: false,
      settings: { types: ['entitlement.granted', 'entitlement.revoked'] },
      secrets: { signing },
      createdAt: NOW,
      createdBy: 'office',
      cursor: await events.last(),
    }),
  );
}

/** The subscription to push notifications of the examples. */
async function makePush({ store }: RestServer) {
  const merchant = await store.findMerchant(DEMO.login);
  await store.transact(merchant?.id ?? 0, async ({ webhooks }) =>
    webhooks.insert({
      endpointId: '5b3907c2e4a6881b3d5f7092a4c6e8f01f0c7d1f',
      kind: 'push',
      format: 'json',
      url: 'https://shop.example.com/push',
      private: false,
      settings: { class: 'entitlement', skip: [], coalesce: false, retries: 5, interval: 60 },
      secrets: { signing: [{ value: 'key' }] },
      createdAt: NOW,
      createdBy: 'office',
      cursor: 0,
    }),
  );
}

/** A message to it that has been delivered. */
async function makeMessage({ store }: RestServer) {
  const merchant = await store.findMerchant(DEMO.login);
  await store.transact(merchant?.id ?? 0, async ({ webhooks }) => {
    const text = { messageId: '0'.repeat(40), event: 'entitlement.granted', body: '{}' };
    await webhooks.insertDeliveries(1, [{ lane: 1, sequence: 4, ...text }], NOW);
    const [made] = await webhooks.listDeliveries({ endpoint: 1, limit: 1 });
    if (!made) return;
    const came = { status: 204, failure: undefined, answer: '' };
    const attempt = { number: 1, at: NOW, duration: 38, ...came };
    await webhooks.settle(made, attempt, { state: 'delivered', endedAt: NOW });
  });
}

/** A message to it that failed for good. */
async function makeFailed({ store }: RestServer) {
  const merchant = await store.findMerchant(DEMO.login);
  await store.transact(merchant?.id ?? 0, async ({ webhooks }) => {
    const text = { messageId: '0'.repeat(40), event: 'entitlement/start', body: '{}' };
    await webhooks.insertDeliveries(1, [{ lane: 1, sequence: 4, ...text }], NOW);
    const [made] = await webhooks.listDeliveries({ endpoint: 1, limit: 1 });
    if (!made) return;
    const none = { status: 500, failure: 'answered 500', answer: '' };
    for (let number = 1; number <= 6; number += 1) {
      const attempt = { number, at: NOW, duration: 38, ...none };
      const fate: Fate =
        number < 6 ? { state: 'waiting', dueAt: NOW } : { state: 'failed', endedAt: NOW };
      await webhooks.settle({ ...made, attempts: number - 1 }, attempt, fate);
    }
  });
}

/** An exchange as an example shows it. */
async function send(server: RestServer, name: string) {
  const route = ROUTES.find((one) => one.name === name);
  if (!route) throw new Error(`there is no call ${name}`);
  const { method, example } = route;
  const { status, body } = await server.call(method.toUpperCase(), pathOf(route.path, example), {
    ...(example.body === undefined ? {} : { body: example.body }),
    key: keyFor(route),
    headers: example.headers as Record<string, string>,
  });
  return { status, body };
}

function pathOf(template: string, { params = {}, query = {} }: PlainExample): string {
  const path = template.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(params[name])),
  );
  const search = new URLSearchParams(query as Record<string, string>).toString();
  return search === '' ? path : `${path}?${search}`;
}

/** Ids, numbers of lines and keys differ from server to server; that a key was used is written down beside the calls. */
function blurred(value: unknown): unknown {
  const text = JSON.stringify(value)
    .replace(/\b[0-9a-f]{40}\b/g, 'an id')
    .replace(/"[1-9]\d*"/g, '"a number"')
    .replace(/\bLine \d+\b/g, 'Line 1')
    .replace(/"lk_[\w-]{43}"/g, '"a key"')
    .replace(/"whsec_[\w+/=]{44}"/g, '"a secret"')
    .replace(/"key":"[\w-]{40}"/g, '"key":"a key"')
    .replace(/,"lastUsedAt":"[^"]*"/g, '');
  return JSON.parse(text);
}

let server: RestServer;

beforeEach(async () => {
  server = await startRestServer({ merchants: [DEMO], now: NOW });
});
afterEach(() => server.stop());

test.each(ROUTES.map(({ name, example }) => [name, example] as const))(
  '%s: answered as its example shows',
  async (name, { answer }) => {
    for (const step of BEFORE[name] ?? []) {
      if (typeof step === 'string') expect((await send(server, step)).status).toBeLessThan(300);
      else await step(server);
    }
    const { status, body } = await send(server, name);
    expect([status, blurred(body)]).toEqual([answer.status, blurred(answer.body)]);
  },
);

test('the document shows each example: parameters of the path, request and answer', () => {
  for (const { path, method, name, example, ...route } of ROUTES) {
    const operation = server.document.paths[path]?.[method];
    const { parameters = [], requestBody, responses = {} } = operation ?? {};
    const missing = parameters.filter((one) => one.in === 'path' && one.example === undefined);
    expect([name, missing]).toEqual([name, []]);
    expect(onlyContent(requestBody ?? {})?.example).toEqual(example.body);
    const { status, body } = example.answer;
    expect(onlyContent(responses[status] ?? {})?.example).toEqual(body);
    expect([name, route.body === undefined]).toEqual([name, example.body === undefined]);
  }
});
