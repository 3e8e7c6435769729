/**
 * The clock of the database as this process knows it: all servers that share a database date by it.
 * Decided: docs/decisions/postgres-units.md
 */
import type { Clock } from '../../base/clock';
import type { Time } from '../../base/time';

/** What is dated later than this after the clock, in milliseconds, is denied; as by the clock of a machine. */
export const LOUD = 1000;

/** A clock that went back by more is followed: it was set. */
const SET_BACK = 1000;

/**
 * Never behind the clock of the database: it shows the moment at which that would be if its last answer had come at once.
 * So no look-up takes place before a change that another server has confirmed.
 */
export class DatabaseClock implements Clock {
  /** The database's clock less the one that only counts. */
  private offset: number;
  private shown = -Infinity;

  /** @param time until the database answers, the clock of this machine */
  constructor(private readonly time: Pick<Time, 'now' | 'elapsed'>) {
    this.offset = time.now() - time.elapsed();
  }

  /** Takes an answer of the database. @param clock its clock @param asked when it was asked, by `elapsed` */
  set(clock: number, asked: number): void {
    this.offset = clock - asked;
  }

  readonly now = (): number => {
    const now = Math.ceil(this.time.elapsed() + this.offset);
    const back = now < this.shown - SET_BACK;
    this.shown = back ? now : Math.max(now, this.shown);
    return this.shown;
  };

  readonly latest = (): number => this.now() + LOUD;
}
