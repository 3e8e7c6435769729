/**
 * Counts failed logins by the address that they come from, in memory of a fixed size.
 * Decided: docs/decisions/failed-logins.md
 */
import { hash, randomBytes } from 'node:crypto';
import type { Time } from '../base/time';
import { networkOf } from './network';

/** Counts failed logins and wrong keys, those of all surfaces together. */
export interface FailedLogins {
  /**
   * Counts a login as failed before it is verified, so that many at once count, too.
   * @returns seconds to wait where there were too many: then it must not be verified
   */
  readonly begin: (address: string) => number | undefined;
  /** The login that was begun was good: it doesn't count. */
  readonly forgive: (address: string) => void;
}

/** Called with each login or API key that was not good, those that were refused unseen after too many among them. */
export type OnFailedLogin = () => void;

/** How long failures count, in milliseconds, from the first of them. */
const WINDOW = 60_000;

/**
 * The number of counters, however many addresses there are. The secret keeps anyone from choosing an
 * address that shares a counter with another.
 */
const COUNTERS = 65_536;

/** The failures of a window. */
interface Counter {
  failures: number;
  /** When the window ends, as `elapsed` counts. */
  readonly until: number;
}

/** @param most failures a minute and address; 0: no limit */
export function createFailedLogins(most: number, { elapsed }: Pick<Time, 'elapsed'>): FailedLogins {
  if (most === 0) return { begin: () => undefined, forgive: () => undefined };
  const counters = new Map<number, Counter>();
  const secret = randomBytes(32).toString('hex');
  const placeOf = (address: string) => {
    // In one call: a thousand wrong logins at once make two thousand of them.
    return hash('sha256', secret + networkOf(address), 'buffer').readUInt32BE() % COUNTERS;
  };
  const running = (place: number) => {
    const counter = counters.get(place);
    return counter && counter.until > elapsed() ? counter : undefined;
  };
  return {
    begin: (address) => {
      const place = placeOf(address);
      const counter = running(place) ?? { failures: 0, until: elapsed() + WINDOW };
      counters.set(place, counter);
      counter.failures += 1;
      if (counter.failures <= most) return undefined;
      return Math.max(1, Math.ceil((counter.until - elapsed()) / 1000));
    },
    forgive: (address) => {
      const counter = running(placeOf(address));
      if (counter && counter.failures > 0) counter.failures -= 1;
    },
  };
}
