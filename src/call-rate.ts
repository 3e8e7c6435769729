/** Whether calls take all that there is of the process: what need not be done at once gives way to them. */
import type { Time } from './base/time';

/** Calls a second from which on it may be so: fewer hold up nothing for long. */
const MANY = 200;

/** The part of the time in which the event loop is at work from which on nothing is left of it. */
const ALL = 0.95;

/** Over how many milliseconds both are measured at least. */
const SPAN = 10;

/** What is measured. */
export interface Measured {
  /** How many requests there were so far. */
  readonly counted: () => number;
  /** How many milliseconds the event loop was at work so far. */
  readonly active: () => number;
}

/** @returns asks whether it was so since it was asked before */
export function createIsBusy(
  { counted, active }: Measured,
  { elapsed }: Pick<Time, 'elapsed'>,
): () => boolean {
  const look = () => ({ at: elapsed(), count: counted(), active: active() });
  let last = look();
  let busy = false;
  return () => {
    if (elapsed() - last.at < SPAN) return busy;
    const now = look();
    const span = now.at - last.at;
    const calls = ((now.count - last.count) * 1000) / span;
    busy = calls >= MANY && (now.active - last.active) / span >= ALL;
    last = now;
    return busy;
  };
}
