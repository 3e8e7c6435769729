/** Whether calls take all that there is of the process: what need not be done at once gives way to them. */
import type { Time } from './base/time';

/** Calls a second from which on it may be so: fewer hold up nothing for long. */
const MANY = 200;

/** The same where they wait for each other: what gives way may itself have made them so few. */
const SOME = 40;

/** The part of the time in which the event loop is at work from which on nothing is left of it. */
const ALL = 0.95;

/**
 * The calls under way at once, on the average, from which on they wait for each other, be it for the processor, the disk or
 * other programs: 500 a second that take 5 ms each are 2.5.
 */
const CROWD = 5;

/**
 * Over how many milliseconds all is measured at least; at most over twice as many. Calls that share a commit are answered
 * together, and between two commits there are none.
 */
const SPAN = 250;

/** What is measured. */
export interface Measured {
  /** How many requests there were so far. */
  readonly counted: () => number;
  /** How many milliseconds requests have taken so far, all together. */
  readonly spent: () => number;
  /** How many milliseconds the event loop was at work so far. */
  readonly active: () => number;
}

/** @returns asks whether it was so of late */
export function createIsBusy(
  { counted, spent, active }: Measured,
  { elapsed }: Pick<Time, 'elapsed'>,
): () => boolean {
  const look = () => ({ at: elapsed(), count: counted(), spent: spent(), active: active() });
  let first = look();
  let second = first;
  let busy = false;
  return () => {
    const now = look();
    const span = now.at - first.at;
    if (span < SPAN) return busy;
    const calls = ((now.count - first.count) * 1000) / span;
    const underWay = (now.spent - first.spent) / span;
    const isFull = calls >= MANY && (now.active - first.active) / span >= ALL;
    busy = isFull || (calls >= SOME && underWay >= CROWD);
    if (now.at - second.at >= SPAN) [first, second] = [second, now];
    return busy;
  };
}
