/** `latchkey check` and orders: content after whatever was called, and not after tampering. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkDatabase } from '../../src/store/sqlite/check';
import { autoBillFindings } from '../../src/store/sqlite/check-auto-bills';
import { callAccount, callService } from '../harness/soap-call';
import { grant, type Shop, startShop } from './shop';
import { collect } from '../harness/collect';

let folder: string;
let database: string;
let shop: Shop;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-orders-'));
  database = join(folder, 'latchkey.db');
  shop = await startShop({ database });
});

afterEach(async () => {
  await shop.stop();
  rmSync(folder, { recursive: true });
});

async function findings(): Promise<string[]> {
  await shop.stop();
  const found: string[] = [];
  checkDatabase(database, ({ kind, text }) => found.push(`${kind}: ${text}`));
  return found;
}

test('finds nothing wrong after all that orders can go through', async () => {
  await grant(shop, 'A1');
  await grant(shop, 'A1', 'lab');
  const pay = (how: string) => shop.post(`/orders/A1/payment-${how}`, {});
  for (let count = 0; count < 3; count += 1) await pay('failed');
  await pay('succeeded');
  await shop.post('/orders/A1/revoke', { reason: 'other' });
  await shop.post('/orders/A1/revoke', { reason: 'refunded' });
  await shop.post('/orders/A1/restore', {});
  const named = (part: string, id: string) =>
    `<${part}><merchantAccountId>${id}</merchantAccountId></${part}>`;
  const parts = named('targetAccount', 'ada-1815') + named('sourceAccount', 'bob@example.com');
  expect((await callAccount(shop.url, 'transfer', parts)).returnCode).toBe('200');
  await grant(shop, 'A2', 'lab', 'cy@example.com');
  await shop.post('/users/delete-users', { emails: ['cy@example.com'] });
  expect((await collect(shop.store.listLedger({}))).length).toBeGreaterThan(20);
  expect(await findings()).toEqual([]);
});

test.each([
  [
    "UPDATE order_line SET state = 'active'",
    [
      'order: order A1 has an active offer that holds lessons, but does not give it',
      'order: order A1 has an active offer that holds videos, but does not give it',
      'order: order A1 is not in the state, or not of the account, that its offers are',
    ],
  ],
  [
    "UPDATE order_line SET state = 'revoked'",
    [
      'order: order A2 gives lab-access, but has no active offer that holds it',
      'order: order A2 gives videos, but has no active offer that holds it',
      'order: order A2 is not in the state, or not of the account, that its offers are',
    ],
  ],
  [
    'UPDATE order_line SET account_id = 1',
    [
      'order: order A1 is not in the state, or not of the account, that its offers are',
      'order: order A2 is not in the state, or not of the account, that its offers are',
    ],
  ],
])('%s: is found', async (sql, found) => {
  await grant(shop, 'A1');
  await grant(shop, 'A2', 'lab');
  await shop.post('/orders/A1/revoke', { reason: 'refunded' });
  shop.database.exec(sql);
  expect(await findings()).toEqual(found);
});

test('AutoBills that were tampered with are found, and none before', async () => {
  const update =
    '<autobill><account><merchantAccountId>ada-1815</merchantAccountId></account>' +
    '<billingPlan><merchantBillingPlanId>monthly</merchantBillingPlanId></billingPlan>' +
    '<items><product><merchantProductId>news</merchantProductId>' +
    '<merchantEntitlementIds><id>news</id></merchantEntitlementIds></product></items></autobill>';
  const { body, returnString } = await callService('AutoBill', shop.url, 'update', update);
  expect(returnString).toBe('OK');
  const vid = /<autobill xmlns=""><VID>(\w+)</.exec(body)?.[1] ?? '';
  const [row] = shop.database.prepare<[], { vid: string }>('SELECT vid FROM product').all();
  const product = row?.vid ?? '';
  const readable = (found: string[]) =>
    found.map((text) => text.replace(vid, 'VID').replace(product, 'PRODUCT'));
  const texts = () => [...autoBillFindings(shop.database)];
  expect(texts()).toEqual([]);
  shop.database.exec('UPDATE auto_bill SET failed_at = start_at + 1000');
  expect(readable(texts())).toEqual([
    'the AutoBill VID/PRODUCT gives news for longer than it runs',
  ]);
  shop.database.exec('UPDATE auto_bill SET failed_at = NULL, account_id = account_id + 1');
  expect(readable(await findings())).toEqual([
    'AutoBill: news comes from the AutoBill VID/PRODUCT, which is not of that account',
  ]);
});
