/** Databases of every earlier schema, opened by today's program. See scripts/keep-database.ts. */
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteDatabase, { type Database } from 'better-sqlite3';
import { checkDatabase } from '../../../src/store/sqlite/check';
import { readSteps } from '../../../src/store/migration-steps';
import { migrate, MIGRATIONS } from '../../../src/store/sqlite/migrations';
import { openSqliteStore } from '../../../src/store/sqlite/sqlite-store';
import { ROOT } from '../../harness/server';
import { collect } from '../../harness/collect';

const FOLDER = join(ROOT, 'fixtures', 'databases');
const KEPT = readdirSync(FOLDER).sort((one, other) =>
  one.localeCompare(other, 'en', { numeric: true }),
);

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-kept-'));
  path = join(folder, 'test.db');
});

afterEach(() => rmSync(folder, { recursive: true }));

function restore(file: string): void {
  const database = new SqliteDatabase(path);
  database.exec(readFileSync(join(FOLDER, file), 'utf8'));
  database.close();
}

/** The parts of a schema, apart from its white space. */
function schemaOf(database: Database): string[] {
  const made = database
    .prepare<[], string>(
      "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'",
    )
    .pluck()
    .all();
  return made.map((sql) => sql.replace(/\s+/g, ' ')).sort();
}

function versionOf(file: string): unknown {
  const database = new SqliteDatabase(file, { readonly: true });
  const version: unknown = database.pragma('user_version', { simple: true });
  database.close();
  return version;
}

test('a database of every schema is kept, today’s too', () => {
  expect(KEPT).toEqual(MIGRATIONS.map((_, index) => `schema-${index + 1}.sql`));
});

/** SHA-256 of the steps that have been released. */
const RELEASED = [
  'a9016651a25df56381b3b16c68373d4f882edaba2c2455742ae2f59eed35ac6c',
  '8b55a310fa119a5ece26434c088ae81cee2306eb4e5db4c5d208e79062a27ff8',
  '6cfc690020e472c0bcb70ac1a3e47ea5cd6d259793e8bc99627b6a5ee322f1a4',
  '425e5242c5b5f3280ecd1db73b5d556051f59b4e47ed0041a65c99df646c1634',
  '2d1b1c520fededd889439c8b23fd68679c7be97382b7aaa6c59a5aab45c1a01c',
  'bedf568d6e47172311ff28b9820e8d5b092597ea8e81e78c3163fb2682000374',
];

test('the text of a released step stays', () => {
  const digests = MIGRATIONS.map((step) => createHash('sha256').update(step).digest('hex'));
  expect(digests.slice(0, RELEASED.length)).toEqual(RELEASED);
});

test.each([['002.sql'], ['001.sql', '003.sql'], ['001.sql', '2.sql'], ['001.sql', 'notes.txt']])(
  'steps %j %j → refused, for one is missing or is none',
  (...files) => {
    for (const file of files) writeFileSync(join(folder, file), '');
    expect(() => readSteps(folder)).toThrow(/ is not 00\d\.sql$/);
  },
);

test.each(KEPT)('%s becomes what a new database is, and loses nothing', async (file) => {
  restore(file);
  const store = openSqliteStore(path);
  const merchant = await store.findMerchant('acme_soap');
  const reader = store.reader(merchant?.id ?? 0);
  const ada = await reader.findAccountByMerchantAccountId('ada-1815');
  const held = await reader.listAllEntitlements(ada?.id ?? 0, { after: undefined, limit: 9999 });
  const steps = KEPT.indexOf(file) + 1;
  const given = steps >= 6 ? ['archive', 'news', 'support'] : ['archive'];
  expect(held.map(({ merchantEntitlementId }) => merchantEntitlementId)).toEqual(given);
  if (steps >= 3) expect(await reader.orders.findOrder('A1')).toMatchObject({ state: 'active' });
  if (steps >= 4) expect(await reader.catalogue.products.findByMerchantId('news')).toBeDefined();
  if (steps >= 6) expect(await reader.autoBills.findByMerchantAutoBillId('ada-news')).toBeDefined();
  expect((await collect(store.listLedger({}))).length).toBeGreaterThan(3);
  await store.close();

  const migrated = new SqliteDatabase(path);
  const fresh = new SqliteDatabase(':memory:');
  migrate(fresh);
  expect(schemaOf(migrated)).toEqual(schemaOf(fresh));
  migrated.close();
  const findings: string[] = [];
  checkDatabase(path, ({ text }) => findings.push(text));
  expect(findings).toEqual([]);
});

test('a database of a newer program is left alone, and it is said', () => {
  restore(KEPT.at(-1) ?? '');
  const database = new SqliteDatabase(path);
  database.pragma(`user_version = ${MIGRATIONS.length + 1}`);
  database.close();
  expect(() => openSqliteStore(path)).toThrow(
    /the database has schema \d+, this program knows \d+/,
  );
  expect(versionOf(path)).toBe(MIGRATIONS.length + 1);
});

test('a step that fails half way leaves the file as it was', () => {
  restore('schema-1.sql');
  const database = new SqliteDatabase(path);
  const before = schemaOf(database);
  // The second step's tables are there already.
  database.exec('CREATE TABLE api_key (id INTEGER)');
  const tampered = schemaOf(database);
  expect(() => migrate(database)).toThrow(/api_key already exists/);
  expect(schemaOf(database)).toEqual(tampered);
  database.exec('DROP TABLE api_key');
  migrate(database);
  expect(schemaOf(database).length).toBeGreaterThan(before.length);
  database.close();
});
