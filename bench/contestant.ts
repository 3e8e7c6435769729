/** A server under measurement: a process of its own, on a fresh database. */
import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import SqliteDatabase from 'better-sqlite3';
import { seed } from './seed';
import type { Question, Vitals } from './servers/stay-with-parent';

/** The servers that are always measured. */
export const NAMES = ['latchkey', 'floor', 'soap'] as const;

/** Those of other languages, measured where they are installed. */
export const PEERS = ['gsoap', 'php', 'perl', 'python'] as const;

export type Peer = (typeof PEERS)[number];

/** Latchkey with its metrics on, to compare with it as it is. */
export const METRICS = 'metrics';

/** Another build of Latchkey, to compare with: `build 0.1`. */
type BuildName = `build ${string}`;

export type Name = (typeof NAMES)[number] | typeof METRICS | Peer | BuildName;

/** A checkout of Latchkey with its `dist`, and the Node.js that runs it. */
export interface Build {
  readonly name: BuildName;
  readonly folder: string;
  readonly node: string;
}

/**
 * Reads what `--against` takes: `LABEL=FOLDER`, or `LABEL=FOLDER@NODE` with the path of a Node.js.
 * @returns undefined where the text is not of that form
 */
export function readBuild(text: string): Build | undefined {
  const [, label, folder, node = process.execPath] = /^([^=]+)=([^@]+)(?:@(.+))?$/.exec(text) ?? [];
  return label && folder ? { name: `build ${label}`, folder, node } : undefined;
}

export const isPeer = (name: Name): name is Peer => (PEERS as readonly string[]).includes(name);

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
  /** Has it watch the turns of its event loop from now on. */
  readonly watch: () => void;
  /** Its memory, and the turns of its event loop since they are watched. */
  readonly vitals: () => Promise<Vitals>;
  /** Ends the process, then counts the ledger's lines. */
  readonly stop: () => Promise<number>;
}

/**
 * Seeds a database in the folder and starts the server on it.
 * @param build where another build of Latchkey is started
 * @param logLevel Latchkey's; its log goes to a file in the folder
 * @throws Error with what the process printed when it doesn't listen
 */
export async function startContestant(
  name: Name,
  folder: string,
  logLevel: string,
  build?: Build,
): Promise<Contestant> {
  const database = join(folder, `${name.replace(/[^\w.-]/g, '-')}.db`);
  if (build) seedBy(build, database);
  else await seed(database);
  if (name === METRICS)
    return startOn(name, database, logLevel, { flags: ['--metrics=127.0.0.1:0'] });
  return startOn(name, database, logLevel, build ? { build } : {});
}

/** Another build seeds its own database: its schema may be an older one. */
function seedBy({ folder, node }: Build, database: string): void {
  const program = 'require(process.argv[1]).seed(process.argv[2])';
  const seeding = join(folder, 'dist', 'bench', 'seed.js');
  execFileSync(node, ['-e', program, '--', seeding, database]);
}

/** The file beside a database that its server's output goes to. */
export const logOf = (database: string) => `${database}.log`;

/**
 * Starts the server on a database that is there; its output goes to a file beside it.
 * @param flags further settings of Latchkey's: `--max-failed-logins=5`
 * @throws Error with what the process printed when it doesn't listen
 */
export async function startOn(
  name: Name,
  database: string,
  logLevel: string,
  { build, flags = [] }: { readonly build?: Build; readonly flags?: readonly string[] } = {},
): Promise<Contestant> {
  const log = logOf(database);
  const output = openSync(log, 'w');
  const [program, parameters] = programOf(name, database, logLevel, build?.folder);
  const child = fork(program, [...parameters, ...flags], {
    execPath: build?.node ?? process.execPath,
    // A peer is another process, which its own launcher watches.
    execArgv: isPeer(name) ? [] : ['--require', STAY_WITH_PARENT],
    stdio: ['ignore', output, output, 'ipc'],
  });
  closeSync(output);
  const ask = <Answer>(question: Question) =>
    new Promise<Answer>((resolve, reject) => {
      const onExit = () => reject(new Error(`the server ended; its log is ${log}`));
      child.once('exit', onExit);
      child.once('message', (answer) => {
        child.off('exit', onExit);
        resolve(answer as Answer);
      });
      child.send(question, (error) => error && reject(error));
    });
  return {
    name,
    endpoint: await endpointIn(log, child),
    residentMemory: () => ask('memory'),
    watch: () => void child.send('watch' satisfies Question),
    vitals: () => ask('vitals'),
    stop: async () => {
      const ended = once(child, 'exit');
      if (child.connected) {
        child.disconnect();
        await ended;
      }
      return countLedger(database);
    },
  };
}

function programOf(
  name: Name,
  database: string,
  logLevel: string,
  build?: string,
): [string, string[]] {
  if (isPeer(name)) return [join(DIST, 'bench', 'peers', 'launch.js'), [name, database]];
  if (name !== 'latchkey' && name !== METRICS && build === undefined)
    return [join(DIST, 'bench', 'servers', `${name}.js`), [database]];
  const flags = { host: '127.0.0.1', port: '0', database, 'log-level': logLevel };
  const values = Object.entries(flags).map(([flag, value]) => `--${flag}=${value}`);
  // The demo data goes into an empty database only: these two just print the endpoint as JSON.
  const dist = build === undefined ? DIST : join(build, 'dist');
  return [join(dist, 'src', 'cli.js'), ['serve', '--demo', '--json', ...values]];
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
