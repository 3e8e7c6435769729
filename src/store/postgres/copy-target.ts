/** A database in PostgreSQL that is made as a copy of another. No server opens it before it is whole. */
import type { ConnectionSettings } from '../database';
import { SchemaError } from '../schema-error';
import { StoreError } from '../store-error';
import { type CopyTarget, OTHER_COPY, type Progress, TWO_COPIES } from '../copy-ends';
import { COPY_TABLES } from '../copy-tables';
import type { Connection } from './connection';
import { describeEnd, listColumns, opening, requireAlone } from './copy-end';
import { toCopyText } from './copy-in';
import { migrate, requireEmpty, versionOf } from './migrations';

/** What is kept of a copy that is under way. */
interface Copying {
  readonly mark: string;
  /** All references, by table and name: they are made again when every row is there, which is faster. */
  readonly references: ReadonlyArray<readonly [table: string, name: string, definition: string]>;
  readonly progress?: Progress;
}

/** A block that a crash of the database takes back is sent again: its progress goes with it. */
const QUICKLY = 'SET LOCAL synchronous_commit = off';

/**
 * Looks whether a database can be the target of a copy, and changes nothing.
 * @throws StoreError when it cannot be reached
 * @throws SchemaError when it has anything but the beginning of a copy, or the role may not fill it
 */
export function requireFree(url: string, settings: ConnectionSettings): Promise<void> {
  return opening(url, settings, async (connection, close) => {
    await look(connection);
    await close();
  });
}

/** Makes the schema where there is none; throws as `requireFree` does. */
export function openCopyTarget(url: string, settings: ConnectionSettings): Promise<CopyTarget> {
  return opening(url, settings, async (connection, close) => {
    await look(connection);
    await migrate(connection);
    return createTarget(connection, close);
  });
}

async function look(connection: Connection): Promise<void> {
  await requireOwner(connection);
  if ((await versionOf(connection)) === 0) {
    await requireEmpty(connection);
    return;
  }
  await requireAlone(connection);
  const [kind] = await connection.query<{ simulation: boolean; copying: boolean }>(
    'SELECT simulation, copying IS NOT NULL AS copying FROM store_kind',
  );
  if (kind?.simulation) throw new SchemaError("is a simulation's: name an empty database");
  if (!kind?.copying) await requireNoRows(connection);
}

/** Of the tables, where they are made already; else of the right to make them. */
async function requireOwner(connection: Connection): Promise<void> {
  const [row] = await connection.query<{ role: string; owns: boolean | null; makes: boolean }>(
    `SELECT current_user::text AS role, has_schema_privilege(current_schema(), 'CREATE') AS makes,
       (SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = to_regclass('schema_step')) AS owns`,
  );
  if (!row) return;
  const { role, owns, makes } = row;
  const isMade = owns !== null;
  if (isMade ? owns : makes) return;
  const lack = isMade ? 'does not own its tables' : 'may make no tables in it';
  throw new SchemaError(`is not for ${role}, which ${lack}: name its owner in the URL`);
}

async function requireNoRows(connection: Connection): Promise<void> {
  for (const { name } of COPY_TABLES) {
    // An older schema lacks some; the secrets are made with the schema.
    if (name === 'secret' || (await listColumns(connection, name)).length === 0) continue;
    const [row] = await connection.query<{ used: boolean }>(
      `SELECT EXISTS (SELECT 1 FROM ${name}) AS used`,
    );
    if (row?.used !== true) continue;
    throw new SchemaError(`is not empty, for it has rows in ${name}: name an empty database`);
  }
}

function createTarget(connection: Connection, close: () => Promise<void>): CopyTarget {
  let copying: string | undefined;
  const present = () => JSON.parse(copying ?? '{}') as Copying;
  const note = async (next: Copying | undefined) => {
    const state = next && JSON.stringify(next);
    const update = connection.change('UPDATE store_kind SET copying = ? WHERE copying = ?');
    if ((await update.run(state, copying)) !== 1) throw new SchemaError(TWO_COPIES);
    copying = state;
  };
  return {
    ...describeEnd(connection),
    begin: async (mark, moments) => {
      copying =
        (await findCopying(connection)) ??
        (await within(connection, () => startCopying(connection, mark, moments)));
      if (present().mark !== mark) throw new SchemaError(OTHER_COPY);
      return present().progress;
    },
    add: async ({ name }, columns, rows, progress) => {
      const names = columns.map((column) => `"${column}"`).join(', ');
      const { mark, references } = present();
      await within(connection, async () => {
        await connection.query(QUICKLY);
        await connection.copyIn(`COPY ${name} (${names}) FROM STDIN`, toCopyText(rows));
        await note({ mark, references, progress });
      });
    },
    finish: async () => {
      const { references } = present();
      await within(connection, async () => {
        await makeReferences(connection, references);
        await countOn(connection);
        await note(undefined);
      });
      await connection.query('ANALYZE');
    },
    close,
  };
}

async function findCopying(connection: Connection): Promise<string | undefined> {
  const [row] = await connection.query<{ copying: string | null }>(
    'SELECT copying FROM store_kind',
  );
  return row?.copying ?? undefined;
}

/** @returns what is kept of it */
async function startCopying(
  connection: Connection,
  mark: string,
  moments: readonly [number, number] | undefined,
): Promise<string> {
  const references = await connection.list<[string, string, string]>(
    `SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint
     WHERE contype = 'f' AND conparentid = 0 AND connamespace = current_schema()::regnamespace
     ORDER BY conrelid::regclass::text, conname`,
  );
  for (const [table, name] of references) {
    await connection.query(`ALTER TABLE ${table} DROP CONSTRAINT ${name}`);
  }
  // The source's own take their place.
  await connection.query('DELETE FROM secret');
  if (moments) await connection.query('SELECT make_ledger_partitions(?, ?)', ...moments);
  const state: Copying = { mark, references };
  const text = JSON.stringify(state);
  await connection.query('UPDATE store_kind SET copying = ?', text);
  return text;
}

async function makeReferences(
  connection: Connection,
  references: Copying['references'],
): Promise<void> {
  for (const [table, name, definition] of references) {
    try {
      await connection.query(`ALTER TABLE ${table} ADD CONSTRAINT ${name} ${definition}`);
    } catch (error) {
      if (!(error instanceof StoreError) || error.kind !== 'refused') throw error;
      throw new SchemaError(`would have a row of ${table} that refers to one that is not there`, {
        cause: error,
      });
    }
  }
}

/** Has rows be numbered from those on that were copied. */
async function countOn(connection: Connection): Promise<void> {
  for (const { name, order } of COPY_TABLES) {
    if (order[0] !== 'id') continue;
    await connection.query(
      `SELECT setval(pg_get_serial_sequence('${name}', 'id'), last) FROM
         (SELECT max(id) AS last FROM ${name}) AS ids WHERE last IS NOT NULL`,
    );
  }
}

async function within<T>(connection: Connection, work: () => Promise<T>): Promise<T> {
  await connection.begin();
  try {
    const result = await work();
    await connection.query('COMMIT');
    return result;
  } catch (error) {
    await connection.rollback();
    throw error;
  }
}
