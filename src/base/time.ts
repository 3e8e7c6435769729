/**
 * The clock and the timers of the program: nothing else of src/ asks the system for either, so that
 * tests and simulations may bring their own.
 */

import { uptime } from 'node:os';

/** Ends a timer. */
export type Cancel = () => void;

/** A source of time. */
export interface Time {
  /** Now, in UTC milliseconds. */
  readonly now: () => number;
  /** Milliseconds since some moment; only ever more, whatever happens to the clock. */
  readonly elapsed: () => number;
  /**
   * Milliseconds since the machine was started, those of its sleep included. Without it `now` is
   * believed whatever it shows: a test or simulation sets it.
   */
  readonly uptime?: (() => number) | undefined;
  /** In a simulation, the clock of a merchant's data, by its row; absent: all have `now`. */
  readonly merchantNow?: ((merchantId: number) => number) | undefined;
  /** Acts once, that many milliseconds from now. */
  readonly after: (milliseconds: number, act: () => void) => Cancel;
  /** Acts again and again, each time that many milliseconds later. */
  readonly every: (milliseconds: number, act: () => void) => Cancel;
}

/** The system's time. */
export const SYSTEM_TIME: Time = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  uptime: () => uptime() * 1000,
  after: (milliseconds, act) => {
    const timer = setTimeout(act, milliseconds);
    return () => clearTimeout(timer);
  },
  every: (milliseconds, act) => {
    const timer = setInterval(act, milliseconds);
    return () => clearInterval(timer);
  },
};
