/** Measures calls at two servers in turn, so that what else the machine does meets both. */
import { median } from '../report';
import { deltaRequest, type Kind } from './calls';
import type { Client } from './client';
import type { Population } from './population';

/** A server on a file, and what is in the file. */
export interface Side {
  readonly client: Client;
  readonly population: Population;
}

/** Median milliseconds of a call, and their ratio. */
export interface Comparison {
  readonly name: string;
  readonly small: number;
  readonly large: number;
  readonly ratio: number;
}

/** Calls of a kind before those that are measured. */
export const WARM_UP = 10;

/**
 * Calls the two in turn, round after round.
 * @returns medians over the rounds of each round's median; the ratio is the median of the rounds'
 */
export async function compare(
  kind: Kind,
  small: Side,
  large: Side,
  // `from`: where to begin in the order of accounts.
  { rounds, calls, from }: { rounds: number; calls: number; from: number },
): Promise<Comparison> {
  const medians: Array<{ small: number; large: number }> = [];
  for (let round = -1; round < rounds; round++) {
    const times: Array<[number, number]> = [];
    const count = round < 0 ? WARM_UP : calls;
    for (let call = 0; call < count; call++) {
      const drawn = round < 0 ? call : WARM_UP + round * calls + call;
      const inSmall = () => timeOf(kind, small, drawn, from);
      const inLarge = () => timeOf(kind, large, drawn, from);
      // The second finds the processor as the first left it: they take turns.
      if (call % 2 === 0) times.push([await inSmall(), await inLarge()]);
      else times.push([await inLarge(), await inSmall()].reverse() as [number, number]);
    }
    if (round < 0) continue;
    medians.push({
      small: median(times.map(([time]) => time)),
      large: median(times.map(([, time]) => time)),
    });
  }
  return {
    name: kind.name,
    small: median(medians.map((round) => round.small)),
    large: median(medians.map((round) => round.large)),
    ratio: median(medians.map((round) => round.large / round.small)),
  };
}

async function timeOf(
  kind: Kind,
  { client, population }: Side,
  count: number,
  from: number,
): Promise<number> {
  const number = population.accountAt(from + count, 0);
  return (await client.call(kind.request({ population, number, count }))).milliseconds;
}

/** The times of the pages of one walk, by page; the empty one is the last. */
export async function walk(
  { client }: Side,
  span: { from: number; until: number },
  pageSize: number,
  onPage: (page: number) => void,
): Promise<number[]> {
  const times: number[] = [];
  for (;;) {
    const { milliseconds, body } = await client.call(deltaRequest(span, times.length, pageSize));
    times.push(milliseconds);
    onPage(times.length);
    if (!/<entitlements[ >]/.test(body)) return times;
  }
}

/** The times of pages requested in this order. */
export async function fetchPages(
  { client }: Side,
  span: { from: number; until: number },
  pageSize: number,
  pages: readonly number[],
): Promise<Array<{ page: number; milliseconds: number }>> {
  const times = [];
  for (const page of pages) {
    const { milliseconds } = await client.call(deltaRequest(span, page, pageSize));
    times.push({ page, milliseconds });
  }
  return times;
}
