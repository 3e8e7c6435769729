/** latchkey account show: all that is kept of an account. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runLatchkey } from '../harness/run-latchkey';
import { callService } from '../harness/soap-call';
import { grant, SELLER, type Shop, startShop } from '../orders/shop';

let folder: string;
let database: string;
let shop: Shop;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
  database = join(folder, 'test.db');
  shop = await startShop({ database, settings: { timeZone: 'UTC' } });
});
afterEach(async () => {
  await shop.stop();
  rmSync(folder, { recursive: true });
});

const named = (part: string, id: string) =>
  `<${part}><merchantAccountId>${id}</merchantAccountId></${part}>`;

async function soap(service: string, name: string, ...parts: string[]): Promise<void> {
  expect((await callService(service, shop.url, name, parts.join(''))).returnCode).toBe('200');
}

async function show(...args: string[]) {
  const command = ['account', 'show', ...args, '--merchant', SELLER];
  const { code, stdout } = await runLatchkey(database, ...command);
  expect(code).toBe(0);
  return stdout;
}

test('every source, orders, AutoBills, family, merged names, moments with their zone', async () => {
  await grant(shop, 'A1');
  await shop.post('/orders/A1/revoke', { reason: 'refunded' });
  await soap(
    'AutoBill',
    'update',
    '<autobill><merchantAutoBillId>bob-news</merchantAutoBillId>',
    named('account', 'bob@example.com'),
    '<billingPlan><merchantBillingPlanId>monthly</merchantBillingPlanId>',
    '<periods><type>Month</type></periods></billingPlan>',
    '<items><product><merchantProductId>news</merchantProductId>',
    '<merchantEntitlementIds><id>news</id></merchantEntitlementIds></product></items></autobill>',
  );
  await soap(
    'Account',
    'transfer',
    named('targetAccount', 'bob@example.com'),
    named('sourceAccount', 'alan-1912'),
  );
  await soap(
    'Account',
    'addChildren',
    named('parent', 'bob@example.com'),
    named('child', 'ada-1815'),
  );
  const [bob = '{}', alan = '{}'] = (await show('bob@example.com', '--json'))
    .split('\n')
    .sort((one) => (one.includes('"orderId"') ? -1 : 1));
  expect(JSON.parse(bob)).toMatchObject({
    merchantAccountId: 'bob@example.com',
    created: '2024-06-01T12:00:00+00:00',
    forerunners: ['alan-1912'],
    children: ['ada-1815'],
    entitlements: expect.arrayContaining([
      expect.objectContaining({
        merchantEntitlementId: 'lessons',
        active: false,
        by: 'order A1 (offer course)',
        endTimestamp: '2024-06-01T11:59:59+00:00',
      }),
      expect.objectContaining({
        merchantEntitlementId: 'news',
        active: true,
        by: 'AutoBill bob-news (product news)',
      }),
    ]) as unknown,
    orders: [
      { orderId: 'A1', state: 'revoked', offers: [{ offerId: 'course', reason: 'refunded' }] },
    ],
    autoBills: [{ merchantAutoBillId: 'bob-news', standing: 'active', active: true }],
  });
  expect(JSON.parse(bob)).not.toHaveProperty('cut');
  expect(JSON.parse(alan)).toMatchObject({ transferredTo: 'bob@example.com' });
  expect(await show('bob@example.com')).toMatch(
    /^entitlement\n {2}merchantEntitlementId {2}lessons/m,
  );
});

test('a list longer than the limit is cut, and that is said', async () => {
  await grant(shop, 'A1');
  expect(JSON.parse(await show('bob@example.com', '--json', '--limit', '1'))).toMatchObject({
    cut: ['entitlements'],
    entitlements: [{ merchantEntitlementId: 'lessons' }],
    orders: [{ orderId: 'A1' }],
  });
  expect(await show('bob@example.com', '--limit', '1')).toContain(
    'there are more entitlements: show more with --limit\n',
  );
});
