/**
 * The time by which changes are dated: the wall clock as long as it goes as the monotonic one does.
 * Where the two part, time goes on by the monotonic clock until they meet again or the parting lasts.
 * Decided: docs/decisions/clock.md
 */
import type { Time } from './time';

/** A difference between both clocks that is none, in milliseconds. */
const SLACK = 100;

/** Both may be run at rates that differ by one in a thousand: twice what NTP's slewing does. */
const DRIFT = 0.001;

/** Partings of more are reported, and dates further ahead of the wall clock are denied. */
const LOUD = 1000;

/** The longest time until a parting is believed; a smaller one is as soon as it has lasted its own size. */
const PATIENCE = 5 * 60 * 1000;

/** What happened between the clocks. */
export interface ClockReport {
  /** `parted`: the wall clock jumped; `met`: it is back; `believed`: it stays so, and is followed. */
  readonly event: 'parted' | 'met' | 'believed';
  /** By how many milliseconds the wall clock is ahead of time; below 0: it lags. */
  readonly ahead: number;
}

/** A clock that doesn't believe every jump. */
export interface Clock {
  /** Now, in UTC milliseconds; earlier than before only after a wall clock that was set back is believed. */
  readonly now: () => number;
  /** What is dated later is denied by the wall clock as it was read last. */
  readonly latest: () => number;
}

/** Options of a clock. */
export interface ClockOptions {
  /** Called where the clocks part by more than a second, meet again, or the parting is believed. */
  readonly report?: ((report: ClockReport) => void) | undefined;
  /** Called when a wall clock that was set back is believed: time has gone back. */
  readonly onBack?: (() => void) | undefined;
}

/** Starts a clock from the wall clock. A time without `uptime` is believed, whatever it shows. */
export function createClock(
  time: Pick<Time, 'now' | 'elapsed' | 'uptime'>,
  options: ClockOptions = {},
): Clock {
  const { uptime } = time;
  if (!uptime) return { now: steady(time.now), latest: () => Infinity };
  const clock = new DoubtingClock({ ...time, uptime }, options);
  return { now: () => clock.now(), latest: () => clock.latest };
}

/** A clock that never shows an earlier moment than before: the ledger is in the order of time. */
function steady(clock: () => number): () => number {
  let shown = -Infinity;
  return () => (shown = Math.max(shown, clock()));
}

class DoubtingClock {
  latest: number;
  /** A moment of both clocks, from which time is counted. */
  private wall: number;
  private elapsed: number;
  /** By how much the machine has run longer than it was awake. */
  private slept: number;
  private shown: number;
  private parting: { readonly gap: number; readonly since: number } | undefined;

  constructor(
    private readonly time: Pick<Time, 'now' | 'elapsed'> & { readonly uptime: () => number },
    private readonly options: ClockOptions,
  ) {
    this.wall = time.now();
    this.elapsed = time.elapsed();
    this.slept = time.uptime() - this.elapsed;
    this.shown = this.wall;
    this.latest = this.wall + LOUD;
  }

  now(): number {
    const elapsed = this.time.elapsed();
    const wall = this.time.now();
    const now = this.agree(wall, elapsed) ? wall : this.doubt();
    return (this.shown = Math.max(this.shown, now));
  }

  /** Whether the clocks have gone alike; time is counted from here then. */
  private agree(wall: number, elapsed: number): boolean {
    this.latest = wall + LOUD;
    if (Math.abs(this.gap(wall, elapsed)) > this.slack(elapsed)) return false;
    this.wall = wall;
    this.elapsed = elapsed;
    if (this.parting) this.meet(this.parting.gap);
    return true;
  }

  /** By how much the wall clock is ahead of time. */
  private gap(wall: number, elapsed: number): number {
    return wall - this.wall - (elapsed - this.elapsed);
  }

  private slack(elapsed: number): number {
    return SLACK + DRIFT * (elapsed - this.elapsed);
  }

  private meet(gap: number): void {
    this.parting = undefined;
    this.report('met', gap);
  }

  private doubt(): number {
    const elapsed = this.time.elapsed();
    const wall = this.time.now();
    const slept = this.time.uptime() - elapsed;
    if (slept - this.slept > SLACK) {
      // The monotonic clock stood still while the machine slept, and the wall clock went on.
      this.wall += slept - this.slept;
      this.slept = slept;
    }
    // The process may also have been stopped between the readings of both clocks.
    if (this.agree(wall, elapsed)) return wall;
    const gap = this.gap(wall, elapsed);
    if (!this.parting || Math.abs(gap - this.parting.gap) > this.slack(elapsed)) {
      this.parting = { gap, since: elapsed };
      this.report('parted', gap);
    }
    const lasted = elapsed - this.parting.since;
    // The clock that only counts has fractions, and whole milliseconds are kept.
    if (lasted < Math.min(Math.abs(gap), PATIENCE)) return Math.floor(wall - gap);
    return this.believe(wall, elapsed, gap);
  }

  private believe(wall: number, elapsed: number, gap: number): number {
    this.wall = wall;
    this.elapsed = elapsed;
    this.parting = undefined;
    this.report('believed', gap);
    if (gap < 0) {
      this.shown = wall;
      this.options.onBack?.();
    }
    return wall;
  }

  private report(event: ClockReport['event'], ahead: number): void {
    if (Math.abs(ahead) > LOUD) this.options.report?.({ event, ahead });
  }
}
