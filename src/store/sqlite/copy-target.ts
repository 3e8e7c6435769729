/** A database in SQLite that is made as a copy of another: beside its place until it is whole. */
import { existsSync, linkSync, rmSync } from 'node:fs';
import SqliteDatabase, { type Database } from 'better-sqlite3';
import {
  type CopyTarget,
  type CopyValue,
  OTHER_COPY,
  type Progress,
  TWO_COPIES,
} from '../copy-ends';
import { SchemaError } from '../schema-error';
import { describeEnd } from './copy-end';
import { openSqliteStore } from './sqlite-store';
import { requireWritable } from './writable';

/** What a copy that is under way is known by. */
interface Copying {
  readonly mark: string;
  readonly progress?: Progress;
}

/** The size of the cache while rows are added to all indexes of a table, in KiB. */
const CACHE = 131_072;

/** @throws SchemaError when something is at its place already @throws Error when nothing can be written there */
export function requireFree(file: string): void {
  if (existsSync(file)) throw new SchemaError('is there already: name a new file');
  requireWritable(file);
}

/**
 * @param file where it is when it is whole
 * @throws SchemaError when something is there already
 */
export async function openCopyTarget(file: string): Promise<CopyTarget> {
  requireFree(file);
  const partial = `${file}.copying`;
  // Makes the schema.
  await openSqliteStore(partial).close();
  const database = new SqliteDatabase(partial);
  // All references are looked at in the end.
  database.pragma('foreign_keys = OFF');
  database.pragma('synchronous = NORMAL');
  database.pragma(`cache_size = -${CACHE}`);
  let copying: string | undefined;
  const note = (next: Copying) => {
    const known = copying;
    copying = JSON.stringify(next);
    const sql = 'UPDATE copying SET state = ? WHERE state = ?';
    if (database.prepare(sql).run(copying, known).changes !== 1) throw new SchemaError(TWO_COPIES);
  };
  const present = () => JSON.parse(copying ?? '{}') as Copying;
  return {
    ...describeEnd(database),
    begin: (mark) => {
      copying = findCopying(database) ?? startCopying(database, { mark });
      if (present().mark !== mark) throw new SchemaError(`${OTHER_COPY} (${partial})`);
      return present().progress;
    },
    add: ({ name }, columns, rows, progress) => {
      const names = columns.map((column) => `"${column}"`).join(', ');
      const marks = columns.map(() => '?').join(', ');
      const insert = database.prepare(`INSERT INTO ${name} (${names}) VALUES (${marks})`);
      const addAll = database.transaction(() => {
        for (const row of rows) insert.run(row.map(toColumn));
        note({ mark: present().mark, progress });
      });
      addAll.immediate();
    },
    finish: () => finish(database, partial, file),
    close: () => void database.close(),
  };
}

/** @throws SchemaError when it is something else than the beginning of a copy */
function findCopying(database: Database): string | undefined {
  const made = "SELECT 1 FROM sqlite_schema WHERE name = 'copying'";
  if (database.prepare(made).get()) {
    return database.prepare<[], string>('SELECT state FROM copying').pluck().get();
  }
  if (!database.prepare('SELECT 1 FROM merchant').get()) return undefined;
  throw new SchemaError(`cannot be made, for ${database.name} is no copy under way: remove it`);
}

function startCopying(database: Database, first: Copying): string {
  const state = JSON.stringify(first);
  const start = database.transaction(() => {
    // The source's own take their place.
    database.exec('DELETE FROM secret; CREATE TABLE copying (state TEXT NOT NULL)');
    database.prepare('INSERT INTO copying (state) VALUES (?)').run(state);
  });
  start.immediate();
  return state;
}

function finish(database: Database, partial: string, file: string): void {
  const [astray] = database.pragma('foreign_key_check') as Array<{ table: string }>;
  if (astray)
    throw new SchemaError(
      `would have a row of ${astray.table} that refers to one that is not there`,
    );
  database.exec('DROP TABLE copying');
  database.pragma('wal_checkpoint(TRUNCATE)');
  database.close();
  // Unlike a renaming, this replaces nothing.
  linkSync(partial, file);
  rmSync(partial);
}

/** A value as SQLite takes it. */
function toColumn(value: CopyValue): CopyValue {
  return typeof value === 'boolean' ? Number(value) : value;
}
