/** Whether calls come in so fast that what need not be done at once gives way to them. */
import type { Time } from './base/time';

/** Calls a second from which on it is so. */
const MANY = 1000;

/** Over how many milliseconds they are counted at least. */
const SPAN = 10;

/**
 * @param counted how many requests there were so far
 * @returns asks whether many have come since it was asked before
 */
export function createIsBusy(
  counted: () => number,
  { elapsed }: Pick<Time, 'elapsed'>,
): () => boolean {
  let seen = counted();
  let since = elapsed();
  let busy = false;
  return () => {
    const now = elapsed();
    const span = now - since;
    if (span < SPAN) return busy;
    const count = counted();
    busy = ((count - seen) * 1000) / span >= MANY;
    seen = count;
    since = now;
    return busy;
  };
}
