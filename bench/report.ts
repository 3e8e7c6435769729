/** Turns measurements into the table that is printed. */
import { METRICS, type Name } from './contestant';
import type { Measurement } from './load';

/** The measurements of one server. */
export interface Result {
  readonly name: Name;
  readonly rounds: readonly Measurement[];
  /** The time of the processor that a call took in each round, in microseconds; NaN: not known. */
  readonly processor: readonly number[];
  /** The most that it had resident at the end of a round, in bytes. */
  readonly residentMemory: number;
}

/** The part of a scenario's results that is kept in a file: medians over the rounds, and the ratios. */
export function summary(results: readonly Result[]): object {
  const floor = results.find(({ name }) => name === 'floor');
  return Object.fromEntries(
    results.map((result) => [
      result.name,
      {
        requestsPerSecond: Math.round(median(result.rounds.map(rateOf))),
        p50: rounded(percentile(result, 0.5)),
        p99: rounded(percentile(result, 0.99)),
        ...(floor && { timesFloor: rounded(ratio(result, floor)) }),
        processorMicroseconds: Math.round(median(result.processor)) || undefined,
        residentMegabytes: Math.round(result.residentMemory / 2 ** 20),
        rounds: result.rounds.map((round) => Math.round(rateOf(round))),
      },
    ]),
  );
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

const HEADINGS = ['', 'requests/s', 'p50 ms', 'p99 ms', 'cpu us', 'memory MB', 'reply bytes'];

/**
 * The table: medians over the rounds. A ratio is the median of the rounds' ratios, for the servers
 * of one round ran within seconds of each other.
 */
export function table(results: readonly Result[]): string {
  const hasMetrics = results.some(({ name }) => name === METRICS);
  const isBase = (name: Name) => name === 'floor' || name === 'soap' || name.startsWith('build ');
  const bases = results.filter(({ name }) => isBase(name) || (hasMetrics && name === 'latchkey'));
  const rows = results.map((result) => [
    result.name,
    median(result.rounds.map(rateOf)).toFixed(0),
    percentile(result, 0.5).toFixed(2),
    percentile(result, 0.99).toFixed(2),
    median(result.processor).toFixed(0),
    (result.residentMemory / 2 ** 20).toFixed(0),
    median(result.rounds.map(({ replyBytes }) => replyBytes)).toFixed(0),
    ...bases.map((base) => ratio(result, base).toFixed(2)),
    result.rounds.map((round) => rateOf(round).toFixed(0)).join(' '),
  ]);
  return align([[...HEADINGS, ...bases.map(({ name }) => `x ${name}`), 'rounds'], ...rows]);
}

function ratio(result: Result, base: Result): number {
  return median(
    result.rounds.map((round, index) => {
      const other = base.rounds[index];
      return other ? rateOf(round) / rateOf(other) : NaN;
    }),
  );
}

/** Requests a second in one round. */
function rateOf({ answered, seconds }: Measurement): number {
  return answered / seconds;
}

function percentile({ rounds }: Result, part: number): number {
  return median(
    rounds.map(({ latencies }) => latencies[Math.floor((latencies.length - 1) * part)] ?? NaN),
  );
}

/** The middle value, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? NaN) + (sorted[Math.ceil(middle)] ?? NaN)) / 2;
}

/** Columns side by side: the first to the left, the others to the right. */
export function align(rows: ReadonlyArray<readonly string[]>): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  const pad = (cell: string, column: number) =>
    column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0);
  return rows.map((row) => row.map(pad).join('  ')).join('\n');
}
