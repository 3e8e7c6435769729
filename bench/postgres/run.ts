/**
 * `npm run bench:postgres -- postgres://…`: calls to a server on PostgreSQL beside a floor of the same statements. The database
 * must be empty; it is filled, and left so. See ../README.md.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { findDatabase } from '../../src/store/open';
import { readSettings } from '../../src/config/settings';
import { load } from '../load';
import { align, median } from '../report';
import { ACCOUNTS, READERS } from '../requests';
import type { Scenario } from '../scenarios';
import { seedStore } from '../seed';

const BUILD = join(__dirname, '..', '..');

/** Connections to the database: the server's for changes and for look-ups, and all of them for the floor. */
const WRITERS = 8;
const READING = 8;

const SECONDS = Number(process.env.BENCH_SECONDS ?? 5);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);
const WARM_UP = Number(process.env.BENCH_WARM_UP ?? 8);

type Load = Pick<Scenario, 'title' | 'connections' | 'calls' | 'accounts'>;

const CHANGES = { calls: ['grant', 'revoke'], accounts: { first: 0, count: ACCOUNTS } } as const;

const LOADS: readonly Load[] = [
  {
    title: 'Grants and revokes in turn, one merchant, 32 connections',
    connections: 32,
    ...CHANGES,
  },
  { title: 'The same, 1 connection', connections: 1, ...CHANGES },
  {
    title: 'isEntitled, 32 connections',
    connections: 32,
    calls: ['isEntitled'],
    accounts: { first: ACCOUNTS, count: READERS },
  },
];

interface Contestant {
  readonly name: string;
  readonly endpoint: string;
  readonly child: ChildProcess;
}

async function start(name: string, args: readonly string[]): Promise<Contestant> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: child.stdout })) {
    const { endpoint } = JSON.parse(line) as { endpoint?: string };
    if (endpoint !== undefined) return { name, endpoint, child };
  }
  throw new Error(`${name} ended before it listened`);
}

async function fill(url: string): Promise<void> {
  const store = await findDatabase(url, readSettings({}, {})).open();
  try {
    if ((await store.listMerchants()).length > 0) throw new Error('the database is not empty');
    await seedStore(store);
  } finally {
    await store.close();
  }
}

async function measure(contestants: readonly Contestant[], scenario: Load): Promise<void> {
  const results = contestants.map(({ name }) => ({
    name,
    rates: [] as number[],
    p50: [] as number[],
    p99: [] as number[],
  }));
  let from = 0;
  for (const { endpoint } of contestants)
    await load(endpoint, scenario, { seconds: WARM_UP, from });
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [index, { endpoint }] of contestants.entries()) {
      const { answered, seconds, latencies } = await load(endpoint, scenario, {
        seconds: SECONDS,
        from,
      });
      from += answered;
      const result = results[index];
      result?.rates.push(answered / seconds);
      result?.p50.push(latencies[latencies.length >> 1] ?? 0);
      result?.p99.push(latencies[Math.floor(latencies.length * 0.99)] ?? 0);
    }
  }
  const floor = results.at(-1);
  const rows = results.map(({ name, rates, p50, p99 }) => [
    name,
    median(rates).toFixed(0),
    (median(rates) / median(floor?.rates ?? [])).toFixed(2),
    median(p50).toFixed(1),
    (median(p50) / median(floor?.p50 ?? [])).toFixed(2),
    median(p99).toFixed(1),
  ]);
  const head = ['', 'calls/s', 'x floor', 'p50 ms', 'x floor', 'p99 ms'];
  console.log(`${scenario.title}\n\n${align([head, ...rows])}\n`);
}

async function run(url: string): Promise<void> {
  console.log(`Node ${process.version}, ${cpus().length} cores, load ${loadavg().join(' ')}\n`);
  await fill(url);
  const limits = ['--database-writers', String(WRITERS), '--database-readers', String(READING)];
  const serve = ['serve', '--json', '--port', '0', '--log-level', 'error', '--database', url];
  const contestants: Contestant[] = [];
  try {
    const cli = join(BUILD, 'src', 'cli.js');
    contestants.push(await start('latchkey', [cli, ...serve, ...limits]));
    const floor = join(__dirname, 'floor.js');
    contestants.push(await start('floor', [floor, url, String(WRITERS + READING)]));
    for (const scenario of LOADS) await measure(contestants, scenario);
  } finally {
    for (const { child } of contestants) {
      child.kill('SIGTERM');
      await once(child, 'close');
    }
  }
}

const [, , url] = process.argv;
if (url === undefined) {
  console.error('name an empty database: npm run bench:postgres -- postgres://…');
  process.exitCode = 1;
} else {
  run(url).catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  });
}
