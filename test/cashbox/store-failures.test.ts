/**
 * The return strings that end in error-description, reached by a database that fails for real, and
 * that nothing of a failed call is kept.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SEED } from '../harness/seed';
import { startTestServer, type TestServer } from '../harness/server';
import { callAccount, callEntitlement } from '../harness/soap-call';
import { StoreError } from '../../src/store/store-error';
import { openDatabase } from '../store/sqlite/database';

const ACCOUNT = '<account><merchantAccountId>ada-1815</merchantAccountId></account>';
const GRACE = '<account><merchantAccountId>grace-1906</merchantAccountId></account>';
/** It has an end to extend. */
const LAB = '<merchantEntitlementId>lab</merchantEntitlementId>';
const BAC = '<merchantEntitlementId>archive</merchantEntitlementId>';

const OPERATIONS = [
  {
    operation: 'revokeEntitlement',
    parts: ACCOUNT + BAC,
    failed: 'Entitlement revocation failed',
    notSaved: 'Failed to save Account after revoking entitlement',
    notReloaded: 'Failed to reload account after entitlement revocation',
  },
  {
    operation: 'grantEntitlement',
    parts: `${ACCOUNT}<entitlement>${BAC}</entitlement>`,
    failed: 'Entitlement grant failed',
    notSaved: 'Failed to save Account after granting entitlement',
    notReloaded: 'Failed to reload account after entitlement grant',
  },
  {
    operation: 'extendEntitlementToDate',
    parts: `${GRACE}${LAB}<extensionDate>2026-07-01T00:00:00Z</extensionDate>`,
    failed: 'Entitlement extension failed',
    notSaved: 'Failed to save Account after entitlement extension',
    notReloaded: 'Failed to reload account after entitlement extension',
  },
  {
    operation: 'extendEntitlementByInterval',
    parts: `${GRACE}${LAB}<interval><years>1</years></interval>`,
    failed: 'Entitlement extension failed',
    notSaved: 'Failed to save Account after entitlement extension',
    notReloaded: 'Failed to reload account after entitlement extension',
  },
] as const;

describe.each(OPERATIONS)('$operation', ({ operation, parts, failed, notSaved, notReloaded }) => {
  let server: TestServer;
  let folder: string;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
    server = await startTestServer({ merchants: SEED, database: join(folder, 'test.db') });
  });

  afterEach(async () => {
    await server.stop();
    rmSync(folder, { recursive: true });
  });

  async function expectRefusal(returnString: string): Promise<void> {
    const before = state();
    const reply = await callAccount(server.url, operation, parts);
    expect(reply).toMatchObject({ status: 200, returnCode: '400', returnString });
    expect(state()).toEqual(before);
  }

  function state(): unknown {
    return ['entitlement', 'ledger'].map((table) =>
      server.database.prepare(`SELECT * FROM ${table}`).all(),
    );
  }

  test('a trigger that raises → its message', async () => {
    server.database.exec(
      `CREATE TRIGGER hold BEFORE INSERT ON ledger
       BEGIN SELECT RAISE(ABORT, 'the account is on legal hold'); END`,
    );
    await expectRefusal(`${failed}: the account is on legal hold.`);
  });

  test('a trigger that rolls the whole transaction back → the same', async () => {
    server.database.exec(
      `CREATE TRIGGER hold BEFORE INSERT ON ledger
       BEGIN SELECT RAISE(ROLLBACK, 'the account is on legal hold'); END`,
    );
    await expectRefusal(`${failed}: the account is on legal hold.`);
  });

  test('a database gone read-only → not saved', async () => {
    server.database.pragma('query_only = ON');
    await expectRefusal(`${notSaved}: the database is read-only.`);
  });

  test('a database locked by another process → not saved', async () => {
    const other = openDatabase(join(folder, 'test.db'));
    other.exec('BEGIN IMMEDIATE');
    await expectRefusal(`${notSaved}: the database is locked by another process.`);
    other.close();
    expect(await callAccount(server.url, operation, parts)).toMatchObject({ returnCode: '200' });
  });

  test('a login that cannot be looked up at present → not saved; by another failure → 500', async () => {
    const find = jest.spyOn(server.store, 'findMerchant');
    const lost = new StoreError('unavailable', 'the connection to the database was lost');
    find.mockRejectedValueOnce(lost);
    await expectRefusal(`${notSaved}: the connection to the database was lost.`);
    find.mockRejectedValueOnce(new StoreError('failed', 'the database is damaged'));
    const reply = await callAccount(server.url, operation, parts);
    const returnString = 'The store failed: the database is damaged.';
    expect(reply).toMatchObject({ status: 200, returnCode: '500', returnString });
  });

  test('a disk that is full → not saved', async () => {
    const pages = server.database.pragma('page_count', { simple: true }) as number;
    server.database.pragma(`max_page_count = ${pages}`);
    const note = `<note>${'x'.repeat(100_000)}</note>`;
    const reply = await callAccount(server.url, operation, parts + note);
    expect(reply.returnString).toBe(`${notSaved}: the disk is full.`);
  });

  test('a constraint that only the commit checks → not saved', async () => {
    server.database.exec(
      `CREATE TABLE stamp (id INTEGER REFERENCES merchant DEFERRABLE INITIALLY DEFERRED);
       CREATE TRIGGER stamped AFTER INSERT ON ledger BEGIN INSERT INTO stamp VALUES (99); END`,
    );
    await expectRefusal(`${notSaved}: the database does not allow it.`);
  });

  test('a reload that cannot read → not reloaded', async () => {
    server.database.exec('ALTER TABLE name_value RENAME TO name_value_gone');
    await expectRefusal(`${notReloaded}: the database could not carry it out.`);
  });

  test('a look-up that cannot read → 500 with a reason, the cause in the log', async () => {
    server.database.exec('ALTER TABLE entitlement RENAME TO entitlement_gone');
    const reply = await callAccount(server.url, operation, parts);
    expect(reply).toMatchObject({
      status: 200,
      returnCode: '500',
      returnString: 'The store failed: the database could not carry it out.',
    });
    const line = server.log.find(({ returnCode }) => returnCode === 500);
    expect(JSON.stringify(line)).toContain('no such table');
  });
});

