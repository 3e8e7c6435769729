/** What a name belongs to: the same answer over REST and on the command line. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MAX_FOUND_LINES } from '../../src/support/find';
import { runLatchkey } from '../harness/run-latchkey';
import { NOW } from '../harness/server';
import { callService } from '../harness/soap-call';
import { grant, SELLER, type Shop, startShop } from '../orders/shop';

let folder: string;
let database: string;
let shop: Shop;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
  database = join(folder, 'test.db');
  shop = await startShop({ database, settings: { timeZone: 'UTC' } });
  await grant(shop, 'A1');
});
afterEach(async () => {
  await shop.stop();
  rmSync(folder, { recursive: true });
});

const AUTO_BILL =
  '<autobill><merchantAutoBillId>ada-news</merchantAutoBillId>' +
  '<account><merchantAccountId>ada-1815</merchantAccountId></account>' +
  '<billingPlan><merchantBillingPlanId>monthly</merchantBillingPlanId>' +
  '<periods><type>Month</type></periods></billingPlan>' +
  '<items><product><merchantProductId>news</merchantProductId>' +
  '<merchantEntitlementIds><id>news</id></merchantEntitlementIds></product></items></autobill>';

interface Document {
  readonly text: string;
  readonly found: ReadonlyArray<Record<string, unknown> & { readonly lines: unknown[] }>;
}

async function find(text: string): Promise<Document> {
  return (await shop.get(`/find?text=${encodeURIComponent(text)}`)) as unknown as Document;
}

const kinds = ({ found }: Document) => found.map(({ kind, lines }) => [kind, lines.length]);

test('a call: the lines that it wrote, and on which accounts', async () => {
  const { lines } = await shop.get('/audit?order=A1');
  const [{ requestId }] = lines as [{ requestId: string }];
  const document = await find(requestId);
  expect(kinds(document)).toEqual([['call', 2]]);
  expect(document.text.split('\n')).toEqual([
    `Call ${requestId} changed the access of bob@example.com.`,
    expect.stringMatching(
      /^ {2}Line \d+: lessons of bob@example\.com: granted by shop on 2024-06-01T12:00:00\.500Z, call/,
    ),
    expect.stringMatching(/^ {2}Line \d+: videos of bob/),
  ]);
});

test('an order: its account, offers, state and lines', async () => {
  shop.setNow(NOW + 60_000);
  await shop.post('/orders/A1/revoke', { reason: 'refunded' });
  const document = await find('A1');
  expect(kinds(document)).toEqual([['order', 4]]);
  expect(document.text.split('\n')[0]).toBe(
    'Order A1 of account bob@example.com is revoked: course is revoked (refunded). It was made on ' +
      '2024-06-01T12:00:00.500Z and changed last on 2024-06-01T12:01:00.500Z; 0 payments in a row have failed.',
  );
});

test('an AutoBill by either name, with its lines alone', async () => {
  await callService('AutoBill', shop.url, 'update', AUTO_BILL);
  const document = await find('ada-news');
  expect(kinds(document)).toEqual([['autobill', 1]]);
  const [head = ''] = document.text.split('\n');
  expect(head).toMatch(
    /^AutoBill ada-news \([0-9a-f]{40}\) of account ada-1815 is active\. It gives news now\.$/,
  );
  const [, vid = ''] = /\((\w+)\)/.exec(head) ?? [];
  expect(await find(vid)).toEqual(document);
  expect((await find('news')).text).toBe('Entitlement news is given by product news.');
});

test('an account by every name, e-mail addresses in either case', async () => {
  const [{ userId }] = (await find('bob@example.com')).found as unknown as [{ userId: string }];
  expect(kinds(await find(userId))).toEqual([['account', 2]]);
  expect((await find('BOB@example.com')).found).toMatchObject([
    { kind: 'account', userId, merchantAccountId: 'bob@example.com' },
  ]);
  await callService(
    'Account',
    shop.url,
    'update',
    '<account><merchantAccountId>ada-1815</merchantAccountId><externalId>crm-7</externalId></account>',
  );
  expect((await find('crm-7')).found).toMatchObject([
    { kind: 'account', merchantAccountId: 'ada-1815' },
  ]);
});

test('an entitlement id: the offers that give it', async () => {
  expect((await find('videos')).text).toBe(
    'Entitlement videos is given by offer course, offer lab.',
  );
});

test('an entitlement id that was only granted: its last lines', async () => {
  const parts = '<account><merchantAccountId>ada-1815</merchantAccountId></account>';
  const grant = (id: string) =>
    callService(
      'Account',
      shop.url,
      'grantEntitlement',
      `${parts}<entitlement><merchantEntitlementId>${id}</merchantEntitlementId></entitlement>`,
    );
  for (const id of ['gold', 'silver', 'gold']) await grant(id);
  const document = await find('gold');
  expect(kinds(document)).toEqual([['entitlement', 2]]);
  expect(document.text.split('\n')).toEqual([
    'Entitlement gold is given by no offer, product or billing plan. These are the last lines about it, ' +
      'among the last 100,000 of the ledger.',
    expect.stringMatching(/^ {2}Line \d+: gold of ada-1815: granted by acme_soap on /),
    expect.stringMatching(/^ {2}Line \d+: gold of ada-1815: granted by acme_soap on /),
  ]);
});

test('such an id is found far back', async () => {
  const line = (account: number, id: string, at: number) => ({
    ...{ accountId: account, merchantEntitlementId: id, source: 'Account' as const, sourceId: '' },
    ...{ action: 'grant' as const, before: undefined, at, actor: 'shop', changesAccess: true },
    after: { start: NOW, end: undefined, description: undefined },
    ...{ dueAt: undefined, note: undefined, soapId: 'bulk' },
  });
  const write = (ids: (number: number) => string, count: number) =>
    shop.operate(async (unit) => {
      const account = (await unit.findAccountByMerchantAccountId('alan-1912'))?.id ?? 0;
      for (let number = 0; number < count; number += 1) {
        await unit.recordChange(line(account, ids(number), unit.now()));
      }
    });
  await write(() => 'rare', 1);
  await write((number) => `other-${number % 7}`, 2500);
  expect(kinds(await find('rare'))).toEqual([['entitlement', 1]]);
  expect(kinds(await find('other-3'))).toEqual([['entitlement', MAX_FOUND_LINES]]);
  expect((await find('other-3')).text).toContain(`Only ${MAX_FOUND_LINES} of its lines are shown.`);
});

/** Grants an account as many ids, all by one call. */
function grantMany(name: string, count: number): Promise<void> {
  return shop.operate(async (unit) => {
    const account = await unit.findAccountByMerchantAccountId(name);
    for (let id = 0; id < count; id += 1) {
      await unit.recordChange({
        ...{ accountId: account?.id ?? 0, merchantEntitlementId: `id-${id}`, source: 'Account' },
        ...{ sourceId: '', action: 'grant', before: undefined, at: NOW, actor: 'shop' },
        after: { start: NOW, end: undefined, description: undefined },
        ...{ changesAccess: true, dueAt: undefined, note: undefined, soapId: 'many' },
      });
    }
  });
}

