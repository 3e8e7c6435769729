/** Starts the server and stops it. */
import { createServer, type Server, type ServerOptions } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { createApp } from './app';
import { PACKAGE_ROOT } from './base/package';
import type { Surroundings } from './cashbox/call';
import type { Settings } from './config/settings';
import { loadContract } from './contract/contract';
import { loadDemo } from './demo';
import { createLogger } from './log';
import { newId } from './base/new-id';
import { oneAtATime } from './one-at-a-time';
import { openSqliteStore } from './store/sqlite/sqlite-store';
import { requireWritable } from './store/sqlite/writable';

/** Headers are a few hundred bytes: milliseconds within which they must have come. */
const MAX_HEADERS_TIMEOUT = 20_000;
const MAX_CHECKING_INTERVAL = 5000;

export interface RunningServer {
  /** `http://127.0.0.1:8787`. */
  readonly url: string;
  /** Takes no new request, finishes those under way, then closes the database. */
  readonly stop: () => Promise<void>;
}

/** The time of day, but never earlier than before: the ledger is in the order of time. */
function steadyClock(): () => number {
  let latest = 0;
  return () => (latest = Math.max(latest, Date.now()));
}

/**
 * Opens the store and listens.
 * @param demo whether an empty database gets the demo merchant and its accounts
 * @throws Error when the database cannot be opened, read and written, or the port is taken
 */
export async function startServer(settings: Settings, demo: boolean): Promise<RunningServer> {
  const logger = createLogger(settings.logLevel);
  requireWritable(settings.database);
  const store = openSqliteStore(settings.database);
  const { timeZone } = settings;
  const surroundings: Surroundings = { store, clock: steadyClock(), newId, timeZone };
  try {
    const demoFile = join(PACKAGE_ROOT, 'fixtures', 'demo.json');
    // The demo password is hashed on another thread while this one reads the contract.
    const [contract, demoLoaded] = await Promise.all([
      nextTurn().then(() => loadContract(join(PACKAGE_ROOT, 'wsdl'))),
      demo && loadDemo(demoFile, surroundings),
    ]);
    if (demoLoaded) {
      logger.info({ database: settings.database }, 'the database was empty: demo data loaded');
    }
    const app = createApp({ ...surroundings, contract, settings, logger });
    const server = createServer(limits(settings), oneAtATime(app));
    // Not in Node's documentation: who ends its half of a connection behind its request still gets
    // the reply.
    Object.assign(server, { httpAllowHalfOpen: true });
    await listen(server, settings);
    const url = urlOf(server, settings.host);
    logger.info({ url, database: settings.database }, 'listening');
    return {
      url,
      stop: async () => {
        await close(server);
        await store.close();
        logger.info('stopped');
      },
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** A client that sends slowly, or not at all, must not hold a connection for ever. */
function limits({ requestTimeout }: Settings): ServerOptions {
  const milliseconds = requestTimeout * 1000;
  return {
    requestTimeout: milliseconds,
    headersTimeout: Math.min(milliseconds, MAX_HEADERS_TIMEOUT),
    // How often it is looked which connections are over their time.
    connectionsCheckingInterval: Math.min(milliseconds / 2, MAX_CHECKING_INTERVAL),
  };
}

function listen(server: Server, { host, port }: Settings): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function urlOf(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** How often a server that is stopping looks for idle connections, in milliseconds. */
const HANG_UP_INTERVAL = 20;

function close(server: Server): Promise<void> {
  // A connection that is kept alive after its last reply would hold it up.
  const hangUp = setInterval(() => server.closeIdleConnections(), HANG_UP_INTERVAL);
  return new Promise((resolve) => {
    server.close(() => {
      clearInterval(hangUp);
      resolve();
    });
  });
}
