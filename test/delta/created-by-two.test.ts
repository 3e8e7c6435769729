/** Account.fetchCreatedSince while two processes, as it were, serve one file: no account is missed. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { XmlElement } from '../../src/soap/xml-element';
import { NOW, startTestServer, type TestServer } from '../harness/server';
import { openDatabase } from '../store/sqlite/database';
import { accountId, call, MERCHANT, merchantWith, xml, xmlAccount } from './calls';

const ACCOUNTS = 6;
let folder: string;
let one: TestServer;
let other: TestServer;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
  const database = join(folder, 'test.db');
  const lockTimeout = 60_000;
  one = await startTestServer({ merchants: [merchantWith(ACCOUNTS)], database, lockTimeout });
  other = await startTestServer({ database, lockTimeout });
});

afterEach(async () => {
  await one.stop();
  await other.stop();
  rmSync(folder, { recursive: true });
});

async function created(server: TestServer, page: number, pageSize: number): Promise<string[]> {
  const parts = xml('timestamp', '2024-01-01T00:00:00Z') + xml('page', String(page));
  const paged = parts + xml('pageSize', String(pageSize));
  const { response } = await call(server.url, 'Account', 'fetchCreatedSince', paged);
  const ids: string[] = [];
  const visit = (element: XmlElement): void => {
    if (element.name === 'merchantAccountId') ids.push(element.text);
    element.children.forEach(visit);
  };
  visit(response);
  return ids;
}

const all = Array.from({ length: ACCOUNTS }, (_, number) => accountId(number));

test('a transfer between two pages, each page from the other process', async () => {
  for (const server of [one, other]) server.setNow(NOW + 1000);
  const first = await created(one, 0, 2);
  const transfer =
    xmlAccount(accountId(3)).replaceAll('account>', 'targetAccount>') +
    xmlAccount(accountId(0)).replaceAll('account>', 'sourceAccount>');
  expect((await call(other.url, 'Account', 'transfer', transfer)).returnString).toBe('OK');
  const rest = [...(await created(other, 1, 2)), ...(await created(one, 2, 2))];
  expect([...first, ...rest]).toEqual(all);
});

test('an account that the other process has dated, but not kept yet, is waited for', async () => {
  const merchant = await one.store.findMerchant(MERCHANT.login);
  const writer = openDatabase(join(folder, 'test.db'));
  writer.exec('BEGIN IMMEDIATE');
  writer
    .prepare(
      `INSERT INTO account (merchant_id, vid, merchant_account_id, created_at)
       VALUES (?, 'late', 'late', ?)`,
    )
    .run(merchant?.id, NOW);
  one.setNow(NOW + 1000);
  const listed = created(one, 0, 100);
  for (let turn = 0; turn < 200; turn += 1) await new Promise(setImmediate);
  writer.exec('COMMIT');
  writer.close();
  expect(await listed).toEqual([...all, 'late']);
});
