/**
 * The clock of the database as this process knows it: all servers that share a database date by it.
 * Decided: docs/decisions/postgres-units.md
 */
import type { Clock } from '../../base/clock';
import type { Time } from '../../base/time';

/** What is dated later than this after the clock, in milliseconds, is denied; as by the clock of a machine. */
export const LOUD = 1000;

/** How much faster one of both clocks may be. */
const DRIFT = 0.001;

/** A clock that went back by more is followed: it was set. */
const SET_BACK = 1000;

/**
 * Never earlier than the clock of the database: it shows the moment at which that would be if its last answer had come at once.
 * So no look-up takes place before a change that another server has confirmed.
 */
export class DatabaseClock implements Clock {
  /** The database's clock less the one that only counts: never less than it truly is. */
  private offset: number;
  /** When that was known last, by the one that only counts; undefined: the database has not answered yet. */
  private known: number | undefined;
  private shown = -Infinity;

  /** @param time until the database answers, the clock of this machine */
  constructor(private readonly time: Pick<Time, 'now' | 'elapsed'>) {
    this.offset = time.now() - time.elapsed();
  }

  /**
   * Takes an answer of the database. One that was waited for long says little, and a closer one from before counts on.
   * @param clock its clock
   * @param asked when it was asked, by `elapsed`; the answer came just now
   */
  set(clock: number, asked: number): void {
    const answered = this.time.elapsed();
    const most = clock - asked;
    const before = this.offset + DRIFT * (answered - (this.known ?? answered));
    // Where the clock is ahead even if it was read with the answer, it was set.
    const isSet = this.known === undefined || before < clock - answered;
    this.offset = isSet ? most : Math.min(before, most);
    this.known = answered;
  }

  readonly now = (): number => {
    const now = Math.ceil(this.time.elapsed() + this.offset);
    const back = now < this.shown - SET_BACK;
    this.shown = back ? now : Math.max(now, this.shown);
    return this.shown;
  };

  readonly latest = (): number => this.now() + LOUD;
}
