/**
 * AutoBills of a file that an earlier version wrote: they give the same access as before until
 * something changes them, and are counted in whole days from then on.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DateTime } from 'luxon';
import { hashPassword } from '../../src/access/password';
import { checkDatabase } from '../../src/store/sqlite/check';
import { ROOT, startTestServer, type TestServer } from '../harness/server';
import { callAccount, callService } from '../harness/soap-call';
import { textOf } from '../harness/xml';
import { openDatabase } from '../store/sqlite/database';

const ADA = '<account><merchantAccountId>ada-1815</merchantAccountId></account>';
const NAMED = '<autobill><merchantAutoBillId>ada-news</merchantAutoBillId></autobill>';

/** Of the file's merchant no password is known. */
const SHOP = { login: 'acme_soap', password: 'kept' };
const CHEAP = { N: 2, r: 1, p: 1 };

/** Columns of the table auto_bill. */
type Columns = Readonly<Record<string, number | null>>;

let folder: string;
let path: string;
let server: TestServer;

/**
 * Opens the last file of the schema before whole days. Its AutoBill began on 1 June 2024 at 04:59:59 in Los
 * Angeles.
 * @param plan what its plan says; one month of it ends on 1 July at 04:59:59
 * @param end until when it entitles
 * @param course what is kept of its history
 */
async function open(plan: object, end?: string, course: Columns = {}): Promise<void> {
  const database = openDatabase(path);
  database.exec(readFileSync(join(ROOT, 'fixtures', 'databases', 'schema-6.sql'), 'utf8'));
  const at = end === undefined ? null : Date.parse(end);
  database
    .prepare('UPDATE billing_plan SET document = json_patch(document, ?)')
    .run(JSON.stringify(plan));
  database
    .prepare("UPDATE entitlement SET end_at = ?, due_at = ? WHERE source = 'AutoBill'")
    .run(at, at);
  for (const [column, value] of Object.entries({ due_at: at, ...course })) {
    database.prepare(`UPDATE auto_bill SET ${column} = ?`).run(value);
  }
  database.close();
  server = await startTestServer({ database: path });
  const merchant = await server.store.findMerchant(SHOP.login);
  await server.store.updatePassword(merchant?.id ?? 0, await hashPassword(SHOP.password, CHEAP));
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-kept-'));
  path = join(folder, 'test.db');
});

