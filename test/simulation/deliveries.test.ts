/** Webhooks and push notifications by a merchant's clock: its steps try them, and say what came of it. */
import { SYSTEM_TIME } from '../../src/base/time';
import { startLatchkey } from '../../src/testing';
import { NOW } from '../harness/server';
import { Receiver } from '../webhooks/receiver';
import { grant, makeMerchant, type Made, startSimulation, type Steered } from './control';

let server: Steered;
let who: Made;
let receiver: Receiver;
/** Of the machine, as `elapsed` counts. */
let elapsed = 0;

beforeEach(async () => {
  const time = { ...SYSTEM_TIME, now: () => NOW, uptime: undefined, elapsed: () => elapsed };
  server = await startSimulation({ time });
  who = await makeMerchant(server, 'test-1');
  receiver = await new Receiver().start();
  await advance('PT0S', 'freeze');
});
afterEach(() => receiver.stop());

interface Step {
  readonly deliveries: {
    readonly attempts: ReadonlyArray<Record<string, unknown>>;
    readonly total: number;
    readonly complete: boolean;
  };
}

async function advance(duration: string, action = 'advance'): Promise<Step> {
  const change = action === 'advance' ? { action, duration } : { action };
  const { body, status } = await server.control('PUT', '/merchants/test-1/clock', change);
  expect([status, body.message]).toEqual([200, undefined]);
  return body as unknown as Step;
}

async function add(path: 'webhooks' | 'push', body: object): Promise<Record<string, string>> {
  const response = await fetch(`${server.url}/v1/${path}`, {
    method: 'POST',
    headers: { 'X-API-KEY': who.apiKey, 'Content-Type': 'application/json' },
    body: JSON.stringify({ url: receiver.url, ...body }),
  });
  expect(response.status).toBe(200);
  return (await response.json()) as Record<string, string>;
}

/** When messages say that they were sent, in seconds after the clock's first moment. */
const sentAfter = () =>
  receiver.received.map(
    ({ headers }) => Number(headers['webhook-timestamp']) - Math.floor(NOW / 1000),
  );

const triedAt = ({ deliveries }: Step) => deliveries.attempts.map(({ at }) => at);

test('a step sends what falls due on the way, each at its own moment, and says so', async () => {
  const { id = '', secret = '' } = await add('webhooks', {});
  await grant(server, who, { end: '2024-06-10T00:00:00Z' });
  const { deliveries } = await advance('P1M');
  const common = { endpoint: id, attempt: 1, status: 204, state: 'delivered' };
  expect(deliveries).toEqual({
    attempts: [
      { ...common, at: '2024-06-01T12:00:00.500Z', message: '1', event: 'account.created' },
      { ...common, at: '2024-06-01T12:00:00.500Z', message: '2', event: 'entitlement.granted' },
      { ...common, at: '2024-06-10T00:00:00.000Z', message: '3', event: 'entitlement.expired' },
    ],
    total: 3,
    complete: true,
  });
  expect(receiver.events.map(({ type }) => type)).toEqual([
    'account.created',
    'entitlement.granted',
    'entitlement.expired',
  ]);
  expect(sentAfter()).toEqual([0, 0, (Date.parse('2024-06-10T00:00:00Z') - NOW + 500) / 1000]);
  expect(secret).toMatch(/^whsec_/);
  expect((await advance('P1M')).deliveries).toEqual({ attempts: [], total: 0, complete: true });
});

test('a webhook’s retries come after the pauses of the specification, without chance', async () => {
  await add('webhooks', { types: ['entitlement.granted'] });
  await grant(server, who);
  receiver.manner = (response) =>
    response.writeHead(receiver.received.length < 3 ? 500 : 200).end();
  const first = await advance('PT4S');
  expect(first.deliveries.attempts).toMatchObject([
    { attempt: 1, status: 500, failure: 'answered 500', state: 'waiting' },
  ]);
  const { deliveries } = await advance('PT1H');
  expect(deliveries.attempts).toMatchObject([
    { at: '2024-06-01T12:00:05.500Z', attempt: 2, state: 'waiting' },
    { at: '2024-06-01T12:05:05.500Z', attempt: 3, state: 'delivered' },
  ]);
  expect(sentAfter()).toEqual([0, 5, 305]);
  expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1);
});

