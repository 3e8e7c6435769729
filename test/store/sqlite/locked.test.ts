/** Units of work that wait for another connection's lock, while everything else goes on. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteDatabase, { type Database } from 'better-sqlite3';
import { UnitQueue } from '../../../src/store/sqlite/unit-queue';

let folder: string;
let database: Database;
let other: Database;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
  database = new SqliteDatabase(join(folder, 'test.db'), { timeout: 0 });
  database.exec('PRAGMA journal_mode = WAL; CREATE TABLE item (name TEXT)');
  other = new SqliteDatabase(join(folder, 'test.db'));
  other.exec('BEGIN IMMEDIATE');
});

afterEach(() => {
  other.close();
  database.close();
  rmSync(folder, { recursive: true });
});

const insert = (name: string) => () => {
  database.prepare('INSERT INTO item VALUES (?)').run(name);
  return Promise.resolve(name);
};
const items = () => database.prepare('SELECT name FROM item').pluck().all();
/** A number of turns of the event loop. */
const turns = async (count: number) => {
  for (let turn = 0; turn < count; turn++) await new Promise(setImmediate);
};

test('while another holds the lock the event loop turns; then all that waited is done in order', async () => {
  const units = new UnitQueue(database, { lockTimeout: 60_000 });
  const done: string[] = [];
  const runs = ['a', 'b'].map((name) => units.run(insert(name)).then(() => done.push(name)));
  await turns(50);
  runs.push(units.run(insert('c')).then(() => done.push('c')));
  await turns(50);
  expect(done).toEqual([]);
  other.exec('COMMIT');
  await Promise.all(runs);
  expect(done).toEqual(['a', 'b', 'c']);
  expect(items()).toEqual(['a', 'b', 'c']);
});

test('a lock that is not given back in time → what needs it fails, what only reads does not', async () => {
  const units = new UnitQueue(database, { lockTimeout: 5 });
  const write = units.run(insert('a'));
  const read = units.run(() => Promise.resolve(items()));
  await expect(write).rejects.toMatchObject({
    kind: 'unavailable',
    description: 'the database is locked by another process',
  });
  await expect(read).resolves.toEqual([]);
  other.exec('ROLLBACK');
  await expect(units.run(insert('b'))).resolves.toBe('b');
  expect(items()).toEqual(['b']);
});