afterEach(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

async function soap(service: string, operation: string, parts: string): Promise<string> {
  const { body, returnString } = await callService(service, server.url, operation, parts, SHOP);
  expect(returnString).toBe('OK');
  return body;
}

async function isEntitled(at: string): Promise<boolean> {
  server.setNow(Date.parse(at));
  const parts = `${ADA}<merchantEntitlementId>news</merchantEntitlementId>`;
  const { body } = await callAccount(server.url, 'isEntitled', parts, SHOP);
  return textOf(body, 'entitled') === '1';
}

async function show(element: string): Promise<string | undefined> {
  const parts = '<merchantAutoBillId>ada-news</merchantAutoBillId>';
  return textOf(await soap('AutoBill', 'fetchByMerchantAutoBillId', parts), element);
}

const MONTH = { periods: [{ type: 'Month', quantity: 1, cycles: 1 }] };
const MONTHS = { periods: [{ type: 'Month', quantity: 1, cycles: 0 }] };
const cancel = () => soap('AutoBill', 'cancel', `${NAMED}<disentitle>false</disentitle>`);
const lines = async () => {
  const found = [];
  for await (const { action, after, source } of server.store.listLedger({})) {
    if (source === 'AutoBill') found.push([action, after.end && new Date(after.end).toISOString()]);
  }
  return found;
};

test('one that nothing changes ends at the moment at which it would have', async () => {
  await open(MONTH, '2024-07-01T11:59:59Z');
  expect(await show('endTimestamp')).toBe('2024-07-01T04:59:59-07:00');
  expect(await isEntitled('2024-07-01T11:59:58Z')).toBe(true);
  expect(await isEntitled('2024-07-01T11:59:59Z')).toBe(false);
});

const at = (moment: string) => Date.parse(moment);
const twoMonths = { periods: [{ type: 'Month', quantity: 1, cycles: 2 }] };

test.each<[string, object, string, Columns]>([
  [
    'cancelled, it ends with the period that it was cancelled in',
    MONTHS,
    '2024-07-01T11:59:59Z',
    { cancelled_at: at('2024-06-10T10:00:00Z'), ends_at: at('2024-07-01T11:59:59Z') },
  ],
  [
    'while a payment is tried again, its days of grace end at the time of day of the failure',
    MONTHS,
    '2024-06-17T15:30:00Z',
    { retry_since: at('2024-06-10T15:30:00Z'), grace_until: at('2024-06-17T15:30:00Z') },
  ],
  [
    'a billing was put off once, and the end by as many days',
    MONTH,
    '2024-07-06T11:59:59Z',
    { moved_period: 0, moved_at: at('2024-06-06T11:59:59Z'), delayed_days: 5 },
  ],
  [
    'billings were put off for good, and the end by as many days',
    twoMonths,
    '2024-08-10T11:59:59Z',
    { billed_from_period: 1, billed_from_at: at('2024-07-10T11:59:59Z'), delayed_days: 9 },
  ],
])('%s, as before, when nothing changes it', async (_how, plan, end, course) => {
  await open(plan, end, course);
  const before = (await lines()).length;
  const ends = at(end);
  const zoned = DateTime.fromMillis(ends, { zone: 'America/Los_Angeles' });
  expect(await show('endTimestamp')).toBe(zoned.toISO({ suppressMilliseconds: true }));
  const midnight = zoned.startOf('day').toMillis();
  const answers = [];
  for (const moment of [midnight - 1000, midnight, ends - 1000, ends, ends + 1000]) {
    answers.push(await isEntitled(new Date(moment).toISOString()));
  }
  expect(answers).toEqual([true, true, true, false, false]);
  expect((await lines()).length).toBe(before);
});

test('a plan whose life is over ends nothing by itself', async () => {
  await open({ ...MONTHS, endOfLifeTimestamp: Date.parse('2024-06-15T00:00:00Z') });
  expect(await isEntitled('2024-12-24T12:00:00Z')).toBe(true);
  expect(await show('status')).toBe('Active');
});

test('cancelled, it ends at 23:59:59 of the day before its billing, with lines of the ledger', async () => {
  await open(MONTHS);
  server.setNow(Date.parse('2024-06-20T12:00:00Z'));
  const before = (await lines()).length;
  await cancel();
  expect(await show('endTimestamp')).toBe('2024-06-30T23:59:59-07:00');
  expect((await lines()).slice(before)).toEqual([
    ['revoke', '2024-07-01T06:59:59.000Z'],
    ['revoke', '2024-07-01T06:59:59.000Z'],
  ]);
  expect(await isEntitled('2024-07-01T06:59:58Z')).toBe(true);
  expect(await isEntitled('2024-07-01T06:59:59Z')).toBe(false);
  await server.stop();
  const findings: string[] = [];
  checkDatabase(path, ({ text }) => findings.push(text));
  expect(findings).toEqual([]);
});

test('a change of its product under a plan whose life is over lets it run until its period is over', async () => {
  await open({ ...MONTHS, endOfLifeTimestamp: Date.parse('2024-06-15T00:00:00Z') });
  server.setNow(Date.parse('2024-12-24T12:00:00Z'));
  const ids = ['news', 'more'].map(
    (id) => `<merchantEntitlementIds><id>${id}</id></merchantEntitlementIds>`,
  );
  const product = `<product><merchantProductId>news</merchantProductId>${ids.join('')}</product>`;
  await soap('Product', 'update', product);
  expect(await show('endTimestamp')).toBe('2024-12-31T23:59:59-08:00');
  expect(await isEntitled('2024-12-31T12:00:00Z')).toBe(true);
  expect(await isEntitled('2025-01-02T12:00:00Z')).toBe(false);
});
