/** A server under measurement: a process of its own, on a fresh database. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import SqliteDatabase from 'better-sqlite3';
import { seed } from './seed';

/** The servers that are always measured. */
export const NAMES = ['latchkey', 'floor', 'soap'] as const;

/** Those of other languages, measured where they are installed. */
export const PEERS = ['gsoap', 'php', 'perl', 'python'] as const;

export type Peer = (typeof PEERS)[number];

export type Name = (typeof NAMES)[number] | Peer;

const isPeer = (name: Name): name is Peer => (PEERS as readonly string[]).includes(name);

const DIST = join(__dirname, '..');
const STAY_WITH_PARENT = join(__dirname, 'servers', 'stay-with-parent.js');

/** How long a server may take to listen, in milliseconds; one of them is compiled first. */
const START_LIMIT = 90_000;

/** A started server. */
export interface Contestant {
  readonly name: Name;
  /** Where it takes SOAP requests. */
  readonly endpoint: string;
  /** Its resident memory at present, in bytes. */
  readonly residentMemory: () => Promise<number>;
  /** Ends the process, then counts the ledger's lines. */
  readonly stop: () => Promise<number>;
}

/**
 * Seeds a database in the folder and starts the server on it.
 * @param logLevel Latchkey's; its log goes to a file in the folder
 * @throws Error with what the process printed when it doesn't listen
 */
export async function startContestant(
  name: Name,
  folder: string,
  logLevel: string,
): Promise<Contestant> {
  const database = join(folder, `${name}.db`);
  await seed(database);
  return startOn(name, database, logLevel);
}

/**
 * Starts the server on a database that is there; its output goes to a file beside it.
 * @throws Error with what the process printed when it doesn't listen
 */
export async function startOn(name: Name, database: string, logLevel: string): Promise<Contestant> {
  const log = `${database}.log`;
  const output = openSync(log, 'w');
  const child = fork(...programOf(name, database, logLevel), {
    // A peer is another process, which its own launcher watches.
    execArgv: isPeer(name) ? [] : ['--require', STAY_WITH_PARENT],
    stdio: ['ignore', output, output, 'ipc'],
  });
  closeSync(output);
  return {
    name,
    endpoint: await endpointIn(log, child),
    residentMemory: async () => {
      child.send('memory');
      const [bytes] = (await once(child, 'message')) as [number];
      return bytes;
    },
    stop: async () => {
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
      return countLedger(database);
    },
  };
}

function programOf(name: Name, database: string, logLevel: string): [string, string[]] {
  if (isPeer(name)) return [join(DIST, 'bench', 'peers', 'launch.js'), [name, database]];
  if (name !== 'latchkey') return [join(DIST, 'bench', 'servers', `${name}.js`), [database]];
  const flags = { host: '127.0.0.1', port: '0', database, 'log-level': logLevel };
  const values = Object.entries(flags).map(([flag, value]) => `--${flag}=${value}`);
  // The demo data goes into an empty database only: these two just print the endpoint as JSON.
  return [join(DIST, 'src', 'cli.js'), ['serve', '--demo', '--json', ...values]];
}

/** Waits for the line that says where the server listens. */
async function endpointIn(log: string, child: ChildProcess): Promise<string> {
  const deadline = Date.now() + START_LIMIT;
  for (;;) {
    const text = readFileSync(log, 'utf8');
    const endpoint = /"endpoint":"([^"]*)"/.exec(text)?.[1];
    if (endpoint !== undefined) return endpoint;
    if (child.exitCode !== null || Date.now() > deadline) {
      throw new Error(`${child.spawnargs.join(' ')} does not listen:\n${text}`);
    }
    await setTimeout(20);
  }
}

function countLedger(path: string): number {
  const database = new SqliteDatabase(path, { readonly: true });
  try {
    return database.prepare('SELECT count(*) FROM ledger').pluck().get() as number;
  } finally {
    database.close();
  }
}
