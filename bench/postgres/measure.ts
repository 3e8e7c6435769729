/** Puts servers under the same load in turn, and shows what came of it beside the last of them. */
import { type Calls, load } from '../load';
import { align, median } from '../report';
import type { Meter } from './cost';

/** Servers that are measured as one: a load is divided among them. */
export interface Contestant {
  readonly name: string;
  /** Where they take SOAP requests. */
  readonly endpoints: readonly string[];
  /** The numbers of their processes. */
  readonly processes: readonly number[];
  /** Of so many accounts one is asked for, so that they come from all over many; default: each. */
  readonly apart?: number;
  /** Of the database that they work with. */
  readonly meter: Meter;
}

/** A load with a title. */
export interface Load extends Calls {
  readonly title: string;
}

/** How long a load takes, in seconds, and how often each contestant has it. */
export interface Lasting {
  readonly seconds: number;
  readonly rounds: number;
  readonly warmUp: number;
}

/** What one load of a contestant came to. */
interface Round {
  /** Calls a second. */
  readonly rate: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Microseconds of the processor for a call. */
  readonly servers: number;
  readonly database: number;
  /** Bytes of the write-ahead log for a call. */
  readonly wal: number;
}

/** Prints the table of a load: medians of the rounds. */
export async function measure(
  contestants: readonly Contestant[],
  asked: Load,
  { seconds, rounds, warmUp }: Lasting,
): Promise<void> {
  const results = contestants.map((contestant) => ({ contestant, rounds: [] as Round[] }));
  let from = 0;
  for (const { contestant } of results) {
    from += (await loadOnce(contestant, asked, warmUp, from)).answered;
  }
  for (let round = 0; round < rounds; round += 1) {
    // In turn the other way round, so that what changes over time meets all.
    for (const result of round % 2 ? results.toReversed() : results) {
      const { answered, ...measured } = await loadOnce(result.contestant, asked, seconds, from);
      from += answered;
      result.rounds.push(measured);
    }
  }
  console.log(`${asked.title}\n\n${tableOf(results)}\n`);
}

async function loadOnce(
  { endpoints, processes, meter, apart = 1 }: Contestant,
  asked: Load,
  seconds: number,
  from: number,
): Promise<Round & { readonly answered: number }> {
  const before = await meter.read(processes);
  const done = await Promise.all(
    endpoints.map((endpoint, index) =>
      load(endpoint, partOf(asked, apart, index, endpoints.length), { seconds, from }),
    ),
  );
  const after = await meter.read(processes);
  const answered = done.reduce((sum, one) => sum + one.answered, 0);
  const latencies = Float64Array.from(done.flatMap((one) => [...one.latencies])).sort();
  const at = (part: number) => latencies[Math.floor((latencies.length - 1) * part)] ?? NaN;
  return {
    answered,
    rate: done.reduce((sum, one) => sum + one.answered / one.seconds, 0),
    p50: at(0.5),
    p99: at(0.99),
    servers: (1000 * (after.servers - before.servers)) / answered,
    database: (1000 * (after.database - before.database)) / answered,
    wal: (after.wal - before.wal) / answered,
  };
}

/** A part of the connections and of the accounts. */
function partOf(asked: Load, every: number, index: number, of: number): Load {
  const { first, count } = asked.accounts;
  const each = Math.floor(count / of);
  const accounts = { first: first + index * each * every, count: each, every };
  return { ...asked, connections: asked.connections / of, accounts };
}

const HEADINGS = ['calls/s', 'p50 ms', 'p99 ms', 'server us', 'database us', 'WAL bytes'];

function tableOf(results: ReadonlyArray<{ contestant: Contestant; rounds: readonly Round[] }>) {
  const last = results.at(-1);
  const of = (rounds: readonly Round[], key: keyof Round) => median(rounds.map((one) => one[key]));
  const times = (rounds: readonly Round[], key: keyof Round) =>
    (of(rounds, key) / of(last?.rounds ?? [], key)).toFixed(2);
  const rows = results.map(({ contestant, rounds }) => [
    contestant.name,
    of(rounds, 'rate').toFixed(0),
    of(rounds, 'p50').toFixed(1),
    of(rounds, 'p99').toFixed(1),
    of(rounds, 'servers').toFixed(0),
    of(rounds, 'database').toFixed(0),
    of(rounds, 'wal').toFixed(0),
    times(rounds, 'rate'),
    times(rounds, 'p50'),
  ]);
  const base = last?.contestant.name ?? '';
  return align([['', ...HEADINGS, `rate x ${base}`, `p50 x ${base}`], ...rows]);
}
