/** Walks over all rows of something that a tenant may have any number of. */
import type { Eventually } from './eventually';

/** The rows that belong to a subject, in the order of their numbers or in another in which new ones come last. */
export interface Walk {
  /** How many there are, and the number of the last. */
  extent(subject: number): Eventually<Extent>;
  /** The numbers of the next. @param range after a row, up to a row; at most `limit` */
  next(subject: number, range: WalkRange): Eventually<number[]>;
}

export interface Extent {
  readonly total: number;
  /** 0 where there is none. */
  readonly last: number;
}

export interface WalkRange {
  readonly after: number;
  readonly until: number;
  readonly limit: number;
}
