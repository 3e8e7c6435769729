/** The tables of a copy, held against both schemas: a new table or column cannot be forgotten. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { COPY_TABLES, NOT_COPIED } from '../../../src/store/copy-tables';
import { createPostgresDatabase } from '../../../src/store/postgres/database';
import { createSqliteDatabase } from '../../../src/store/sqlite/database';
import { CONNECTIONS, describeOnPostgres, makeDatabase, withClient } from '../../harness/postgres';
import { openDatabase } from '../sqlite/database';
import { dumpDatabase, makeWholeDatabase } from './whole-database';

const COPIED = COPY_TABLES.map(({ name }) => name).sort();

let folder: string;
let path: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-copied-'));
  path = join(folder, 'whole.db');
  makeWholeDatabase(path);
});

afterAll(() => rmSync(folder, { recursive: true }));

const withoutOthers = (names: readonly string[]) =>
  names.filter((name) => !NOT_COPIED.has(name)).sort();

test('each table of the schema in SQLite is copied, or said not to be', () => {
  const database = openDatabase(path, { readonly: true });
  const names = database
    .prepare<[], string>(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
    )
    .pluck()
    .all();
  database.close();
  expect(withoutOthers(names)).toEqual(COPIED);
});

test('the database that the tests copy has rows in each', () => {
  const empty = Object.entries(dumpDatabase(path)).filter(([, rows]) => rows.length === 0);
  expect(empty.map(([name]) => name)).toEqual([]);
});

describeOnPostgres('the tables of a copy', () => {
  test('are those of the schema', async () => {
    const names = await withClient(await makeDatabase(), async (client) => {
      const { rows } = await client.query<{ name: string }>(
        `SELECT relname AS name FROM pg_class WHERE relkind IN ('r', 'p') AND NOT relispartition
         AND relnamespace = 'public'::regnamespace`,
      );
      return rows.map(({ name }) => name);
    });
    expect(withoutOthers(names)).toEqual(COPIED);
  });

  test('each column of either schema is given by the other', async () => {
    const postgres = createPostgresDatabase(await makeDatabase(), CONNECTIONS);
    const sources = [
      await createSqliteDatabase(path).copySource(),
      await postgres.copySource(),
    ] as const;
    const missing: string[] = [];
    for (const table of COPY_TABLES) {
      for (const [source, target] of [sources, [sources[1], sources[0]]] as const) {
        const given = new Set(await source.columnsGiven(table));
        const lacking = (await target.columnsOf(table)).filter((column) => !given.has(column));
        missing.push(...lacking.map((column) => `${table.name}.${column}`));
      }
    }
    for (const source of sources) await source.close();
    expect(missing).toEqual([]);
  });
});
