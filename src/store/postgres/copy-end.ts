/** What both ends of a copy know of a database in PostgreSQL. */
import type { ConnectionSettings } from '../database';
import { SchemaError } from '../schema-error';
import type { CopyEnd } from '../copy-ends';
import { COPY_TABLES } from '../copy-tables';
import type { Connection } from './connection';
import { APPLICATION, Connections } from './pool';

/** A connection of an end's own, and what gives it back. */
interface Own {
  readonly connection: Connection;
  readonly close: () => Promise<void>;
}

/** @throws StoreError when the database cannot be reached */
async function connectOwn(url: string, settings: ConnectionSettings): Promise<Own> {
  const connections = new Connections(url, 1, settings, { patient: true });
  try {
    const connection = await connections.acquire();
    // One that was killed may be connected for a moment longer: it is no server.
    await connection.query(`SET application_name = '${APPLICATION} store copy'`);
    const close = async () => {
      // What is under way is undone with it.
      connection.release(true);
      await connections.close();
    };
    return { connection, close };
  } catch (error) {
    await connections.close();
    throw error;
  }
}

/**
 * Lets something open an end on a connection of its own, which stays open where that succeeds.
 * @throws whatever that throws
 */
export async function opening<T>(
  url: string,
  settings: ConnectionSettings,
  open: (connection: Connection, close: () => Promise<void>) => Promise<T>,
): Promise<T> {
  const { connection, close } = await connectOwn(url, settings);
  try {
    return await open(connection, close);
  } catch (error) {
    await close();
    throw error;
  }
}

/** @param connection what an end works with */
export function describeEnd(
  connection: Connection,
): Pick<CopyEnd, 'counts' | 'lastSequences' | 'columnsOf'> {
  return {
    counts: async () => {
      const counts = new Map<string, number>();
      for (const { name } of COPY_TABLES) {
        const [row] = await connection.list<[number]>(`SELECT count(*) FROM ${name}`);
        counts.set(name, row?.[0] ?? 0);
      }
      return counts;
    },
    lastSequences: async () =>
      new Map(
        await connection.list<[number, number]>(
          'SELECT merchant_id, max(sequence) FROM event GROUP BY merchant_id ORDER BY merchant_id',
        ),
      ),
    columnsOf: ({ name }) => listColumns(connection, name),
  };
}

/** The columns of a table; none: it is not there. */
export async function listColumns(connection: Connection, table: string): Promise<string[]> {
  const columns = await describeColumns(connection, table);
  return columns.map(({ name }) => name);
}

/** Those of its columns that hold texts. */
export async function listTexts(connection: Connection, table: string): Promise<string[]> {
  const columns = await describeColumns(connection, table);
  return columns.filter(({ isText }) => isText).map(({ name }) => name);
}

function describeColumns(connection: Connection, table: string) {
  return connection.query<{ name: string; isText: boolean }>(
    `SELECT attname AS name, atttypid = 'text'::regtype AS "isText" FROM pg_attribute
     WHERE attrelid = to_regclass(?) AND attnum > 0 AND NOT attisdropped ORDER BY attnum`,
    table,
  );
}

/** @throws SchemaError when a server, or a command, is connected to the database */
export async function requireAlone(connection: Connection): Promise<void> {
  const [other] = await connection.query<{ pid: number }>(
    `SELECT pid FROM pg_stat_activity WHERE datname = current_database()
     AND application_name = '${APPLICATION}' AND pid <> pg_backend_pid() LIMIT 1`,
  );
  if (other) throw new SchemaError('is open in another process: stop its servers first');
}
