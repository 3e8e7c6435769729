/**
 * `npm run bench:postgres -- postgres://…`: calls to servers on PostgreSQL beside a floor of the same statements, to two servers
 * beside one, and with many accounts beside few. The database must be empty; it is filled, and left so. See ../README.md.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Command, InvalidArgumentError, Option } from 'commander';
import { Client } from 'pg';
import { ACCOUNTS, READERS } from '../requests';
import { Meter } from './cost';
import { fill, MERCHANTS, SIZED } from './fill';
import { type Contestant, type Lasting, type Load, measure } from './measure';

const BUILD = join(__dirname, '..', '..');

/** Connections to the database: the server's for changes and for look-ups, and all of them for the floor. */
const WRITERS = 8;
const READING = 8;

const CONNECTIONS = 32;

/** The parts, in their order. */
const PARTS = ['floor', 'merchants', 'servers', 'size'] as const;

interface Options extends Lasting {
  readonly only: readonly string[];
  readonly large?: string;
  readonly accounts: number;
}

const CHANGES = {
  title: 'Grants and revokes in turn, one merchant, 32 connections',
  connections: CONNECTIONS,
  calls: ['grant', 'revoke'],
  accounts: { first: 0, count: ACCOUNTS },
} as const satisfies Load;

const LOOK_UPS = {
  title: 'isEntitled, 32 connections',
  connections: CONNECTIONS,
  calls: ['isEntitled'],
  accounts: { first: ACCOUNTS, count: READERS },
} as const satisfies Load;

const ALONE: Load = { ...CHANGES, title: 'The same, 1 connection', connections: 1 };

const OF_MANY: Load = {
  ...CHANGES,
  title: 'The same of eight merchants, 32 connections',
  logins: MERCHANTS,
};

const ON_TWO: readonly Load[] = [CHANGES, LOOK_UPS];

const OF_SIZED = [CHANGES, ALONE, LOOK_UPS].map((load) => ({
  ...load,
  logins: [SIZED],
  accounts: { first: 0, count: ACCOUNTS },
}));

/** What was started, to be ended. */
const children: ChildProcess[] = [];

async function start(
  name: string,
  meter: Meter,
  ...programs: ReadonlyArray<readonly string[]>
): Promise<Contestant> {
  const endpoints: string[] = [];
  const processes: number[] = [];
  for (const args of programs) {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    children.push(child);
    endpoints.push(await endpointOf(child));
    processes.push(child.pid ?? 0);
  }
  return { name, endpoints, processes, meter };
}

async function endpointOf(child: ChildProcess): Promise<string> {
  if (child.stdout) {
    for await (const line of createInterface({ input: child.stdout })) {
      const { endpoint } = JSON.parse(line) as { endpoint?: string };
      if (endpoint !== undefined) return endpoint;
    }
  }
  throw new Error('a server ended before it listened');
}

async function end(): Promise<void> {
  for (const child of children.splice(0)) {
    child.kill('SIGTERM');
    if (child.exitCode === null) await once(child, 'close');
  }
}

function serving(url: string): string[] {
  const limits = ['--database-writers', String(WRITERS), '--database-readers', String(READING)];
  const serve = ['serve', '--json', '--port', '0', '--log-level', 'error', '--database', url];
  return [join(BUILD, 'src', 'cli.js'), ...serve, ...limits];
}

/** A database, and what it uses. */
interface Measured {
  readonly url: string;
  readonly meter: Meter;
}

async function withDatabase(
  url: string,
  sized: number,
  act: (measured: Measured) => Promise<void>,
): Promise<void> {
  const client = new Client(url);
  await client.connect();
  try {
    const started = performance.now();
    await fill(url, client, sized);
    const seconds = (performance.now() - started) / 1000;
    console.log(`filled in ${seconds.toFixed(0)} s, ${sized} accounts of one merchant\n`);
    await act({ url, meter: await Meter.of(client) });
  } finally {
    await end();
    await client.end();
  }
}

async function besideFloor({ url, meter }: Measured, options: Options): Promise<void> {
  const { only } = options;
  const latchkey = await start('latchkey', meter, serving(url));
  const args = [join(__dirname, 'floor.js'), url, String(WRITERS + READING)];
  const contestants = [latchkey, await start('floor', meter, args)];
  const ofOne = only.includes('floor') ? [CHANGES, ALONE, LOOK_UPS] : [];
  const loads = [...ofOne, ...(only.includes('merchants') ? [OF_MANY] : [])];
  for (const load of loads) await measure(contestants, load, options);
  await end();
}

async function besideOne({ url, meter }: Measured, options: Options): Promise<void> {
  const two = await start('two servers', meter, serving(url), serving(url));
  const contestants = [two, await start('one server', meter, serving(url))];
  for (const load of ON_TWO) await measure(contestants, load, options);
  await end();
}

async function besideFew(few: Measured, many: Measured, options: Options): Promise<void> {
  const { accounts } = options;
  const large = await start(`${accounts} accounts`, many.meter, serving(many.url));
  const small = await start(`${ACCOUNTS} accounts`, few.meter, serving(few.url));
  const contestants = [{ ...large, apart: Math.floor(accounts / ACCOUNTS) }, small];
  for (const load of OF_SIZED) await measure(contestants, load, options);
}

async function run(url: string, options: Options): Promise<void> {
  const { only, large, accounts } = options;
  console.log(`Node ${process.version}, ${cpus().length} cores, load ${loadavg().join(' ')}\n`);
  await withDatabase(url, ACCOUNTS, async (few) => {
    if (only.includes('floor') || only.includes('merchants')) await besideFloor(few, options);
    if (only.includes('servers')) await besideOne(few, options);
    if (large === undefined || !only.includes('size')) return;
    await withDatabase(large, accounts, (many) => besideFew(few, many, options));
  });
}

function positive(text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new InvalidArgumentError('It must be a number above 0.');
  return value;
}

new Command('bench:postgres')
  .description('Measures servers on PostgreSQL beside a floor of the same statements.')
  .argument('<url>', 'an empty database')
  .addOption(
    new Option('--only <parts...>', 'some parts').choices(PARTS).default([...PARTS], 'all'),
  )
  .option('--large <url>', 'another empty database, for many accounts; absent: size is left out')
  .option('--accounts <number>', 'how many those are', positive, 1_000_000)
  .option('--seconds <number>', 'how long a load takes', positive, 5)
  .option('--rounds <number>', 'loads of each server', positive, 3)
  .option('--warm-up <number>', 'seconds that each server is under load before', positive, 8)
  .action(run)
  .parseAsync()
  .catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
