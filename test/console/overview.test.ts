/** The overview: what it counts of a merchant, and that a large ledger is counted in steps. */
import { NOW } from '../harness/server';
import { callService } from '../harness/soap-call';
import { grant } from '../orders/shop';
import { type Browser, type Console, startConsole } from './console';

const MINUTE = 60_000;

let server: Console;
let sam: Browser;

beforeEach(async () => {
  server = await startConsole();
  sam = await server.signIn('sam', 'acme_soap');
});
afterEach(() => server.stop());

interface Overview {
  readonly from: string;
  readonly step: number;
  readonly points: number;
  readonly calls: ReadonlyArray<{ readonly code: string; readonly counts: number[] }>;
  readonly active: { readonly now: number; readonly isCut: boolean; readonly counts: number[] };
  readonly changes: ReadonlyArray<{
    readonly action: string;
    readonly reason?: string;
    readonly counts: number[];
  }>;
  readonly [name: string]: unknown;
}

const look = async (span = 'hour', browser = sam) =>
  (await browser.get(`/overview?span=${span}`)) as unknown as Overview;
const lastOf = (counts: readonly number[] | undefined, count = 2) => counts?.slice(-count);
const changeOf = ({ changes }: Overview, action: string) =>
  changes.find((change) => change.action === action);

test('calls by code, active entitlements, and changes by reason, minute by minute', async () => {
  const before = (await look()).active.now;
  await grant(server, 'A1');
  await callService('Account', server.url, 'update', '<account/>', {
    login: 'acme_soap',
    password: 'wrong',
  });
  server.setNow(NOW + MINUTE);
  await server.post('/orders/A1/revoke', { reason: 'refunded' });
  const seen = await look();
  expect(seen).toMatchObject({ step: 60, points: 60, changesCut: false });
  expect(Date.parse(seen.from)).toBe(Math.floor(NOW / MINUTE - 58) * MINUTE);
  const codes = seen.calls.map(({ code, counts }) => [code, lastOf(counts)]);
  expect(codes).toEqual([
    ['200', [1, 1]],
    ['403', [1, 0]],
  ]);
  const given = 2;
  expect(seen.active).toMatchObject({ now: before, isCut: false });
  expect(lastOf(seen.active.counts)).toEqual([before + given, before]);
  expect(lastOf(changeOf(seen, 'revoke')?.counts)).toEqual([0, given]);
  expect(changeOf(seen, 'revoke')?.reason).toBe('refunded');
});

test('what is new since the last look is counted once', async () => {
  await grant(server, 'A1');
  const first = changeOf(await look(), 'grant')?.counts.at(-1) ?? 0;
  await grant(server, 'A2', 'lab', 'eve@example.com');
  expect(changeOf(await look(), 'grant')?.counts.at(-1)).toBe(first + 2);
  expect(changeOf(await look(), 'grant')?.counts.at(-1)).toBe(first + 2);
  const { points, step, changes } = await look('month');
  expect([points, step]).toEqual([124, 21_600]);
  expect(changes.find(({ action }) => action === 'grant')?.counts.at(-1)).toBe(first + 2);
});

test('a merchant whose calls are all refused is counted, a made-up login is not', async () => {
  const wrong = { login: 'acme_soap', password: 'wrong' };
  const parts =
    '<account><VID>nothing</VID></account><merchantEntitlementId>x</merchantEntitlementId>';
  await callService('Account', server.url, 'isEntitled', parts, wrong);
  expect((await look()).calls).toEqual([]);
  await callService('Account', server.url, 'isEntitled', parts);
  await callService('Account', server.url, 'isEntitled', parts, wrong);
  expect((await look()).calls.map(({ code, counts }) => [code, counts.at(-1)])).toEqual([
    ['400', 1],
    ['403', 1],
  ]);
});

test('merchants are counted apart; the size of the database is of all', async () => {
  const rob = await server.signIn('rob', 'plain_soap');
  const before = await look('day', rob);
  expect(before.databaseBytes).toBeGreaterThan(10_000);
  await grant(server, 'A1');
  expect(await look('day', rob)).toEqual({
    ...before,
    databaseBytes: expect.any(Number) as unknown,
  });
  expect(before.calls).toEqual([]);
});

test('failed payments of active orders, and endpoints in trouble', async () => {
  await grant(server, 'A1');
  await grant(server, 'A2', 'lab', 'eve@example.com');
  await server.operate(async ({ orders }) => {
    const order = await orders.findOrder('A1');
    if (order) await orders.updateOrder({ ...order, failedPayments: 1 });
  });
  await server.operate(async ({ webhooks }) => {
    const endpoint = await webhooks.insert({
      endpointId: 'w1',
      kind: 'webhook',
      format: 'standard',
      url: 'https://shop.example.com/hooks',
      private: false,
      settings: { description: 'the shop' },
      secrets: { signing: [{ value: 'kept' }] },
      createdAt: NOW,
      createdBy: 'shop',
      cursor: 0,
    });
    await webhooks.setState(endpoint, { disabledAt: NOW, disabledReason: 'failed for five days' });
  });
  const seen = await look();
  expect(seen.inGrace).toEqual({ autoBills: 0, orders: 1, isCut: false });
  expect(seen.endpoints).toEqual([
    {
      id: 'w1',
      kind: 'webhook',
      url: 'https://shop.example.com/hooks',
      description: 'the shop',
      state: 'disabled',
      since: new Date(NOW).toISOString(),
      reason: 'failed for five days',
      waiting: 0,
    },
  ]);
});
