/**
 * `npm run bench:scale`: measures every look-up, change and listing on a small and on a large file
 * side by side. See ../README.md.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { align } from '../report';
import { keepBusy } from './busy';
import { KINDS } from './calls';
import { count, positive, prepare, start, type Started } from './files';
import { compare, type Comparison, type Side, WARM_UP } from './measure';
import { measurePages, type PageCosts, placesIn } from './pages';
import { ProgressBar } from '../../src/commands/progress';

interface Options {
  readonly accounts: number;
  readonly small: number;
  readonly rounds: number;
  readonly calls: number;
  readonly folder?: string;
}

/** The longest time of a call on the large file, as a multiple of its time on the small one. */
const AIM = 1.3;

/** How long each server is kept busy, in seconds. */
const BUSY = 10;

async function compareAll(small: Side, large: Side, options: Options): Promise<Comparison[]> {
  const bar = new ProgressBar('calls');
  const comparisons: Comparison[] = [];
  const { rounds, calls } = options;
  for (const [index, kind] of KINDS.entries()) {
    // Accounts that no kind before it has brought into the database's cache.
    const from = index * (WARM_UP + rounds * calls);
    comparisons.push(await compare(kind, small, large, { rounds, calls, from }));
    bar.show(kind.name, index + 1, KINDS.length);
  }
  return comparisons;
}

/** The last of a server's measurements, for it changes accounts at random. */
async function keptBusy(side: Started): Promise<{ rate: number; megabytes: string }> {
  const rate = await keepBusy(side.contestant.endpoint, side, BUSY);
  return { rate, megabytes: inMegabytes(await side.contestant.residentMemory()) };
}

function inMegabytes(bytes: number): string {
  return (bytes / 2 ** 20).toFixed(0);
}

function comparisonTable(comparisons: readonly Comparison[], { small, accounts }: Options): string {
  const rows = comparisons.map((row) => [
    row.name,
    row.small.toFixed(2),
    row.large.toFixed(2),
    row.ratio.toFixed(2),
    row.ratio > AIM ? `above ${AIM}` : '',
  ]);
  return align([['', `${count(small)} ms`, `${count(accounts)} ms`, 'ratio', ''], ...rows]);
}

function pageTable(costs: readonly PageCosts[], accounts: number): string {
  const cell = (value: number) => (Number.isNaN(value) ? '' : value.toFixed(1));
  const heads = placesIn(accounts).map((place) => `page ${place} ms`);
  const rows = costs.map(({ span, order, places }) => {
    const [first = NaN, ...others] = places;
    const worst = Math.max(...others) / first;
    const ratio = Number.isNaN(worst) ? '' : worst.toFixed(2);
    return [`${span}, ${order}`, ...places.map(cell), ratio, worst > AIM ? `above ${AIM}` : ''];
  });
  return align([['', ...heads, 'ratio', ''], ...rows]);
}

function surroundings(): string {
  const [cpu] = cpus();
  const load = loadavg().map((value) => value.toFixed(1));
  return (
    `Node ${process.version}, ${cpus().length} x ${cpu?.model ?? 'unknown processor'}, ` +
    `load average ${load.join(' ')}`
  );
}

async function run(options: Options): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), 'latchkey-scale-'));
  process.once('exit', () => rmSync(scratch, { recursive: true, force: true }));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
  const folder = options.folder ?? join(scratch, 'made');
  mkdirSync(folder, { recursive: true });
  console.log(surroundings());
  const smallFile = await prepare(folder, options.small);
  const largeFile = await prepare(folder, options.accounts);

  const small = await start(smallFile, options.small, scratch);
  const large = await start(largeFile, options.accounts, scratch);
  const comparisons = await compareAll(small, large, options);
  const busy = [await keptBusy(small), await keptBusy(large)];
  await small.stop();
  await large.stop();
  const fresh = await start(largeFile, options.accounts, scratch);
  const pages = await measurePages(fresh, new ProgressBar('pages'));
  const memory = await fresh.contestant.residentMemory();
  await fresh.stop();
  const starts = [small, large, fresh].map(({ startMs }) => startMs.toFixed(0));

  console.log(`\n${comparisonTable(comparisons, options)}`);
  console.log(`\n${pageTable(pages, options.accounts)}`);
  const heads = ['', `${count(options.small)} accounts`, `${count(options.accounts)} accounts`];
  const rates = ['32 connections, calls a second', ...busy.map(({ rate }) => rate.toFixed(0))];
  const memories = ['resident memory then, MB', ...busy.map(({ megabytes }) => megabytes)];
  console.log(`\n${align([heads, rates, memories])}`);
  console.log(`\nResident memory after the pages: ${inMegabytes(memory)} MB`);
  console.log(`Listening after ${starts.join(', ')} ms (small, large, large again)`);
  console.log(surroundings());
}

new Command('bench:scale')
  .description('Measures calls on a small and on a large file side by side.')
  .option('--accounts <count>', 'accounts in the large file', positive, 1_000_000)
  .option('--small <count>', 'accounts in the small file', positive, 10_000)
  .option('--rounds <count>', 'rounds of each call', positive, 5)
  .option('--calls <count>', 'calls to each server in a round', positive, 40)
  .option('--folder <path>', 'where the files are made and left; default: gone at the end')
  .action(run)
  .parseAsync()
  .catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  });
