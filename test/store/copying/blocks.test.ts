/** Blocks of rows that follow each other: as many bytes as may be in memory, whatever follows short rows. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BLOCK_TEXT, type CopySource, weightOf } from '../../../src/store/copy-ends';
import { COPY_TABLES } from '../../../src/store/copy-tables';
import { createPostgresDatabase } from '../../../src/store/postgres/database';
import { createSqliteDatabase } from '../../../src/store/sqlite/database';
import { openSqliteStore } from '../../../src/store/sqlite/sqlite-store';
import { CONNECTIONS, describeOnPostgres, makeDatabase, withClient } from '../../harness/postgres';
import { openDatabase } from '../sqlite/database';

const SHORT = 6000;
const LONG = 60;
const CHARACTERS = 2 ** 18;

const MERCHANT = `INSERT INTO merchant (id, login, password_hash, created_at) VALUES (1, 'acme', '-', 0)`;

/** Accounts of a merchant: thousands with short names, then some with very long ones. @param long an expression */
const accounts = (long: string) => `
  WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < ${SHORT + LONG})
  INSERT INTO account (id, merchant_id, vid, merchant_account_id, name, created_at)
  SELECT n, 1, 'v' || n, 'a' || n, CASE WHEN n > ${SHORT} THEN ${long} ELSE 'short' END, 1 FROM number`;

async function requireBounded(source: CopySource): Promise<void> {
  const table = COPY_TABLES.find(({ name }) => name === 'account');
  if (!table) throw new Error('no accounts');
  let rows = 0;
  let heaviest = 0;
  for await (const block of source.blocks(table, ['id', 'name'], undefined)) {
    rows += block.rows.length;
    const weight = block.rows.reduce((sum, row) => sum + weightOf(row), 0);
    heaviest = Math.max(heaviest, weight);
  }
  expect(rows).toBe(SHORT + LONG);
  // The row that makes it enough is in it.
  expect(heaviest).toBeLessThanOrEqual(BLOCK_TEXT + CHARACTERS);
  expect(heaviest).toBeGreaterThan(BLOCK_TEXT / 2);
}

test('SQLite', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-blocks-'));
  const file = join(folder, 'long.db');
  await openSqliteStore(file).close();
  const database = openDatabase(file);
  database.exec(MERCHANT);
  database.exec(accounts(`printf('%.*c', ${CHARACTERS}, 'x')`));
  database.close();
  const source = await createSqliteDatabase(file).copySource();
  await requireBounded(source);
  await source.close();
  rmSync(folder, { recursive: true });
});

describeOnPostgres('blocks', () => {
  test('of short rows and long ones', async () => {
    const url = await makeDatabase();
    await withClient(url, async (client) => {
      await client.query(MERCHANT);
      await client.query(accounts(`repeat('x', ${CHARACTERS})`));
    });
    const source = await createPostgresDatabase(url, CONNECTIONS).copySource();
    await requireBounded(source);
    await source.close();
  });
});
