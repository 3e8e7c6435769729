/** Backups of a database that is written to meanwhile, and checks that find what was tampered with. */
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { backupDatabase } from '../../../src/store/sqlite/backup';
import type { Finding } from '../../../src/store/database';
import { checkDatabase, checkSlowly } from '../../../src/store/sqlite/check';
import { MOST_OF_PIECE } from '../../../src/store/sqlite/piece-findings';
import { openSqliteStore } from '../../../src/store/sqlite/sqlite-store';
import type { EntitlementChange, Store } from '../../../src/store/store';

const AT = Date.UTC(2026, 0, 1);
const STATE = { start: AT, end: undefined, description: undefined };

let folder: string;
let path: string;
let store: Store;
let accountId: number;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
  path = join(folder, 'test.db');
  store = openSqliteStore(path);
  const merchant = await store.insertMerchant({ login: 'acme', passwordHash: '-', createdAt: AT });
  accountId = await store.transact(merchant.id, async (unit) =>
    unit.insertAccount({ VID: 'a'.repeat(40) }, AT),
  );
  await change('archive', { action: 'grant', before: undefined, after: STATE });
  const ended = { ...STATE, end: AT + 1000 };
  await change('archive', { action: 'revoke', before: STATE, after: ended, at: AT + 2000 });
  await change('news', { action: 'grant', before: undefined, after: STATE });
});

afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

/** Records a change of an entitlement that the account was granted. */
function change(
  merchantEntitlementId: string,
  line: Pick<EntitlementChange, 'action' | 'before' | 'after'> & { at?: number },
): Promise<void> {
  return store.transact(1, async (unit) =>
    unit.recordChange({
      accountId,
      merchantEntitlementId,
      source: 'Account',
      sourceId: '',
      at: AT,
      changesAccess: true,
      dueAt: undefined,
      actor: 'acme',
      note: undefined,
      soapId: undefined,
      ...line,
    }),
  );
}

function check(file = path): { findings: Finding[]; entitlements: number; ledgerLines: number } {
  const findings: Finding[] = [];
  const checked = checkDatabase(file, (finding) => findings.push(finding));
  return { ...checked, findings };
}

/** Changes the file past the store. */
function tamper(sql: string): void {
  const database = new SqliteDatabase(path);
  database.pragma('foreign_keys = OFF');
  database.exec(sql);
  database.close();
}

test('check: a sound database → how much was looked at, and nothing wrong', () => {
  expect(check()).toEqual({ findings: [], entitlements: 2, ledgerLines: 3 });
});

const ACCOUNT = `account ${'a'.repeat(40)}:`;

test.each([
  [
    'an end that no line has',
    `UPDATE entitlement SET end_at = 7 WHERE merchant_entitlement_id = 'news'`,
    [
      {
        kind: 'entitlement',
        text: `${ACCOUNT} news by Account is not what line 3 of the ledger leaves`,
      },
    ],
  ],
  [
    'a moment of change that no line has',
    `UPDATE entitlement SET changed_at = 7 WHERE merchant_entitlement_id = 'archive'`,
    [
      {
        kind: 'entitlement',
        text: `${ACCOUNT} archive by Account is not what line 2 of the ledger leaves`,
      },
    ],
  ],
  [
    'an entitlement taken away',
    `DELETE FROM entitlement WHERE merchant_entitlement_id = 'news'`,
    [
      {
        kind: 'entitlement',
        text: `${ACCOUNT} news by Account is not there, but line 3 of the ledger leaves it`,
      },
    ],
  ],
  [
    'an entitlement slipped in',
    `INSERT INTO entitlement (account_id, merchant_entitlement_id, source, source_id, merchant_id,
       start_at) VALUES (1, 'free', 'Account', '', 1, 0)`,
    [{ kind: 'entitlement', text: `${ACCOUNT} free by Account has no line in the ledger` }],
  ],
  [
    'a line rewritten',
    `DROP TRIGGER ledger_no_update; UPDATE ledger SET after_description = 'x' WHERE id = 1`,
    [
      {
        kind: 'ledger',
        text: `line 2 (${ACCOUNT} archive by Account) follows 1, but does not begin where that left it`,
      },
    ],
  ],
  [
    'a line taken out',
    `DROP TRIGGER ledger_no_delete; DELETE FROM ledger WHERE id = 1`,
    [
      {
        kind: 'ledger',
        text: `line 2 (${ACCOUNT} archive by Account) is the first, or of another merchant, but does not begin where that left it`,
      },
      {
        kind: 'event',
        text: 'merchant acme: event 1 is of line 1, which is not there or has a number before',
      },
    ],
  ],
  [
    'an event taken out',
    'DELETE FROM event WHERE sequence = 2',
    [
      { kind: 'event', text: 'merchant acme: no event is between 1 and 3' },
      { kind: 'event', text: 'line 2 of the ledger has no event in its place' },
    ],
  ],
  [
    'the last event taken out',
    'DELETE FROM event WHERE sequence = 3',
    [{ kind: 'event', text: 'line 3 of the ledger has no event in its place' }],
  ],
  [
    'a line numbered twice',
    'INSERT INTO event (merchant_id, sequence, ledger_id) VALUES (1, 4, 2)',
    [
      {
        kind: 'event',
        text: 'merchant acme: event 4 is of line 2, which is not there or has a number before',
      },
    ],
  ],
  [
    'a gap beyond the last line',
    `INSERT INTO event (merchant_id, sequence, type, account_id) VALUES (1, 5, 'account.updated', 1)`,
    [{ kind: 'event', text: 'merchant acme: no event is between 3 and 5' }],
  ],
  [
    'a row that names nobody',
    `INSERT INTO name_value (account_id, name, value) VALUES (99, 'n', 'v')`,
    [
      {
        kind: 'reference',
        text: 'a row of name_value names one of account that is not there',
      },
    ],
  ],
])('check: %s → is found', (_, sql, findings) => {
  tamper(sql);
  expect(check().findings).toEqual(findings);
});

