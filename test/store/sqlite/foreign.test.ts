/** A database that another program made. */
import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { MIGRATIONS } from '../../../src/store/sqlite/migrations';
import { openSqliteStore } from '../../../src/store/sqlite/sqlite-store';
import { runLatchkey } from '../../harness/run-latchkey';

const ALBUM = 'CREATE TABLE album (title TEXT); INSERT INTO album VALUES (1);';
const REFUSED = "is another program's database; name one of Latchkey's, or a new file";

let folder: string;
let database: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-foreign-'));
  database = join(folder, 'music.db');
});
afterEach(() => rmSync(folder, { recursive: true }));

function make(sql: string): void {
  const foreign = new SqliteDatabase(database);
  foreign.exec(sql);
  foreign.close();
}

/** Every file of the folder: name, mode and bytes. SQLite's index of a write-ahead log may be made anew. */
function files() {
  return readdirSync(folder).map((name) => {
    const path = join(folder, name);
    const bytes = name.endsWith('-shm') ? '' : readFileSync(path, 'base64');
    return [name, statSync(path).mode, bytes];
  });
}

test('every command: one line that names it, and nothing of it is changed', async () => {
  make(`${ALBUM} PRAGMA user_version = 3`);
  const backup = join(folder, 'backup.db');
  await openSqliteStore(backup).close();
  const before = files();
  for (const args of [
    ['serve', '--port', '0', '--demo'],
    ['check'],
    ['repair'],
    ['backup', join(folder, 'copy.db')],
    ['restore', backup],
    ['account', 'list'],
    ['merchant', 'add', 'acme'],
  ]) {
    const stderr = `latchkey: ${database}: ${REFUSED}\n`;
    expect([args, await runLatchkey(database, ...args)]).toEqual([
      args,
      { code: 1, stdout: '', stderr },
    ]);
  }
  expect(files()).toEqual(before);
});

test.each([
  ['no number of a schema', ALBUM],
  ['the number of an early schema', `${ALBUM} PRAGMA user_version = 1`],
  ['that of the present one', `${ALBUM} PRAGMA user_version = ${MIGRATIONS.length}`],
  ['that of a later one', `${ALBUM} PRAGMA user_version = 20240601`],
  ['a number and no tables', 'PRAGMA user_version = 3'],
  [
    'tables of the same names, some of them',
    'CREATE TABLE merchant (id); CREATE TABLE account (id); PRAGMA user_version = 2',
  ],
  ['a write-ahead log of its own', `PRAGMA journal_mode = WAL; ${ALBUM} PRAGMA user_version = 3`],
])('with %s → refused, and its files stay as they are', (_what, sql) => {
  make(sql);
  const before = files();
  expect(() => openSqliteStore(database)).toThrow(REFUSED);
  expect(files()).toEqual(before);
});

test('what a crash left in its write-ahead log stays there', () => {
  const foreign = new SqliteDatabase(database);
  foreign.exec(`PRAGMA journal_mode = WAL; ${ALBUM} PRAGMA user_version = 3`);
  const left = join(folder, 'left.db');
  for (const end of ['', '-wal', '-shm']) copyFileSync(database + end, left + end);
  foreign.close();
  const before = files();
  expect(statSync(`${left}-wal`).size).toBeGreaterThan(0);
  expect(() => openSqliteStore(left)).toThrow(REFUSED);
  expect(files()).toEqual(before);
});

test('an empty file becomes a database', async () => {
  writeFileSync(database, '');
  await openSqliteStore(database).close();
  await openSqliteStore(database).close();
});
