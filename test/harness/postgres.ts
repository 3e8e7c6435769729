/**
 * PostgreSQL for tests: one server for each process that runs tests, started when the first test asks for a database,
 * and as many databases as they want. It ends with that process, however that ends.
 */
import { execFile, execFileSync, spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import type { ConnectionSettings } from '../../src/store/database';
import { migrate } from '../../src/store/postgres/migrations';
import { numberParameters } from '../../src/store/postgres/parameters';
import {
  type OpenOptions,
  openPostgresStore,
  withConnection,
} from '../../src/store/postgres/postgres-store';
import { TYPES } from '../../src/store/postgres/values';
import type { Store } from '../../src/store/store';
import { freePort } from './free-port';

const run = promisify(execFile);

/** Where Debian puts each version's programs. */
const VERSIONS = '/usr/lib/postgresql';

/** The oldest version that is served. */
const OLDEST = 13;

/** Of a version's programs, the newest first. */
const FOLDER = (existsSync(VERSIONS) ? readdirSync(VERSIONS) : [])
  .map(Number)
  .filter((version) => version >= OLDEST)
  .sort((one, other) => other - one)
  .map((version) => join(VERSIONS, String(version), 'bin'))[0];

/**
 * `describe` where PostgreSQL is installed; elsewhere its tests are skipped, and say what is missing. With CI set nothing
 * is skipped.
 */
export function describeOnPostgres(name: string, work: () => void): void {
  if (FOLDER === undefined && !process.env.CI) {
    describe.skip(`${name} on PostgreSQL (not installed: postgresql)`, work);
    return;
  }
  describe(`${name} on PostgreSQL`, () => {
    // The first test of a run would wait for the server.
    beforeAll(makeTemplate, START_TIMEOUT);
    work();
  });
}

/** How long the start of the server may take on a busy machine, in milliseconds. */
const START_TIMEOUT = 300_000;

/** The server refuses to be root's. */
const AS_ROOT = process.getuid?.() === 0;

/** What makes its answers come soon; nothing here has to survive anything. */
const OPTIONS = [
  ...['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'autovacuum=off'],
  ...[
    'listen_addresses=127.0.0.1',
    'max_connections=300',
    'shared_buffers=64MB',
    'max_wal_size=1GB',
  ],
];

/** The folder of this process's server: module variables would not outlive the file of tests that asks first. */
const HOME = join(tmpdir(), `latchkey-postgres-${process.pid}`);
const DATA = join(HOME, 'data');

/** Runs a program of PostgreSQL. */
function program(name: string): readonly [command: string, ...args: string[]] {
  if (FOLDER === undefined) throw new Error('PostgreSQL is not installed: postgresql');
  const path = join(FOLDER, name);
  return AS_ROOT ? ['runuser', '-u', 'postgres', '--', path] : [path];
}

/** Holds the port once the server answers. */
const READY = join(HOME, 'port');

/** The URL of a database of this process's server. @param role who works with it; default: who owns it */
function urlOf(database: string, role = 'postgres'): string {
  return `postgres://${role}@127.0.0.1:${readFileSync(READY, 'utf8')}/${database}`;
}

/** The same database for another role. */
export function urlFor(url: string, role: string): string {
  return urlOf(databaseOf(url), role);
}

/** The name of the database of a URL. */
function databaseOf(url: string): string {
  return new URL(url).pathname.slice(1);
}

let started: Promise<void> | undefined;

/** Starts the server unless it runs. */
function start(): Promise<void> {
  return (started ??= existsSync(READY) ? Promise.resolve() : startFirst());
}

async function startFirst(): Promise<void> {
  mkdirSync(HOME, { mode: 0o700 });
  if (AS_ROOT) execFileSync('chown', ['postgres', HOME]);
  const [command, ...args] = program('initdb');
  const how = [
    '--no-sync',
    '--auth=trust',
    '--username=postgres',
    '--encoding=UTF8',
    '--locale=C.UTF-8',
  ];
  await run(command, [...args, ...how, '-D', DATA]);
  const port = await freePort();
  superviseServer(port);
  await answering(port);
  writeFileSync(READY, String(port));
}

/** Runs it under a shell that ends it, and takes its files away, when this process is gone. */
function superviseServer(port: number): void {
  const server = [...program('postgres'), '-D', DATA, '-k', HOME, '-p', String(port)];
  for (const option of OPTIONS) server.push('-c', option);
  const script = `"$@" >${HOME}/log 2>&1 & server=$!
    while kill -0 ${process.pid} 2>/dev/null && kill -0 $server 2>/dev/null; do sleep 0.5; done
    [ -f ${DATA}/postmaster.pid ] && kill -QUIT "$(head -1 ${DATA}/postmaster.pid)"
    wait $server
    rm -rf ${HOME}`;
  spawn('sh', ['-c', script, 'sh', ...server], { detached: true, stdio: 'ignore' }).unref();
}

async function answering(port: number): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const client = new Client({ host: '127.0.0.1', port, user: 'postgres', database: 'postgres' });
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      if (attempt === 200) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

/** Lets something work with a connection to a database. */
export async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client(url);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Runs statements as the owner of all. */
async function govern(...statements: string[]): Promise<void> {
  await start();
  await withClient(urlOf('postgres'), async (client) => {
    for (const sql of statements) await client.query(sql);
  });
}

/** Few: a test has few merchants. */
export const CONNECTIONS: ConnectionSettings = {
  databaseWriters: 4,
  databaseReaders: 4,
  databaseWait: 5000,
  databasePooler: 'off',
};

const TEMPLATE = 'latchkey_template';

/** A name that no other database of this process's server has. */
function newName(): string {
  const folder = mkdtempSync(join(HOME, 'database-'));
  return folder
    .slice(HOME.length + 1)
    .toLowerCase()
    .replace('-', '_');
}

/** Makes an empty database without a schema. @returns its URL */
export async function makeEmptyDatabase(): Promise<string> {
  await start();
  const name = newName();
  await govern(`CREATE DATABASE ${name}`);
  return urlOf(name);
}

/** Starts the server, and makes the database that others are copies of, where that was not done yet. */
async function makeTemplate(): Promise<void> {
  await start();
  const made = join(HOME, 'template');
  if (!existsSync(made)) {
    await govern(`DROP DATABASE IF EXISTS ${TEMPLATE}`, `CREATE DATABASE ${TEMPLATE}`);
    await withConnection(urlOf(TEMPLATE), CONNECTIONS, migrate);
    writeFileSync(made, '');
  }
}

/** Has the names of databases that were emptied, as files: other files of tests go on with them. */
const FREE = join(HOME, 'free');

/** A database with the present schema and nothing in it: one that was emptied, or a copy of one that was made once. @returns its URL */
export async function makeDatabase(): Promise<string> {
  await start();
  mkdirSync(FREE, { recursive: true });
  const [free] = readdirSync(FREE);
  if (free !== undefined) {
    rmSync(join(FREE, free));
    return urlOf(free);
  }
  await makeTemplate();
  const name = newName();
  await govern(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE}`);
  return urlOf(name);
}

/** Takes all out of a database, the ledger too, and has rows be numbered from the first again. */
const EMPTY = `SET session_replication_role = replica;
  DO $$ DECLARE name TEXT; BEGIN
    FOR name IN SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND NOT relispartition
      AND relnamespace = 'public'::regnamespace
      AND relname NOT IN ('schema_step', 'store_kind', 'secret')
    LOOP EXECUTE format('DELETE FROM %I', name); END LOOP;
    PERFORM setval(sequencename::regclass, 1, false) FROM pg_sequences WHERE last_value IS NOT NULL;
    UPDATE store_kind SET simulation = false, copying = NULL;
  END $$`;

/** Empties a database that nothing works with any more, and keeps it for others. */
export async function giveBack(url: string): Promise<void> {
  await withClient(url, (client) => client.query(EMPTY));
  writeFileSync(join(FREE, databaseOf(url)), '');
}

/** By which URL, and with which settings, a store reaches a database. */
export interface Way {
  readonly url: string;
  readonly settings: ConnectionSettings;
}

/** A store in a database of its own, and what is in that. */
export interface EmptyStore extends Store {
  /** Runs a statement past the store; `?` are its parameters. @returns its rows */
  readonly ask: (sql: string, ...values: unknown[]) => Promise<Row[]>;
}

/** A row by the names of its columns. */
export type Row = Readonly<Record<string, unknown>>;

/**
 * Opens a store in an empty database, which is emptied again when it is closed.
 * @param wayTo gives the way to a database from its URL; default: straight
 */
export async function openEmptyStore(
  options: OpenOptions,
  wayTo: (url: string) => Way = (url) => ({ url, settings: CONNECTIONS }),
): Promise<EmptyStore> {
  const url = await makeDatabase();
  const way = wayTo(url);
  const store = await openPostgresStore(way.url, way.settings, options);
  let asking: Promise<Client> | undefined;
  const connect = async () => {
    const client = new Client({ connectionString: url, types: TYPES, pipeline: true });
    await client.connect();
    return client;
  };
  const ask = async (sql: string, ...values: unknown[]) => {
    const client = await (asking ??= connect());
    const { rows } = await client.query<Row>(numberParameters(sql).text, values);
    return rows;
  };
  const close = async () => {
    await store.close();
    await (await asking)?.end();
    await giveBack(url);
  };
  return { ...store, ask, close };
}