test('check: more findings than are named of one piece → how many more there are', () => {
  tamper(`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${MOST_OF_PIECE + 7})
          INSERT INTO entitlement (account_id, merchant_entitlement_id, source, source_id, merchant_id, start_at)
          SELECT 1, 'free-' || i, 'Account', '', 1, 0 FROM n`);
  const { findings } = check();
  expect(findings).toHaveLength(MOST_OF_PIECE + 1);
  expect(findings.at(-1)).toEqual({ kind: 'entitlement', text: 'accounts 0 to 999: 7 more' });
});

test('check: the next piece waits until findings are done with, and nothing is read meanwhile', async () => {
  tamper(`INSERT INTO account (id, merchant_id, vid, created_at) VALUES (5000, 1, '${'e'.repeat(40)}', ${AT});
    INSERT INTO entitlement (account_id, merchant_entitlement_id, source, source_id, merchant_id, start_at)
      VALUES (5000, 'free', 'Account', '', 1, 0);
    UPDATE entitlement SET end_at = 7 WHERE merchant_entitlement_id = 'news'`);
  const found: string[] = [];
  const writer = new SqliteDatabase(path);
  await checkSlowly(path, async (findings) => {
    found.push(...findings.map(({ text }) => text));
    await new Promise((resolve) => setImmediate(resolve));
    writer.exec('DELETE FROM entitlement WHERE account_id = 5000');
    expect(writer.pragma('wal_checkpoint(TRUNCATE)')).toEqual([
      { busy: 0, log: 0, checkpointed: 0 },
    ]);
  });
  writer.close();
  expect(found).toEqual([`${ACCOUNT} news by Account is not what line 3 of the ledger leaves`]);
});

test('check: what the write-ahead log grew by during a long read is in the file afterwards', () => {
  // Nothing of the log has been moved yet: the file is as it was made.
  const before = statSync(path).size;
  checkDatabase(path, () => undefined);
  expect(statSync(path).size).toBeGreaterThan(before);
  expect(existsSync(`${path}-wal`)).toBe(true);
});

test('check: a database of another schema → is not judged', () => {
  tamper('PRAGMA user_version = 999');
  expect(() => check()).toThrow('the database has schema 999');
});

test('backup: while it is written to → one file as it was at the start, whole', async () => {
  tamper(`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
          INSERT INTO name_value SELECT 1, 'n' || i, hex(randomblob(200)) FROM n`);
  const target = join(folder, 'copy.db');
  const written: Promise<void>[] = [];
  await backupDatabase(path, target, () => {
    const name = `late-${written.length}`;
    written.push(change(name, { action: 'grant', before: undefined, after: STATE }));
  });
  await Promise.all(written);
  expect(written.length).toBeGreaterThan(1);
  expect(check(target)).toEqual({ findings: [], entitlements: 2, ledgerLines: 3 });
  expect(check().entitlements).toBe(2 + written.length);
  expect(statSync(target).mode & 0o077).toBe(0);
  expect(existsSync(`${target}.partial`)).toBe(false);
});

test('backup and check: what is beside a database stays as it was, served or not', async () => {
  const beside = () => readdirSync(folder).sort();
  const served = ['test.db', 'test.db-shm', 'test.db-wal'];
  expect(check().findings).toEqual([]);
  expect(beside()).toEqual(served);
  await store.close();
  expect(beside()).toEqual(['test.db']);
  await backupDatabase(path, join(folder, 'backup.db'), () => undefined);
  expect(check().findings).toEqual([]);
  expect(beside()).toEqual(['backup.db', 'test.db']);
  store = openSqliteStore(path);
});

test('backup: onto a file that exists → refused, and the file stays', async () => {
  await expect(backupDatabase(path, path, () => undefined)).rejects.toThrow('EEXIST');
  expect(check()).toMatchObject({ findings: [], ledgerLines: 3 });
  expect(existsSync(`${path}.partial`)).toBe(false);
});

test('accounts that share an externalId, as earlier versions let them', async () => {
  await store.transact(1, async (unit) => {
    await unit.insertAccount({ VID: 'b'.repeat(40), externalId: 'crm-1' }, AT);
    await unit.insertAccount({ VID: 'c'.repeat(40), externalId: 'crm-1' }, AT);
    await unit.insertAccount({ VID: 'd'.repeat(40), externalId: 'crm-2' }, AT);
  });
  const VIDs = `${'b'.repeat(40)}, ${'c'.repeat(40)}`;
  expect(check().findings).toEqual([
    { kind: 'account', text: `accounts ${VIDs} share the externalId crm-1` },
  ]);
});
