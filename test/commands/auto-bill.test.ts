/** `latchkey autobill` and `latchkey merchant set --grace-days`. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runLatchkey } from '../harness/run-latchkey';
import { startTestServer, type TestServer } from '../harness/server';
import { callService, type Credentials } from '../harness/soap-call';

let folder: string;
let database: string;
let server: TestServer;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
  database = join(folder, 'test.db');
  const { password } = JSON.parse(
    await latchkey('merchant', 'add', 'acme', '--json'),
  ) as Credentials;
  server = await startTestServer({ database, real: true });
  const made = await callService(
    'AutoBill',
    server.url,
    'update',
    '<autobill><merchantAutoBillId>b1</merchantAutoBillId>' +
      '<account><merchantAccountId>bob</merchantAccountId></account>' +
      '<billingPlan><merchantBillingPlanId>monthly</merchantBillingPlanId></billingPlan>' +
      '<items><product><merchantProductId>news</merchantProductId>' +
      '<merchantEntitlementIds><id>news</id></merchantEntitlementIds></product></items></autobill>',
    { login: 'acme', password },
  );
  expect(made.returnString).toBe('OK');
});

afterEach(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

async function latchkey(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await runLatchkey(database, ...args);
  return code === 0 ? stdout : stderr;
}

async function autoBill(...args: string[]): Promise<Record<string, unknown>> {
  return JSON.parse(await latchkey('autobill', ...args, '--json')) as Record<string, unknown>;
}

test('a payment fails, comes after all, is given up; the ledger says who reported it and why', async () => {
  const settings = JSON.parse(
    await latchkey('merchant', 'set', 'acme', '--grace-days', '30', '--json'),
  ) as object;
  expect(settings).toEqual({ login: 'acme', paymentFailureLimit: 3, graceDays: 30 });
  const failed = await autoBill('payment-failed', 'b1', '--note', 'declined');
  expect(failed).toMatchObject({ standing: 'retrying', active: true });
  const { graceUntil, retrySince } = failed as Record<string, string>;
  const days = (Date.parse(graceUntil ?? '') - Date.parse(retrySince ?? '')) / 86_400_000;
  // Until the end of the thirtieth day.
  expect(Math.floor(days)).toBe(30);
  expect(await autoBill('payment-succeeded', 'b1')).toMatchObject({ standing: 'active' });
  expect(await autoBill('payment-failed', 'b1', '--final')).toMatchObject({
    merchantAutoBillId: 'b1',
    standing: 'failed',
    active: false,
    entitlements: [{ merchantEntitlementId: 'news', active: false }],
  });
  expect(await latchkey('autobill', 'show', 'b1')).toMatch(/^standing +failed$/m);
  const lines = (await latchkey('ledger', '--json')).trim().split('\n');
  expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
    { action: 'grant', actor: 'acme', reason: 'subscription_started' },
    { action: 'revoke', actor: 'operator', reason: 'payment_failed', note: 'declined' },
    { action: 'restore', actor: 'operator', reason: 'payment_succeeded' },
    { action: 'revoke', actor: 'operator', reason: 'payment_failed' },
  ]);
  expect(await latchkey('check')).toMatch(/nothing is wrong/);
});

test.each([
  [['autobill', 'show', 'none'], 'there is no AutoBill none'],
  [
    ['merchant', 'set', 'acme', '--grace-days', '-1'],
    '--grace-days: "-1" is not a number from 0 to 365',
  ],
  [['merchant', 'set', 'acme', '--grace-days', '366'], '"366" is not a number from 0 to 365'],
  [['merchant', 'set', 'acme'], 'nothing to set: give --payment-failure-limit or --grace-days'],
])('%j is refused', async (args, reason) => {
  const { code, stderr } = await runLatchkey(database, ...args);
  expect([code, stderr]).toEqual([1, expect.stringContaining(reason)]);
});
