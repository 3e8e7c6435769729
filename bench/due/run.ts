/**
 * `npm run bench:due`: many entitlements end in the same second. How soon their lines are there, and what
 * others notice. See ../README.md.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Command } from 'commander';
import { startOn } from '../contestant';
import { load } from '../load';
import { align, median } from '../report';
import { type Scenario, scenarios } from '../scenarios';
import { seed } from '../seed';
import { aimStorm, prepareStorms, Sky } from './storm';

const CONNECTIONS = 4;

/** Calls beside which storms are measured. */
const BESIDE = ['isEntitled', 'change'];

/** How long others are alone, in seconds; before that they warm the server up for one. */
const ALONE = 4;

/** From when a storm is aimed until it comes, in milliseconds: the server starts, others are alone. */
const AHEAD = (ALONE + 16) * 1000;

/** How long it is waited for at most, in milliseconds. */
const LIMIT = 120_000;

/** Between two looks at it, in milliseconds. */
const LOOK = 50;

/** What one storm did; milliseconds. */
interface Round {
  /** The 99th percentile of others' calls without it and with it. */
  readonly alone: number;
  readonly beside: number;
  /** From its moment until all lines were there. */
  readonly until: number;
  readonly worstTurn: number;
}

async function run(options: { count: string; rounds: string }): Promise<void> {
  const [count, rounds] = [Number(options.count), Number(options.rounds)];
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-due-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const database = join(folder, 'latchkey.db');
  console.log(`Node ${process.version}, ${cpus().length} cores, load ${loads()}`);
  await seed(database);
  await prepareStorms(database, count, rounds * BESIDE.length);
  let storm = 0;
  for (const scenario of scenarios(CONNECTIONS).filter(({ name }) => BESIDE.includes(name))) {
    const results: Round[] = [];
    for (let round = 0; round < rounds; round += 1) {
      results.push(await measure(database, scenario, { storm: storm++, count }));
    }
    print(scenario, count, results);
  }
  console.log(`\nload ${loads()} at the end`);
}

function loads(): string {
  return loadavg()
    .map((value) => value.toFixed(1))
    .join(' ');
}

/** One storm beside one kind of calls, on a server that is started for it. */
async function measure(
  database: string,
  scenario: Scenario,
  { storm, count }: { readonly storm: number; readonly count: number },
): Promise<Round> {
  const end = Math.ceil((Date.now() + AHEAD) / 1000) * 1000;
  aimStorm(database, storm, end);
  const server = await startOn('latchkey', database, 'info');
  const sky = new Sky(database);
  let from = 0;
  const loadFor = async (seconds: number, until?: Promise<unknown>) => {
    const { latencies, sent } = await load(server.endpoint, scenario, { seconds, until, from });
    from += sent;
    return latencies;
  };
  try {
    await loadFor(1);
    const alone = await loadFor(ALONE);
    if (Date.now() > end) throw new Error('the machine is too busy: the storm came too early');
    await setTimeout(end - Date.now());
    server.watch();
    const passed = whenPassed(sky, end);
    // One load: making the requests of each keeps this process from noting when replies come.
    const beside = await loadFor(LIMIT / 1000, passed);
    const { worstTurn } = await server.vitals();
    const lines = sky.count(storm);
    if (lines !== count) throw new Error(`${lines} lines of ${count}`);
    return { alone: p99(alone), beside: p99(beside), until: await passed, worstTurn };
  } finally {
    sky.close();
    await server.stop();
  }
}

/** @returns how long after its moment a storm's last line was there, in milliseconds */
async function whenPassed(sky: Sky, end: number): Promise<number> {
  while (sky.isOpen(end) && Date.now() < end + LIMIT) await setTimeout(LOOK);
  return Date.now() - end;
}

function p99(latencies: ArrayLike<number>): number {
  const sorted = Float64Array.from(latencies).sort();
  return sorted[Math.floor(sorted.length * 0.99)] ?? NaN;
}

function print({ title }: Scenario, count: number, results: readonly Round[]): void {
  const row = (name: string, { alone, beside, until, worstTurn }: Round) => [
    name,
    alone.toFixed(1),
    beside.toFixed(1),
    (beside / alone).toFixed(2),
    (until / 1000).toFixed(1),
    worstTurn.toFixed(0),
  ];
  const of = (pick: (round: Round) => number) => median(results.map(pick));
  const medians: Round = {
    alone: of(({ alone }) => alone),
    beside: of(({ beside }) => beside),
    until: of(({ until }) => until),
    worstTurn: of(({ worstTurn }) => worstTurn),
  };
  const heads = ['', 'p99 alone ms', 'p99 beside ms', 'ratio', 'lines after s', 'worst turn ms'];
  console.log(`\n${count.toLocaleString('en')} end at once, beside: ${title}\n`);
  const rows = results.map((result, index) => row(`${index + 1}`, result));
  console.log(align([heads, ...rows, row('median', medians)]));
}

new Command('bench:due')
  .description('Measures what comes of many entitlements that end in the same second.')
  .option('--count <number>', 'how many end', '100000')
  .option('--rounds <number>', 'storms beside each kind of calls', '3')
  .action(run)
  .parseAsync()
  .catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  });
