/** `npm run bench`: measures the servers side by side and prints one table. See README.md. */
import { fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { type Contestant, NAMES, startContestant } from './contestant';
import { CHECKED, checkReplies, load, type Measurement } from './load';
import { median, type Result, table } from './report';

interface Options {
  readonly seconds: number;
  readonly rounds: number;
  readonly connections: number;
  readonly logLevel: string;
}

/** How long a server is under load before its first round. */
const WARM_UP_SECONDS = 2;

/** A server with what was measured of it so far. */
interface Entry {
  readonly contestant: Contestant;
  readonly rounds: Measurement[];
  residentMemory: number;
  answered: number;
  sent: number;
}

async function measure(options: Options, folder: string): Promise<Result[]> {
  const entries: Entry[] = [];
  for (const name of NAMES) {
    const contestant = await startContestant(name, folder, options.logLevel);
    entries.push({ contestant, rounds: [], residentMemory: 0, answered: 0, sent: 0 });
  }
  for (const entry of entries) {
    await checkReplies(entry.contestant.endpoint);
    entry.answered = entry.sent = CHECKED;
    await loadEntry(entry, WARM_UP_SECONDS, options);
  }
  for (let round = 0; round < options.rounds; round++) {
    for (const entry of rotated(entries, round)) {
      entry.rounds.push(await loadEntry(entry, options.seconds, options));
      const memory = await entry.contestant.residentMemory();
      entry.residentMemory = Math.max(entry.residentMemory, memory);
    }
  }
  for (const entry of entries) await stopAndCompare(entry);
  return entries.map(({ contestant: { name }, ...measured }) => ({ name, ...measured }));
}

async function loadEntry(entry: Entry, seconds: number, options: Options): Promise<Measurement> {
  const { connections } = options;
  // Goes on where the last load ended, so that every account has its turn.
  const from = Math.round(entry.answered / 2);
  const measurement = await load(entry.contestant.endpoint, { seconds, connections, from });
  entry.answered += measurement.answered;
  entry.sent += measurement.sent;
  return measurement;
}

/** What was answered is in the ledger, line for line; requests cut off at a load's end may be. */
async function stopAndCompare({ contestant, answered, sent }: Entry): Promise<void> {
  const lines = await contestant.stop();
  if (lines < answered || lines > sent) {
    throw new Error(
      `${contestant.name}: ${answered} calls were answered of ${sent} sent, ` +
        `but the ledger has ${lines} lines`,
    );
  }
}

function rotated<T>(items: readonly T[], by: number): T[] {
  return items.map((_, index) => items[(index + by) % items.length] as T);
}

/** Milliseconds that a write takes to be durable in that folder: the median of a few. */
function timeOfSync(folder: string): number {
  const file = openSync(join(folder, 'sync'), 'w');
  const page = Buffer.alloc(4096);
  const times = Array.from({ length: 100 }, () => {
    const started = performance.now();
    writeSync(file, page);
    fdatasyncSync(file);
    return performance.now() - started;
  });
  return median(times);
}

async function run(options: Options): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-bench-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
  const { seconds, rounds, connections, logLevel } = options;
  const [cpu] = cpus();
  console.log(
    `${rounds} rounds of about ${seconds} s, ${connections} connections, log level ${logLevel}; ` +
      `Node ${process.version}, ${cpus().length} x ${cpu?.model ?? 'unknown processor'}, ` +
      `a write is durable after ${timeOfSync(folder).toFixed(2)} ms\n`,
  );
  const results = await measure(options, folder);
  console.log(table(results));
  const busiest = Math.max(...results.flatMap((result) => result.rounds.map((r) => r.loaderCores)));
  console.log(`\nThe load itself took up to ${busiest.toFixed(2)} of a processor core.`);
}

function positive(text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new InvalidArgumentError('It must be a number above 0.');
  return value;
}

function count(text: string): number {
  const value = positive(text);
  if (!Number.isInteger(value)) throw new InvalidArgumentError('It must be a whole number.');
  return value;
}

new Command('bench')
  .description('Measures Latchkey side by side with a bare floor and the soap package.')
  .option('--seconds <number>', 'about how long a round takes', positive, 2.5)
  .option('--rounds <count>', 'rounds, each with every server in turn', count, 9)
  .option('--connections <count>', 'connections kept alive', count, 32)
  .option('--log-level <level>', "Latchkey's log level; its log goes to a file", 'info')
  .action(run)
  .parseAsync()
  .catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  });
