/** Failed payments of AutoBills to the letter: whole answers, whole lines, calendars and ends. */
import type { TestServerOptions } from '../harness/server';
import { NOW } from '../harness/server';
import { callAccount, callService } from '../harness/soap-call';
import { textOf } from '../harness/xml';
import { type RestServer, startRestServer } from './rest';
import { collect } from '../harness/collect';

const DAY = 24 * 60 * 60 * 1000;
const ADA = '<account><merchantAccountId>ada-1815</merchantAccountId></account>';

let server: RestServer;
let seen = 0;

async function start(options: TestServerOptions = {}): Promise<void> {
  server = await startRestServer(options);
}

afterEach(() => server.stop());

/** The values of an AutoBill in a request, beside its id. */
interface Sold {
  readonly id?: string;
  /** The inside of its period. */
  readonly period?: string;
  /** The plan's own entitlements. */
  readonly planGives?: string;
  readonly start?: string;
}

/** Starts an AutoBill of a product that entitles to `news`. @returns its VID */
async function sell({ id = 'b1', period = '', planGives, start: at }: Sold = {}): Promise<string> {
  const ids = planGives && `<merchantEntitlementIds><id>${planGives}</id></merchantEntitlementIds>`;
  const parts =
    '<srd>{"autobill":["status"]}</srd>' +
    `<autobill><merchantAutoBillId>${id}</merchantAutoBillId>${ADA}` +
    `<billingPlan><merchantBillingPlanId>plan of ${id}</merchantBillingPlanId>` +
    `<periods><type>Month</type>${period}</periods>${ids ?? ''}</billingPlan>` +
    '<items><product><merchantProductId>paper</merchantProductId>' +
    '<merchantEntitlementIds><id>news</id></merchantEntitlementIds></product></items>' +
    `${at ? `<startTimestamp>${at}</startTimestamp>` : ''}</autobill>`;
  const { body, returnString } = await callService('AutoBill', server.url, 'update', parts);
  expect(returnString).toBe('OK');
  await newRows();
  return textOf(body, 'VID') ?? '';
}

async function cancel(disentitle: boolean): Promise<void> {
  const parts =
    '<autobill><merchantAutoBillId>b1</merchantAutoBillId></autobill>' +
    `<disentitle>${disentitle}</disentitle>`;
  const { returnString } = await callService('AutoBill', server.url, 'cancel', parts);
  expect(returnString).toBe('OK');
}

/** @param body undefined: none is sent */
async function report(what: 'failed' | 'succeeded', body?: object, id = 'b1') {
  const answer = await server.call('POST', `/autobills/${id}/payment-${what}`, { body });
  expect([answer.status, answer.body]).toEqual([200, expect.anything()]);
  return answer.body as Record<string, unknown>;
}

async function show(id = 'b1'): Promise<unknown> {
  return (await server.call('GET', `/autobills/${id}`)).body;
}

async function isEntitled(id = 'news'): Promise<boolean> {
  const parts = `${ADA}<merchantEntitlementId>${id}</merchantEntitlementId>`;
  const { body } = await callAccount(server.url, 'isEntitled', parts);
  return textOf(body, 'entitled') === '1';
}

/** Values that the ledger makes up, so no test can know them. */
const MADE = ['id', 'VID', 'soapId'];

/** The lines that the ledger has gained since the last time. */
async function newRows(): Promise<object[]> {
  const rows = await collect(server.store.listLedger({}));
  const gained = rows.slice(seen);
  seen = rows.length;
  return gained.map((row) =>
    Object.fromEntries(Object.entries(row).filter(([name]) => !MADE.includes(name))),
  );
}

beforeEach(() => (seen = 0));

const ms = (text: string) => Date.parse(text);

test('a failure and the payment after the grace: every field of the answer, every line', async () => {
  await start();
  const vid = await sell({ planGives: 'archive' });
  const begun = ms('2024-06-01T11:59:59Z');
  // 23:59:59 on 8 June in Los Angeles.
  const until = ms('2024-06-09T06:59:59Z');
  const failed = await report('failed', { note: 'declined' });
  const given = {
    active: true,
    start: '2024-06-01T11:59:59.000Z',
    end: '2024-06-09T06:59:59.000Z',
  };
  expect(failed).toEqual({
    merchantAutoBillId: 'b1',
    VID: vid,
    userId: expect.stringMatching(/^[0-9a-f]{40}$/) as string,
    standing: 'retrying',
    active: true,
    start: '2024-06-01T11:59:59.000Z',
    end: '2024-06-09T06:59:59.000Z',
    nextBilling: '2024-07-01T07:00:00.000Z',
    retrySince: '2024-06-01T12:00:00.500Z',
    graceUntil: '2024-06-09T06:59:59.000Z',
    entitlements: expect.arrayContaining([
      { merchantEntitlementId: 'archive', ...given },
      { merchantEntitlementId: 'news', ...given },
    ]) as unknown,
  });
  expect(failed.entitlements).toHaveLength(2);
  const ofPlan = { merchantEntitlementId: 'archive', sourceId: vid };
  const ofProduct = {
    merchantEntitlementId: 'news',
    sourceId: expect.stringMatching(`^${vid}/[0-9a-f]{40}$`) as string,
  };
  const open = { start: begun };
  const bounded = { ...open, end: until };
  const common = { merchant: 'acme_soap', merchantAccountId: 'ada-1815', source: 'AutoBill' };
  const failure = { action: 'revoke', reason: 'payment_failed', note: 'declined', actor: 'shop' };
  const change = { ...common, ...failure, at: NOW, before: open, after: bounded };
  expect(await newRows()).toEqual([
    { ...ofPlan, ...change },
    { ...ofProduct, ...change },
  ]);

  const later = NOW + 10 * DAY;
  server.setNow(later);
  expect(await report('succeeded', { note: 'paid' })).toMatchObject({ active: true });
  const expiry = { ...common, action: 'expire', actor: 'latchkey' };
  const expired = { ...expiry, at: until, before: bounded, after: bounded };
  const payment = { action: 'restore', reason: 'payment_succeeded', note: 'paid', actor: 'shop' };
  const restored = { ...common, ...payment, at: later, before: bounded, after: open };
  expect(await newRows()).toEqual([
    { ...ofPlan, ...expired },
    { ...ofProduct, ...expired },
    { ...ofPlan, ...restored },
    { ...ofProduct, ...restored },
  ]);
});

