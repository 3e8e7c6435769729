/** What the server that leads does for the database itself: the ledger's tables made ahead, and old outcomes forgotten. */
import type { Time } from '../../base/time';
import { prepareForgetOutcomes } from './outcomes';
import type { PrepareChange } from './query';

const DAY = 24 * 60 * 60 * 1000;

/** How far ahead there are tables of the ledger, in milliseconds. */
const AHEAD = 2 * 366 * DAY;

/**
 * @param change changes outside of units
 * @returns a function to be called now and then: once a day it does something
 */
export function keepUp(
  change: PrepareChange,
  { time, now }: { readonly time: Pick<Time, 'elapsed'>; readonly now: () => number },
): () => void {
  const make = change('SELECT make_ledger_partitions(?::bigint, ?::bigint)');
  const forget = prepareForgetOutcomes(change);
  let last = -Infinity;
  return () => {
    if (time.elapsed() - last < DAY) return;
    last = time.elapsed();
    // Where one fails (a lock that is held too long, say), the next day's is early enough.
    void make.run(now(), now() + AHEAD).catch(() => undefined);
    void forget(now()).catch(() => undefined);
  };
}
