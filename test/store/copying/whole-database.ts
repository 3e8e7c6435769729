/** A database that has rows in every table, and what it holds in a form that can be compared. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { COPY_TABLES } from '../../../src/store/copy-tables';
import { MIGRATIONS } from '../../../src/store/sqlite/migrations';
import { ROOT } from '../../harness/server';
import { openDatabase } from '../sqlite/database';

/** What would end a value or a row on its way, and what takes several bytes. */
const ODD = 'tab\t feed\n return\r backslash \\N \\. quote " and \' ß € 𝄞';

/** Beside what is kept of every schema: rows of the tables that it has none of. */
const MORE = `
  INSERT INTO person VALUES (7, 'ada', 'hash', 'admin', 0, 1, 'operator', NULL, NULL, NULL);
  INSERT INTO person_merchant VALUES (7, 1);
  INSERT INTO session VALUES ('digest', 7, 1, 2);
  INSERT INTO erasure VALUES (3, 1, 1, 1, 'operator', NULL, 0, 2);
  INSERT INTO kept_answer VALUES (1, 'key', 'print', 200, '{}', 1);
  INSERT INTO work VALUES (5, 1, 'product', 999, 'news', 'acme', NULL, 1, 1, 2);
  INSERT INTO work_range VALUES (5, 1, 9, 0, NULL);
  INSERT INTO attempt SELECT id, 1, 2, 3, 500, NULL, 'no' FROM delivery;
`;

/** Makes it. @param accounts how many more accounts it gets, for a copy that takes a while */
export function makeWholeDatabase(path: string, accounts = 0): void {
  const database = openDatabase(path);
  const kept = join(ROOT, 'fixtures', 'databases', `schema-${MIGRATIONS.length}.sql`);
  database.exec(readFileSync(kept, 'utf8'));
  database.exec(MORE);
  const odd = 'UPDATE account SET name = ?, warn_before_autobilling = 1 WHERE id = 1';
  database.prepare(odd).run(ODD);
  const more = `WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < ?)
    INSERT INTO account (merchant_id, vid, merchant_account_id, created_at)
    SELECT 1, 'more-' || n, 'more-' || n, 1 FROM number`;
  if (accounts > 0) database.prepare(more).run(accounts);
  database.close();
}

/** Every row of every table, in order. */
export function dumpDatabase(path: string): Record<string, unknown[]> {
  const database = openDatabase(path, { readonly: true });
  const rowsOf = (name: string, order: readonly string[]) =>
    database.prepare(`SELECT * FROM ${name} ORDER BY ${order.join(', ')}`).all();
  const dump = Object.fromEntries(
    COPY_TABLES.map(({ name, order }) => [name, rowsOf(name, order)]),
  );
  database.close();
  return dump;
}