test.each([
  ['America/Los_Angeles', '2024-03-16T06:59:59.000Z'],
  ['Europe/Berlin', '2024-03-15T22:59:59.000Z'],
])('days of grace are days of the calendar in %s', async (timeZone, graceUntil) => {
  // Clocks change on 10 March in California, on 31 March in Germany.
  await start({ settings: { timeZone }, now: ms('2024-03-08T21:00:00Z') });
  await sell();
  expect(await report('failed')).toMatchObject({ graceUntil, end: graceUntil });
  server.setNow(ms(graceUntil) - 1);
  expect(await isEntitled()).toBe(true);
  server.setNow(ms(graceUntil));
  expect(await isEntitled()).toBe(false);
});

test('after a payment the next failure has its own days of grace', async () => {
  await start();
  await sell();
  await report('failed');
  server.setNow(NOW + 3 * DAY);
  await report('succeeded');
  server.setNow(NOW + 5 * DAY);
  expect(await report('failed')).toMatchObject({
    retrySince: '2024-06-06T12:00:00.500Z',
    graceUntil: '2024-06-14T06:59:59.000Z',
  });
});

test('given up while it is tried again, the access ends before the grace does', async () => {
  await start();
  await sell();
  await report('failed');
  server.setNow(NOW + 2 * DAY);
  const ended = { standing: 'failed', active: false, end: '2024-06-03T11:59:59.000Z' };
  expect(await report('failed', { final: true })).toMatchObject(ended);
  await newRows();
  server.setNow(NOW + 4 * DAY);
  const answer = await report('failed', { final: true });
  expect(answer).toMatchObject({ ...ended, retrySince: '2024-06-01T12:00:00.500Z' });
  expect(answer).not.toHaveProperty('nextBilling');
  expect(await newRows()).toEqual([]);
});

test('an end of the plan that comes before the grace ends stays, without a line', async () => {
  await start();
  await sell({ period: '<cycles>1</cycles>' });
  server.setNow(ms('2024-06-28T12:00:00Z'));
  expect(await report('failed')).toMatchObject({
    end: '2024-07-01T06:59:59.000Z',
    graceUntil: '2024-07-06T06:59:59.000Z',
  });
  expect(await newRows()).toEqual([]);
  server.setNow(ms('2024-07-01T12:00:00Z'));
  expect(await isEntitled()).toBe(false);
});

test.each([
  ['failed', {}],
  ['failed', { final: true }],
  ['succeeded', {}],
] as const)('payment-%s %j of one whose plan has run out changes nothing', async (what, body) => {
  await start();
  await sell({ period: '<cycles>1</cycles>' });
  server.setNow(ms('2024-07-02T12:00:00Z'));
  const before = await show();
  expect(before).toMatchObject({ standing: 'expired', active: false });
  expect(await report(what, body)).toEqual(before);
  expect(await newRows()).toEqual([]);
});

test('a payment does not bring back what ran out while it was tried again', async () => {
  await start();
  await sell({ period: '<cycles>1</cycles>' });
  await report('failed');
  await newRows();
  server.setNow(ms('2024-07-02T12:00:00Z'));
  expect(await report('succeeded')).toMatchObject({ standing: 'expired', active: false });
  expect(await isEntitled()).toBe(false);
  // The grace had ended before; the call writes that down first.
  const expire = { action: 'expire', actor: 'latchkey', at: ms('2024-06-09T06:59:59Z') };
  expect(await newRows()).toMatchObject([expire]);
});

test('a payment does not bring back what a cancellation ended at once', async () => {
  await start();
  await sell();
  await report('failed');
  await cancel(true);
  await newRows();
  expect(await report('succeeded')).toMatchObject({ standing: 'cancelled', active: false });
  expect(await isEntitled()).toBe(false);
  expect(await newRows()).toEqual([]);
});

test('given up before it starts it never entitles, until it is paid', async () => {
  await start();
  await sell({ start: '2024-06-10T00:00:00Z' });
  expect(await report('failed', { final: true })).toMatchObject({ standing: 'failed' });
  server.setNow(ms('2024-06-11T00:00:00Z'));
  expect(await isEntitled()).toBe(false);
  expect(await report('succeeded')).toMatchObject({
    standing: 'active',
    active: true,
    entitlements: [{ start: '2024-06-10T00:00:00.000Z' }],
  });
  expect(await isEntitled()).toBe(true);
});

test("an id counts before another AutoBill's VID", async () => {
  await start();
  const vid = await sell();
  await sell({ id: vid });
  await report('failed', {}, vid);
  expect(await show(vid)).toMatchObject({ merchantAutoBillId: vid, standing: 'retrying' });
  expect(await show('b1')).toMatchObject({ VID: vid, standing: 'active' });
});
