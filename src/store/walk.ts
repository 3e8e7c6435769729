/** Walks over all rows of something that a tenant may have any number of. */
import type { Eventually } from './eventually';

/** The rows that belong to a subject, in the order of their numbers or in another in which new ones come last. */
export interface Walk {
  /** How many there are of the next, and the number of the last of them. */
  extent(subject: number, part: WalkPart): Eventually<Extent>;
  /** The numbers of the next. @param range after a row, up to a row; at most `limit` */
  next(subject: number, range: WalkRange): Eventually<number[]>;
}

export interface Extent {
  readonly total: number;
  /** 0 where there is none. */
  readonly last: number;
}

/** Rows after a row; at most `limit`. */
export interface WalkPart {
  readonly after: number;
  readonly limit: number;
}

export interface WalkRange extends WalkPart {
  readonly until: number;
}

/** The subject itself as the only row. */
export const oneRow: Walk = {
  extent: (subject, { after }) => ({
    total: after < subject ? 1 : 0,
    last: after < subject ? subject : 0,
  }),
  next: (subject, { after, until }) => (after < subject && subject <= until ? [subject] : []),
};
