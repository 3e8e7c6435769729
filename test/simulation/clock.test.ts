/** The clock of a merchant: what it shows, and what happens when it is moved on. */
import { NOW } from '../harness/server';
import { callAccount, callEntitlement, callService } from '../harness/soap-call';
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

const clock = (body?: unknown) =>
  server.control(body === undefined ? 'GET' : 'PUT', '/merchants/test-1/clock', body);

/** The lines of the ledger, as the audit lists them. */
async function audit(): Promise<Array<Record<string, unknown>>> {
  const response = await fetch(`${server.url}/v1/audit`, { headers: { 'X-API-KEY': who.apiKey } });
  const { lines } = (await response.json()) as { lines: Array<Record<string, unknown>> };
  return lines;
}

test('it shows the time of the machine until it is set', async () => {
  const now = new Date(NOW).toISOString();
  expect((await clock()).body).toEqual({ mode: 'running', now, system: now });
});

test('it says when the next change falls due, and nothing where none is in sight', async () => {
  await grant(server, who, { end: '2024-06-10T00:00:00Z' });
  await grant(server, who, { account: 'a2', end: '2024-06-05T00:00:00Z' });
  const nextDue = '2024-06-05T00:00:00.000Z';
  expect((await clock()).body).toMatchObject({ nextDue });
  const moved = await clock({ action: 'set', instant: nextDue });
  expect(moved.body).toMatchObject({ total: 1, nextDue: '2024-06-10T00:00:00.000Z' });
  await clock({ action: 'advance', duration: 'P1M' });
  expect((await clock()).body).not.toHaveProperty('nextDue');
});

test('advance: what fell due happened at its own moment; call, Date, ledger and changes show it', async () => {
  await grant(server, who, { end: '2024-06-10T00:00:00Z' });
  await grant(server, who, { account: 'a2', end: '2024-06-05T00:00:00Z' });
  const { status, body, headers } = await clock({ action: 'advance', duration: 'P1M' });
  expect(status).toBe(200);
  expect(body).toMatchObject({
    mode: 'running',
    now: '2024-07-01T12:00:00.500Z',
    total: 2,
    happened: [
      { at: '2024-06-05T00:00:00.000Z', account: 'a2', entitlement: 'play', action: 'expire' },
      { at: '2024-06-10T00:00:00.000Z', account: 'a1', entitlement: 'play', action: 'expire' },
    ],
  });
  expect(headers.get('Date')).toBe('Mon, 01 Jul 2024 12:00:00 GMT');
  expect(await isEntitled(server, who)).toBe('0');
  expect((await audit()).map(({ at, action }) => [action, at])).toEqual([
    ['grant', '2024-06-01T12:00:00.500Z'],
    ['grant', '2024-06-01T12:00:00.500Z'],
    ['expire', '2024-06-05T00:00:00.000Z'],
    ['expire', '2024-06-10T00:00:00.000Z'],
  ]);
  const delta = await callEntitlement(
    server.url,
    'fetchDeltaSince',
    '<timestamp>2024-06-08T00:00:00Z</timestamp><endTimestamp>2024-06-30T00:00:00Z</endTimestamp><page>0</page><pageSize>9</pageSize>',
    who,
  );
  expect(delta.body).toContain('<merchantAccountId>a1<');
  expect(delta.body).not.toContain('<merchantAccountId>a2<');
});

test('what a call changes is dated by the clock of its merchant, and of no other', async () => {
  const other = await makeMerchant(server, 'test-2');
  await clock({ action: 'freeze', instant: '2031-01-01T00:00:00Z' });
  await grant(server, who);
  await grant(server, other);
  expect((await audit()).map(({ at }) => at)).toEqual(['2031-01-01T00:00:00.000Z']);
  const response = await fetch(`${server.url}/v1/audit`, {
    headers: { 'X-API-KEY': other.apiKey },
  });
  expect(await response.json()).toMatchObject({ lines: [{ at: new Date(NOW).toISOString() }] });
});

test('an advance of a frozen clock freezes it again; run lets it go on', async () => {
  await clock({ action: 'freeze' });
  server.setNow(NOW + 60_000);
  expect((await clock()).body).toMatchObject({ mode: 'frozen', now: new Date(NOW).toISOString() });
  await clock({ action: 'advance', duration: 'PT36H' });
  expect((await clock()).body).toMatchObject({ mode: 'frozen', now: '2024-06-03T00:00:00.500Z' });
  await clock({ action: 'run' });
  server.setNow(NOW + 120_000);
  expect((await clock()).body).toMatchObject({ mode: 'running', now: '2024-06-03T00:01:00.500Z' });
});

