/** A database that another program made. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { runLatchkey } from '../../harness/run-latchkey';

let folder: string;
let database: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-foreign-'));
  database = join(folder, 'music.db');
});
afterEach(() => rmSync(folder, { recursive: true }));

test('every command: one line that names it, and nothing of it is changed', async () => {
  const foreign = new SqliteDatabase(database);
  foreign.exec('CREATE TABLE album (title TEXT); INSERT INTO album VALUES (1)');
  foreign.close();
  const before = readFileSync(database);
  for (const args of [
    ['serve', '--port', '0', '--demo'],
    ['check'],
    ['account', 'list'],
    ['merchant', 'add', 'acme'],
  ]) {
    expect(await runLatchkey(database, ...args)).toEqual({
      code: 1,
      stdout: '',
      stderr:
        `latchkey: ${database}: has tables of another program; ` +
        "name a database of Latchkey's, or a new file\n",
    });
  }
  expect(readFileSync(database).equals(before)).toBe(true);
  expect(readdirSync(folder)).toEqual([basename(database)]);
});
