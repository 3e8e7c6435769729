/** `npm run bench`: measures the servers side by side and prints a table a scenario. See README.md. */
import {
  fdatasyncSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import {
  type Build,
  type Contestant,
  isPeer,
  METRICS,
  type Name,
  NAMES,
  PEERS,
  readBuild,
  startContestant,
} from './contestant';
import { CHECKED, checkLookUps, checkReplies, load, type Measurement } from './load';
import { whyMissing } from './peers/programs';
import { median, type Result, summary, table } from './report';
import { type Scenario, scenarios } from './scenarios';
import { SEEDED_LINES } from './seed';

interface Options {
  readonly seconds: number;
  readonly warmUp: number;
  readonly rounds: number;
  readonly connections: number;
  readonly logLevel: string;
  readonly only?: string;
  readonly against: readonly Build[];
  readonly metrics?: boolean;
}

const RESULTS = join(__dirname, '..', '..', 'bench', 'results');

/** A server that runs throughout, and the changes that it was asked for so far. */
interface Entry {
  readonly contestant: Contestant;
  answered: number;
  sent: number;
  /** The place in each scenario's accounts where its next load goes on. */
  readonly from: Map<Scenario, number>;
}

async function measure(options: Options, folder: string): Promise<Map<Scenario, Result[]>> {
  const { connections, against, only, metrics } = options;
  const wanted = scenarios(connections, namesIn(against), metrics).filter(
    ({ name }) => only === undefined || name === only,
  );
  if (wanted.length === 0) throw new Error(`there is no scenario ${options.only ?? ''}`);
  const entries = await startAll(wanted, folder, options);
  const results = new Map<Scenario, Result[]>();
  for (const scenario of wanted) {
    const taking = entries.filter(({ contestant }) => scenario.servers.includes(contestant.name));
    results.set(scenario, await measureScenario(scenario, taking, options));
    console.log(`${scenario.title}\n\n${table(results.get(scenario) ?? [])}\n`);
  }
  for (const entry of entries) await stopAndCompare(entry);
  return results;
}

async function startAll(
  wanted: readonly Scenario[],
  folder: string,
  { logLevel, against }: Options,
): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (const name of namesOf(wanted, against)) {
    const build = against.find((other) => other.name === name);
    const contestant = await startContestant(name, folder, logLevel, build);
    entries.push({ contestant, answered: CHECKED, sent: CHECKED, from: new Map() });
    await checkReplies(contestant.endpoint);
    const looksUp = wanted.some(({ changes, servers }) => !changes && servers.includes(name));
    if (looksUp) await checkLookUps(contestant.endpoint);
  }
  return entries;
}

/** The servers of those scenarios that can run here; says why others cannot. */
function namesOf(wanted: readonly Scenario[], against: readonly Build[]): Name[] {
  const taking = (name: Name) => wanted.some(({ servers }) => servers.includes(name));
  const missing = PEERS.filter(taking).flatMap((peer) => {
    const why = whyMissing(peer);
    return why === undefined ? [] : [{ peer, why }];
  });
  for (const { peer, why } of missing) console.log(`${peer} is left out: ${why}`);
  const absent = missing.map(({ peer }): Name => peer);
  const all: Name[] = [...NAMES, METRICS, ...namesIn(against), ...PEERS];
  return all.filter((name) => taking(name) && !absent.includes(name));
}

function namesIn(builds: readonly Build[]): Name[] {
  return builds.map(({ name }) => name);
}

async function measureScenario(
  scenario: Scenario,
  entries: readonly Entry[],
  options: Options,
): Promise<Result[]> {
  const measured = entries.map((entry) => ({
    entry,
    name: entry.contestant.name,
    rounds: [] as Measurement[],
    processor: [] as number[],
    residentMemory: 0,
  }));
  for (const { entry } of measured) await loadEntry(entry, scenario, options.warmUp);
  for (let round = 0; round < options.rounds; round++) {
    for (const result of rotated(measured, round)) {
      const before = await processorOf(result.entry);
      const round = await loadEntry(result.entry, scenario, options.seconds);
      result.rounds.push(round);
      const spent = (await processorOf(result.entry)) - before;
      result.processor.push((spent * 1000) / round.answered);
      const memory = await result.entry.contestant.residentMemory();
      result.residentMemory = Math.max(result.residentMemory, memory);
    }
  }
  return measured;
}