test('a month is of the calendar, on the days of the zone of the server', async () => {
  await clock({ action: 'freeze', instant: '2025-01-31T20:00:00Z' });
  await clock({ action: 'advance', duration: 'P1M' });
  expect((await clock()).body.now).toBe('2025-02-28T20:00:00.000Z');
  // Summer time began: the hour of the day stays.
  await clock({ action: 'advance', duration: 'P1M' });
  expect((await clock()).body.now).toBe('2025-03-28T19:00:00.000Z');
});

test('reset: refused while the data are later than the time of the machine', async () => {
  await clock({ action: 'set', instant: '2024-07-01T00:00:00Z' });
  await clock({ action: 'reset' });
  expect((await clock()).body.now).toBe(new Date(NOW).toISOString());
  await clock({ action: 'set', instant: '2024-07-01T00:00:00Z' });
  await grant(server, who);
  const { status, body } = await clock({ action: 'reset' });
  expect([status, body.message]).toEqual([
    409,
    'The data of test-1 are later than the time of the machine, up to 2024-07-01T00:00:00.000Z: ' +
      'reset them, or restore a snapshot.',
  ]);
  expect((await clock()).body.now).toBe('2024-07-01T00:00:00.000Z');
});

test('starts and ends of AutoBills happen on the way, among those of entitlements, in order', async () => {
  const parts =
    '<autobill><merchantAutoBillId>x</merchantAutoBillId>' +
    '<account><merchantAccountId>a1</merchantAccountId></account>' +
    '<billingPlan><merchantBillingPlanId>b</merchantBillingPlanId>' +
    '<periods><type>Month</type><quantity>1</quantity><cycles>3</cycles></periods>' +
    '<merchantEntitlementIds><id>tv</id></merchantEntitlementIds></billingPlan>' +
    '<items><product><merchantProductId>p</merchantProductId></product></items>' +
    '<startTimestamp>2024-06-11T07:00:00Z</startTimestamp></autobill>';
  const reply = await callService('AutoBill', server.url, 'update', parts, who);
  expect(reply.returnString).toBe('OK');
  await grant(server, who, { account: 'a2', end: '2024-07-01T00:00:00Z' });
  const { body } = await clock({ action: 'advance', duration: 'P1Y' });
  const happened = body.happened as Array<{ at: string; action: string }>;
  expect(happened.map(({ action }) => action)).toEqual([
    'autobill.started',
    'start',
    'expire',
    'expire',
    'autobill.ended',
  ]);
  const moments = happened.map(({ at }) => at);
  expect(moments).toEqual([...moments].sort());
});

test.each([
  [{}, /^action /],
  [{ action: 'stop' }, /^action /],
  [{ action: 'set' }, 'instant is missing'],
  [{ action: 'advance' }, 'duration is missing'],
  [{ action: 'run', instant: '2030-01-01T00:00:00Z' }, 'instant must be absent: run takes none'],
  [
    { action: 'set', instant: '2030-01-01T00:00:00Z', duration: 'P1D' },
    'duration must be absent: set takes none',
  ],
  [{ action: 'set', instant: '2031-02-30T00:00:00Z' }, /^instant /],
  [
    { action: 'set', instant: '2024-01-01T00:00:00Z' },
    /^instant must not be before 2024-06-01T12:00:00.500Z/,
  ],
  [
    { action: 'advance', duration: '1M' },
    'duration must be an ISO 8601 duration such as P1M or PT36H',
  ],
  [
    { action: 'advance', duration: '-P1M' },
    'duration must be an ISO 8601 duration such as P1M or PT36H',
  ],
  [{ action: 'advance', duration: 'P9999Y' }, 'duration leads beyond 9999-12-31T23:59:59.000Z'],
  [{ action: 'advance', duration: 'P1D', speed: 2 }, /^the body must not have "speed"/],
])('%j is refused, and nothing changes', async (change, message) => {
  await grant(server, who, { end: '2024-06-10T00:00:00Z' });
  const before = (await clock()).body;
  const { status, body } = await clock(change);
  expect(status).toBe(400);
  expect(body.message).toEqual(
    typeof message === 'string' ? message : expect.stringMatching(message),
  );
  expect((await clock()).body).toEqual(before);
  expect(await audit()).toHaveLength(1);
});

test('a call beside it goes on while a clock is moved on', async () => {
  await grant(server, who, { end: '2024-06-10T00:00:00Z' });
  const [moved, called] = await Promise.all([
    clock({ action: 'advance', duration: 'P1Y' }),
    callAccount(server.url, 'isEntitled', ''),
  ]);
  expect([moved.status, called.returnCode]).toEqual([200, '400']);
});
