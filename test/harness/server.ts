/** Starts the real application on a free loopback port, with an injected clock and ids. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pino } from 'pino';
import { createApp } from '../../src/app';
import { createFormats } from '../../src/formats';
import { SYSTEM_TIME, type Time } from '../../src/base/time';
import { hashPassword } from '../../src/access/password';
import { readSettings, type Settings } from '../../src/config/settings';
import { Connections } from '../../src/connections';
import { loadContract } from '../../src/contract/contract';
import { type Demo, loadMerchant } from '../../src/demo';
import { logOptions } from '../../src/log';
import { createSimulation } from '../../src/simulation/simulation';
import { createSqliteStore, type StoreOptions } from '../../src/store/sqlite/sqlite-store';
import type { Store } from '../../src/store/store';
import { createTransport } from '../../src/webhooks/transport';
import { openEmptyStore, type Row } from './postgres';
import { recordStatements } from './postgres-statements';
import { keepReplies } from './replies';
import { type Database, openDatabase, openMigrated } from '../store/sqlite/database';

export const ROOT = join(__dirname, '..', '..');

/** When everything in the tests happens, unless a test says otherwise. */
export const NOW = Date.parse('2024-06-01T12:00:00.500Z');

const contract = loadContract(join(ROOT, 'wsdl'));

export interface TestServer {
  readonly url: string;
  readonly store: Store;
  /** The store's writing connection in SQLite, for a test that makes it fail for real. */
  readonly database: Database;
  /**
   * Runs a statement past the store, on either database; `?` are its parameters.
   * @returns its rows, by the names of the columns
   */
  readonly ask: (sql: string, ...values: unknown[]) => Promise<Row[]>;
  /** Every statement that was run, in order. */
  readonly statements: string[];
  /** Every log line. */
  readonly log: Array<Record<string, unknown>>;
  /** The body of every reply to a POST, in order. */
  readonly replies: readonly string[];
  /** Sets the clock. */
  setNow(now: number): void;
  stop(): Promise<void>;
}

export interface TestServerOptions {
  readonly merchants?: readonly Demo[];
  readonly settings?: Partial<Settings>;
  readonly now?: number;
  /** Default: a database in memory. */
  readonly database?: string;
  /** How long a unit of work waits for another process's lock, in milliseconds. Default: not at all. */
  readonly lockTimeout?: number;
  /** Its clocks, in place of one that is set. */
  readonly time?: Time;
  /** Whether it is a simulation. */
  readonly simulate?: boolean;
  /** Whether its store is on PostgreSQL; default: where TEST_DATABASE says so. */
  readonly postgres?: boolean;
  /** Whether clock and ids are the real ones, for clients that compare with their own clock. */
  readonly real?: boolean;
}

/** Its ids count up from here once the seed is in place, so that replies don't depend on it. */
const FIRST_ID = 0x1000;

/**
 * How long a connection without a request is kept, in milliseconds: longer than any test takes. A test that works for
 * seconds without a turn of the event loop would else have its next call meet the end of its connection.
 */
const KEEP_ALIVE = 600_000;

/** A password hash that costs next to nothing to verify. */
const CHEAP = { N: 2, r: 1, p: 1 };

const running = new Set<TestServer>();

// A test that failed before it stopped its server must not keep the run from ending.
afterAll(async () => {
  for (const server of running) await server.stop();
});

/**
 * A connection holds this for ever: made in the function that starts the server, it would see all of that,
 * the connection itself as well, and no server would leave the memory.
 */
function recordIn(statements: string[]): (sql?: unknown) => void {
  return (sql) => void statements.push(String(sql));
}

/** A store in SQLite, and the connection that it writes on. @param path default: in memory */
function openSqlite(path: string | undefined, statements: string[], options: StoreOptions) {
  const verbose = recordIn(statements);
  const database = path === undefined ? openMigrated({ verbose }) : openDatabase(path, { verbose });
  const ask = (sql: string, ...values: unknown[]): Promise<Row[]> => {
    const statement = database.prepare(sql);
    if (statement.reader) return Promise.resolve(statement.all(...values) as Row[]);
    statement.run(...values);
    return Promise.resolve([]);
  };
  return { store: createSqliteStore(database, options), database, ask };
}

/** The same on PostgreSQL. */
async function openPostgres(statements: string[], options: Parameters<typeof openEmptyStore>[0]) {
  const stopRecording = recordStatements(statements);
  const opened = await openEmptyStore(options);
  const close = () => {
    stopRecording();
    return opened.close();
  };
  return { store: { ...opened, close }, database: noSqlite, ask: opened.ask };
}

/** Whether stores of tests are on PostgreSQL. */
const ON_POSTGRES = process.env.TEST_DATABASE === 'postgres';

/** A test of what only SQLite has: a file, a check of it, the machine's clock. On PostgreSQL there is no such test. */
export function testOnSqlite(name: string, run: () => Promise<void>, timeout?: number): void {
  if (!ON_POSTGRES) test(name, run, timeout);
}

/** In place of a connection to SQLite where there is none. */
const noSqlite = new Proxy({} as Database, {
  get: () => {
    throw new Error('this server has its store on PostgreSQL');
  },
});

export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const { merchants = [], settings = {}, real = false, simulate = false } = options;
  const { postgres = ON_POSTGRES } = options;
  let now = options.now ?? NOW;
  let id = 0;
  const statements: string[] = [];
  const log: TestServer['log'] = [];
  const set = { ...SYSTEM_TIME, now: () => now, uptime: undefined };
  const { lockTimeout = 0, time = real ? SYSTEM_TIME : set } = options;
  const simulation = simulate ? createSimulation(time) : undefined;
  const dating = { time: simulation?.time ?? time, simulate: simulate ? 'on' : 'off' } as const;
  const { store, database, ask } =
    postgres && options.database === undefined
      ? await openPostgres(statements, dating)
      : openSqlite(options.database, statements, { lockTimeout, ...dating });
  const surroundings = {
    store,
    timeZone: settings.timeZone ?? 'America/Los_Angeles',
    newId: () => (id++).toString(16).padStart(40, '0'),
  };
  for (const merchant of merchants) {
    await loadMerchant(merchant, await hashPassword(merchant.password, CHEAP), surroundings);
  }
  id = FIRST_ID;
  const logger = pino(logOptions('trace', time), {
    write: (line: string) => log.push(JSON.parse(line) as Record<string, unknown>),
  });
  // A sweep fails more logins in a minute than any client should. The real clock on a busy machine makes
  // calls slow, and their lines would come or not.
  const own = { ...readSettings({}, {}), maxFailedLogins: 100_000, slowCall: 0, ...settings };
  const deliveries = simulation?.createDeliveries({
    store,
    logger,
    time,
    formatOf: createFormats(contract, own),
    transport: createTransport(SYSTEM_TIME),
    wake: () => undefined,
  });
  const app = createApp({ ...surroundings, contract, logger, time, simulation, settings: own });
  await app.load();
  const connections = new Connections(app.listener);
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE }, connections.take);
  // As src/http-server.ts does.
  Object.assign(server, { httpAllowHalfOpen: true });
  connections.watch(server);
  const replies = keepReplies(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  statements.length = 0;
  const testServer: TestServer = {
    url: `http://127.0.0.1:${port}`,
    store,
    database,
    ask,
    statements,
    log,
    replies,
    setNow: (moment) => (now = moment),
    stop: async () => {
      if (!running.delete(testServer)) return;
      server.closeAllConnections();
      await deliveries?.stop(0);
      await new Promise((resolve) => server.close(resolve));
      await store.close();
    },
  };
  running.add(testServer);
  return testServer;
}
