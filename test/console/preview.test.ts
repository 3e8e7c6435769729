/** Previews: what a change would do, by the rules of the change itself, and nothing kept. */
import { grant } from '../orders/shop';
import { callService } from '../harness/soap-call';
import { type Browser, type Console, startConsole } from './console';

let server: Console;
let sam: Browser;

beforeAll(async () => {
  server = await startConsole();
  await grant(server, 'A1');
  await grant(server, 'A2', 'lab');
  sam = await server.signIn('sam', 'acme_soap');
  await server.newLines();
});
afterAll(() => server.stop());

const EVERYTHING = ['ledger', 'entitlement', 'event', 'customer_order', 'order_line', 'auto_bill'];

/** All rows of the tables that a change writes. */
const snapshot = () => Promise.all(EVERYTHING.map((table) => server.ask(`SELECT * FROM ${table}`)));

async function preview(body: object, status = 200, by = sam) {
  const before = await snapshot();
  const { status: answered, body: answer } = await by.call('POST', '/preview', { body });
  expect([answered, answered === status ? undefined : answer]).toEqual([status, undefined]);
  expect(await snapshot()).toEqual(before);
  return answer as { text: string[]; changes: Array<Record<string, unknown>>; message: string };
}

test('revoking an order: what is lost, and what another order gives, too', async () => {
  const { text, changes } = await preview({
    action: 'order.revoke',
    orderId: 'A1',
    reason: 'refunded',
  });
  expect(text).toEqual([
    expect.stringMatching(
      /^bob@example\.com loses access to lessons: no other source gives it\. By Order: without end → until /,
    ),
    expect.stringMatching(
      /^bob@example\.com keeps access to videos: another source gives it, too\. /,
    ),
  ]);
  expect(changes.map(({ hadAccess, hasAccess }) => [hadAccess, hasAccess])).toEqual([
    [true, false],
    [true, true],
  ]);
});

test('what the preview says is what the change does', async () => {
  const { changes } = await preview({ action: 'order.revoke', orderId: 'A2', reason: 'other' });
  await sam.call('POST', '/v1/orders/A2/revoke', { body: { reason: 'other' } });
  const { lines } = await sam.get('/ledger?order=A2&pageLength=2');
  const shown = (rows: Array<Record<string, unknown>>) =>
    rows.map(({ merchantEntitlementId, action, before, after }) => {
      return { merchantEntitlementId, action, before, after };
    });
  expect(shown(changes)).toEqual(shown(lines as Array<Record<string, unknown>>).reverse());
  const back = await preview({ action: 'order.restore', orderId: 'A2' });
  expect(back.text[0]).toMatch(/^bob@example\.com gets access to lab-access\. /);
  await sam.call('POST', '/v1/orders/A2/restore', { body: {} });
});

test('grant, extend and revoke, with the refusals of the call itself', async () => {
  const target = { merchantAccountId: 'ada-1815', merchantEntitlementId: 'gift' };
  const { text } = await preview({ action: 'grant', ...target, note: 'sorry' });
  expect(text).toEqual(['ada-1815 gets access to gift. By Account: nothing → without end.']);
  for (const change of [
    { action: 'revoke', ...target },
    { action: 'extend', ...target, interval: { days: 3 } },
    { action: 'grant', merchantEntitlementId: 'gift' },
    { action: 'grant', ...target, merchantAccountId: 'nobody' },
  ]) {
    const line = `${JSON.stringify(change)}\n`;
    const done = await fetch(`${server.url}/v1/entitlements:batch?dryRun=true`, {
      method: 'POST',
      headers: { 'X-API-KEY': 'lk_test-key-that-may-write' },
      body: line,
    });
    const refused = JSON.parse(await done.text()) as { status: number; message: string };
    expect(refused.status).toBeGreaterThanOrEqual(400);
    const { message } = await preview(change, refused.status);
    expect(message).toBe(refused.message);
  }
});

test('stopping an AutoBill, and the same by POST /v1/autobills/…/stop', async () => {
  const parts =
    '<autobill><merchantAutoBillId>sub-1</merchantAutoBillId>' +
    '<account><merchantAccountId>ada-1815</merchantAccountId></account>' +
    '<billingPlan><merchantBillingPlanId>monthly</merchantBillingPlanId>' +
    '<periods><type>Month</type></periods></billingPlan>' +
    '<items><product><merchantProductId>zine</merchantProductId>' +
    '<merchantEntitlementIds><id>zine</id></merchantEntitlementIds></product></items></autobill>';
  const made = await callService('AutoBill', server.url, 'update', parts);
  expect(made.returnString).toBe('OK');
  const now = { action: 'autobill.stop', merchantAutoBillId: 'sub-1', disentitle: true };
  expect((await preview(now)).text[0]).toMatch(/^ada-1815 loses access to zine: /);
  const later = await preview({ action: 'autobill.stop', merchantAutoBillId: 'sub-1' });
  expect(later.text[0]).toMatch(
    /^ada-1815 keeps access to zine\. By AutoBill: without end → until /,
  );
  await server.newLines();
  const { status, body } = await sam.call('POST', '/v1/autobills/sub-1/stop', {
    body: { note: 'ticket 8' },
  });
  expect([status, body.standing]).toEqual([200, 'cancelling']);
  const [line] = await server.newLines();
  expect(line).toMatch(/zine by AutoBill .*, sam \(subscription_cancelled, ticket 8\)/);
  await preview({ action: 'autobill.stop', merchantAutoBillId: 'none' }, 404);
});

test('an offer: for admins alone', async () => {
  const change = { action: 'offer.change', offerId: 'course', entitlements: ['lessons', 'more'] };
  await preview(change, 403);
  const ada = await server.signIn('ada', 'acme_soap');
  const { text } = await preview(change, 200, ada);
  expect(text).toContainEqual(expect.stringMatching(/gets access to more\. /));
});

test('a viewer may not even try', async () => {
  const vic = await server.signIn('vic', 'acme_soap');
  await preview({ action: 'order.restore', orderId: 'A1' }, 403, vic);
});

test.each([[{}], [[]], ['x'], [{ action: 'delete' }], [{ action: 'order.revoke', orderId: 'A1' }]])(
  '%j → 400',
  async (body) => {
    expect((await sam.call('POST', '/preview', { body })).status).toBe(400);
  },
);