test('a push notification is sent again as often and after as long as its subscription says', async () => {
  await add('push', { class: 'entitlement', retries: 2, interval: 90 });
  receiver.manner = 500;
  await grant(server, who);
  await grant(server, who, { account: 'a2' });
  const step = await advance('P1D');
  const moments = ['12:00:00', '12:01:30', '12:03:00'].flatMap((time) => [time, time]);
  expect(triedAt(step)).toEqual(moments.map((time) => `2024-06-01T${time}.500Z`));
  expect(step.deliveries.attempts.map(({ state }) => state)).toEqual([
    ...['waiting', 'waiting', 'waiting', 'waiting'],
    ...['failed', 'failed'],
  ]);
  receiver.manner = 200;
  await grant(server, who, { account: 'a3' });
  await advance('PT0S');
  const { header } = JSON.parse(receiver.received.at(-1)?.body ?? '') as {
    header: Record<string, string>;
  };
  // By the clock, in the zone of the server.
  expect(header.submitted).toMatch(/^2024-06-02T05:00:00\./);
});

test('a pause that a webhook asks for passes by the clock; 410 disables it', async () => {
  const { id = '' } = await add('webhooks', { types: ['entitlement.granted'] });
  await grant(server, who);
  receiver.manner = (response) => response.writeHead(503, { 'Retry-After': '3600' }).end();
  await advance('PT59M');
  receiver.manner = 410;
  const step = await advance('P1D');
  expect(step.deliveries.attempts).toMatchObject([{ at: '2024-06-01T13:00:00.500Z', status: 410 }]);
  expect(step.deliveries.total).toBe(1);
  const response = await fetch(`${server.url}/v1/webhooks/${id}`, {
    headers: { 'X-API-KEY': who.apiKey },
  });
  expect(await response.json()).toMatchObject({
    state: 'disabled',
    disabledAt: '2024-06-01T13:00:00.500Z',
  });
});

test('receivers are waited for, half a minute together; what is left stays due', async () => {
  await add('webhooks', { types: ['entitlement.granted'] });
  await grant(server, who);
  receiver.manner = (response) => {
    elapsed += 16_000;
    response.writeHead(500).end();
  };
  const { deliveries } = await advance('P1D');
  expect(deliveries).toMatchObject({ total: 2, complete: false });
  expect((await advance('PT0S')).deliveries).toMatchObject({
    attempts: [{ at: '2024-06-02T12:00:00.500Z', attempt: 3 }],
    complete: true,
  });
});

test('each merchant has messages by its own clock, and a restored one goes on from there', async () => {
  await add('webhooks', { types: ['entitlement.granted', 'entitlement.expired'] });
  await server.control('POST', '/merchants/test-1/snapshots/early');
  const other = await makeMerchant(server, 'test-2');
  await grant(server, other);
  await grant(server, who, { end: '2024-06-10T00:00:00Z' });
  expect((await advance('P1M')).deliveries.total).toBe(2);
  await server.control('POST', '/merchants/test-1/snapshots/early/restore');
  await grant(server, who, { account: 'b', end: '2024-06-10T00:00:00Z' });
  expect((await advance('P1M')).deliveries.total).toBe(2);
  const accounts = receiver.events.map(
    ({ data }) => (data.account as { merchantAccountId: string }).merchantAccountId,
  );
  expect(accounts).toEqual(['a1', 'a1', 'b', 'b']);
});

test('what calls bring about is sent at once by the background, at the moment of a frozen clock', async () => {
  await using latchkey = await startLatchkey();
  await using merchant = await latchkey.merchant();
  await merchant.clock.freeze('2031-01-01T00:00:00Z');
  who = merchant;
  server = { ...server, url: latchkey.url };
  await add('webhooks', { types: ['entitlement.granted'] });
  await grant(latchkey, merchant);
  await receiver.until(1);
  expect(receiver.received[0]?.headers['webhook-timestamp']).toBe(
    String(Date.parse('2031-01-01T00:00:00Z') / 1000),
  );
  receiver.manner = 500;
  await grant(latchkey, merchant, { account: 'a2' });
  await receiver.until(2);
  receiver.manner = 200;
  const { deliveries } = await merchant.clock.advance('PT5S');
  expect(deliveries).toMatchObject({
    attempts: [{ at: '2031-01-01T00:00:05.000Z', attempt: 2, state: 'delivered' }],
  });
});