/** The time of the processor that a server has taken so far, in milliseconds; NaN: it cannot be asked. */
async function processorOf({ contestant }: Entry): Promise<number> {
  return isPeer(contestant.name) ? NaN : (await contestant.vitals()).processor;
}

async function loadEntry(entry: Entry, scenario: Scenario, seconds: number): Promise<Measurement> {
  // Goes on far from where the last load ended: requests that its end cut off are still carried out.
  const from = entry.from.get(scenario) ?? 0;
  const measurement = await load(entry.contestant.endpoint, scenario, { seconds, from });
  const { answered, sent } = measurement;
  const done = Math.round(answered / scenario.calls.length);
  entry.from.set(scenario, from + done + scenario.accounts.count / 2);
  if (scenario.changes) {
    entry.answered += answered;
    entry.sent += sent;
  }
  return measurement;
}

/** Every answered change is in the ledger, line for line; requests cut off at a load's end may be. */
async function stopAndCompare({ contestant, answered, sent }: Entry): Promise<void> {
  const lines = (await contestant.stop()) - SEEDED_LINES;
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
  const processor = `${cpus().length} x ${cpu?.model ?? 'unknown processor'}`;
  const sync = timeOfSync(folder);
  console.log(
    `${rounds} rounds of about ${seconds} s, ${connections} connections, log level ${logLevel}; ` +
      `Node ${process.version}, ${processor}, ` +
      `a write is durable after ${sync.toFixed(2)} ms, load average ${loadavg()[0]?.toFixed(1) ?? ''}\n`,
  );
  const results = await measure(options, folder);
  const all = [...results.values()].flat().flatMap((result) => result.rounds);
  const busiest = Math.max(...all.map(({ loaderCores }) => loaderCores));
  console.log(`The load itself took up to ${busiest.toFixed(2)} of a processor core.`);
  const path = save({ ...options, node: process.version, processor, sync }, results);
  console.log(`Written to ${path}.`);
}

/** @returns the path of the file, named after the day */
function save(conditions: object, results: ReadonlyMap<Scenario, readonly Result[]>): string {
  const now = new Date().toISOString();
  const tables = [...results].map(([{ name }, measured]) => [name, summary(measured)]);
  mkdirSync(RESULTS, { recursive: true });
  const path = join(RESULTS, `${now.slice(0, 'YYYY-MM-DD'.length)}.json`);
  const document = { at: now, ...conditions, scenarios: Object.fromEntries(tables) as object };
  writeFileSync(path, `${JSON.stringify(document, undefined, 2)}\n`);
  return path;
}

function build(text: string, others: readonly Build[]): Build[] {
  const other = readBuild(text);
  if (!other) throw new InvalidArgumentError('It must be LABEL=FOLDER or LABEL=FOLDER@NODE.');
  return [...others, other];
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
  .description('Measures Latchkey side by side with a bare floor, the soap package and its peers.')
  .option('--seconds <number>', 'about how long a round takes', positive, 2.5)
  // V8 compiles what is called often: a slow machine needs that long until rates no longer rise.
  .option('--warm-up <seconds>', 'how long each server is under load before', positive, 8)
  .option('--rounds <count>', 'rounds, each with every server in turn', count, 5)
  .option('--connections <count>', 'connections kept alive', count, 32)
  .option('--log-level <level>', "Latchkey's log level; its log goes to a file", 'info')
  .option(
    '--only <scenario>',
    'change, change-alone, isEntitled, fetchByAccount or fetchByAccount-srd',
  )
  .option('--metrics', 'Latchkey with and without its metrics, and no other server')
  .option(
    '--against <build>',
    'another checkout with its dist, LABEL=FOLDER or LABEL=FOLDER@NODE; may be repeated',
    build,
    [],
  )
  .action(run)
  .parseAsync()
  .catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  });