test('an account with many lines: the last ones, in their order; what is asked for is found before all of them', async () => {
  await callService('AutoBill', shop.url, 'update', AUTO_BILL);
  await grantMany('ada-1815', 600);
  const [account] = (await find('ada-1815')).found;
  expect(account).toMatchObject({ kind: 'account', isCut: true });
  const ids = account?.lines.map(
    (line) => (line as { merchantEntitlementId: string }).merchantEntitlementId,
  );
  const last = Array.from({ length: MAX_FOUND_LINES }, (_none, index) => `id-${550 + index}`);
  expect(ids).toEqual(last);
  expect((await find('ada-news')).found).toMatchObject([
    { kind: 'autobill', isCut: false, lines: [{ merchantEntitlementId: 'news' }] },
  ]);
});

test('more lines than are shown: cut, and said', async () => {
  await grantMany('alan-1912', MAX_FOUND_LINES + 1);
  const { found, text } = await find('many');
  expect(found).toMatchObject([{ isCut: true, lines: { length: MAX_FOUND_LINES } }]);
  expect(text).toContain(`Only ${MAX_FOUND_LINES} of its lines are shown.`);
});

test('the command answers as REST does, in the zone of the settings', async () => {
  const { code, stdout } = await runLatchkey(
    database,
    'find',
    'A1',
    '--merchant',
    SELLER,
    '--json',
  );
  expect(code).toBe(0);
  const written = (text: string) => text.replace(/\.\d{3}Z/g, '+00:00');
  expect(JSON.parse(stdout)).toEqual(JSON.parse(written(JSON.stringify(await find('A1')))));
  const plain = await runLatchkey(database, 'find', 'A1', '--merchant', SELLER);
  expect(plain.stdout).toBe(`${written((await find('A1')).text)}\n`);
});

test('nothing has the name: it says what was looked for', async () => {
  const message =
    'Nothing is named nobody: no call that wrote to the ledger, order, AutoBill or account, and no ' +
    'entitlement of an offer, product or billing plan, nor one that the last 100,000 lines of the ledger ' +
    'are about.';
  expect((await shop.get('/find?text=nobody', 404)).message).toBe(message);
  const none = await runLatchkey(database, 'find', 'nobody', '--merchant', SELLER);
  expect([none.code, none.stdout, none.stderr]).toEqual([1, '', `latchkey: ${message}\n`]);
  expect((await shop.get('/find?name=x', 400)).message).toContain('text');
  expect((await shop.get('/find?text=', 400)).message).toContain('text must not be empty');
});