describe('operations that take several steps', () => {
  let server: TestServer;

  beforeEach(async () => {
    server = await startTestServer({ merchants: SEED });
  });

  afterEach(() => server.stop());

  const state = () =>
    ['account', 'entitlement', 'ledger'].map((table) =>
      server.database.prepare(`SELECT * FROM ${table}`).all(),
    );

  test('transfer: a step that the database refuses takes back those before it', async () => {
    const child = '<child><merchantAccountId>alan-1912</merchantAccountId></child>';
    const parent = GRACE.replaceAll('account>', 'parent>');
    await callAccount(server.url, 'addChildren', parent + child);
    // The last line: children and all other entitlements have been moved by then.
    server.database.exec(
      `CREATE TRIGGER hold BEFORE INSERT ON ledger WHEN new.note = 'to ada-1815'
         AND new.merchant_entitlement_id = 'lab'
       BEGIN SELECT RAISE(ABORT, 'the lab is on legal hold'); END`,
    );
    const before = state();
    const parts =
      ACCOUNT.replaceAll('account>', 'targetAccount>') +
      GRACE.replaceAll('account>', 'sourceAccount>');
    const reply = await callAccount(server.url, 'transfer', parts);
    const returnString = 'The store failed: the lab is on legal hold.';
    expect(reply).toMatchObject({ status: 200, returnCode: '500', returnString });
    expect(state()).toEqual(before);
  });

  test('fetchDeltaSince: a database gone read-only → 500 where time has changed something since', async () => {
    const span = '<timestamp>2024-01-01T00:00:00Z</timestamp><page>0</page><pageSize>9</pageSize>';
    const fetchDelta = () => callEntitlement(server.url, 'fetchDeltaSince', span);
    server.database.pragma('query_only = ON');
    expect(await fetchDelta()).toMatchObject({ returnCode: '200' });
    server.setNow(Date.parse('2024-07-01T00:00:00Z'));
    const returnString = 'The store failed: the database is read-only.';
    expect(await fetchDelta()).toMatchObject({ returnCode: '500', returnString });
    server.database.pragma('query_only = OFF');
    expect(await fetchDelta()).toMatchObject({ returnCode: '200' });
  });
});
