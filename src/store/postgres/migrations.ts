/**
 * The schema, step by step: each a file of migrations/; a number means the same here and in SQLite. The text of a step
 * that has been released never changes. Decided: docs/decisions/postgres.md
 */
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../base/package';
import { readSteps } from '../migration-steps';
import { SchemaError } from '../schema-error';
import type { Connection } from './connection';
import { SCHEMA_LOCK } from './locks';

/** The build leaves files that aren't TypeScript where they are, so the package ships this folder. */
const FOLDER = join(PACKAGE_ROOT, 'src', 'store', 'postgres', 'migrations');

/** The first step makes what SQLite has after its steps up to this one. */
const FIRST = 18;

/** Each step's SQL, from FIRST on; `schema_step` has the numbers of those that were taken. */
const MIGRATIONS: readonly string[] = readSteps(FOLDER, FIRST);

/** The number of the last step. */
export const SCHEMA = FIRST + MIGRATIONS.length - 1;

/** The oldest server that is supported, as it numbers itself. */
const OLDEST = 130_000;

/** How long a server waits for another that takes steps, in milliseconds. */
const PATIENCE = 10 * 60 * 1000;

/**
 * Brings a database to the newest schema, each step in a transaction of its own. Servers that start at the same moment wait
 * for the one that takes them.
 * @throws SchemaError when it was written by a newer version of this program or by another one, or PostgreSQL is too old
 */
export async function migrate(connection: Connection): Promise<void> {
  await requireServer(connection);
  if ((await versionOf(connection)) === SCHEMA) return;
  for (const [index, step] of MIGRATIONS.entries()) await take(connection, step, FIRST + index);
}

async function requireServer(connection: Connection): Promise<void> {
  const [row] = await connection.query<{ version: number; safe: boolean }>(
    `SELECT current_setting('server_version_num')::int AS version,
       NOT EXISTS (SELECT 1 FROM pg_sequences WHERE schemaname = current_schema()
         AND last_value > ${Number.MAX_SAFE_INTEGER}) AS safe`,
  );
  if ((row?.version ?? 0) < OLDEST) {
    throw new SchemaError('is on a PostgreSQL older than 13; use a newer one');
  }
  if (row?.safe !== true) {
    throw new SchemaError(`counts rows beyond ${Number.MAX_SAFE_INTEGER}, which are not safe here`);
  }
}

/**
 * @returns the number of the last step that was taken; 0: none was
 * @throws SchemaError when this program does not know that step
 */
export async function versionOf(connection: Connection): Promise<number> {
  const [found] = await connection.query<{ made: boolean }>(
    "SELECT to_regclass(format('%I.schema_step', current_schema())) IS NOT NULL AS made",
  );
  if (!found?.made) return 0;
  const [last] = await connection.query<{ version: number }>(
    'SELECT coalesce(max(number), 0)::int AS version FROM schema_step',
  );
  const version = last?.version ?? 0;
  if (version > SCHEMA) {
    throw new SchemaError(`has schema ${version}, this program knows ${SCHEMA}: use a newer one`);
  }
  return version;
}

/** @throws SchemaError when tables are there that no step has made */
export async function requireEmpty(connection: Connection): Promise<void> {
  const [found] = await connection.query<{ name: string }>(
    'SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema() LIMIT 1',
  );
  if (!found) return;
  throw new SchemaError(
    "has another program's tables; give Latchkey a database or a schema of its own",
  );
}

/** Takes a step, unless another server has taken it meanwhile. */
async function take(connection: Connection, step: string, number: number): Promise<void> {
  await connection.begin();
  try {
    await connection.query(`SET LOCAL lock_timeout = ${PATIENCE}`);
    await connection.query(`SELECT pg_advisory_xact_lock(${SCHEMA_LOCK}, 0)`);
    const version = await numberSteps(connection);
    if (version === 0) await requireEmpty(connection);
    if (version < number) {
      if (number === FIRST) await connection.query(STEPS);
      await connection.query(step);
      await connection.query('INSERT INTO schema_step VALUES (?, now())', number);
    }
    await connection.query('COMMIT');
  } catch (error) {
    await connection.query('ROLLBACK');
    throw error;
  }
}

/**
 * Gives steps that were counted from 1 the numbers that SQLite's have.
 * @returns the number of the last that was taken, as `versionOf`
 */
async function numberSteps(connection: Connection): Promise<number> {
  const version = await versionOf(connection);
  if (version === 0 || version >= FIRST) return version;
  await connection.query(`UPDATE schema_step SET number = number + ${FIRST - 1}`);
  return version + FIRST - 1;
}

const STEPS =
  'CREATE TABLE schema_step (number INTEGER PRIMARY KEY, taken_at TIMESTAMPTZ NOT NULL)';
