/**
 * Remembers places in listings, so that a page costs the same wherever it stands. A place that isn't
 * remembered (after a restart, say) is found by counting from the last milestone before it.
 */

import { PAGE, turnForRows } from '../../base/pages';
import type { Eventually } from '../eventually';

/** The place of a row in a listing that is ordered by a moment and a row number. */
export interface Cursor {
  readonly at: number;
  readonly id: number;
}

/** The rows from one milestone to the next. */
const STRIDE = 1000;

const MAX_REMEMBERED = 10_000;

/** The milestones that are found in one turn of the event loop: a few milliseconds' worth. */
const ROUNDS = 20;

interface PageNumber {
  readonly page: number;
  readonly pageSize: number;
}

export class PageCursors {
  /** By listing and the number of rows up to there; the oldest first. */
  private readonly ends = new Map<string, Cursor>();
  /** By listing, the place after the first 1000 rows, after the first 2000, and so on. */
  private readonly milestones = new Map<string, Cursor[]>();

  /**
   * @param capacity how many ends are remembered, and how many milestones unless one listing has more
   * @param turn gives the event loop a turn
   */
  constructor(
    private readonly capacity = MAX_REMEMBERED,
    private readonly turn: () => Eventually<void> = () => turnForRows(PAGE),
  ) {}

  /**
   * @param listing names the listing with all that decides which rows come first; not where it ends
   * @param first the place before the first row
   * @param skip finds the row at a distance from a place by counting; undefined: there are fewer
   * @returns where the page begins, or undefined when it lies beyond the last; later, where many rows are to be counted
   */
  startOf(
    listing: string,
    { page, pageSize }: PageNumber,
    first: Cursor,
    skip: (from: Cursor, count: number) => Eventually<Cursor | undefined>,
  ): Eventually<Cursor | undefined> {
    const rows = page * pageSize;
    if (rows === 0) return first;
    return this.ends.get(`${listing} ${rows}`) ?? this.count(listing, rows, first, skip);
  }

  /** Remembers the last row of a full page. */
  remember(listing: string, { page, pageSize }: PageNumber, last: Cursor): void {
    const key = `${listing} ${(page + 1) * pageSize}`;
    this.ends.delete(key);
    this.ends.set(key, last);
    const [oldest] = this.ends.keys();
    if (this.ends.size > this.capacity && oldest !== undefined) this.ends.delete(oldest);
  }

  /** Forgets all: rows that stood before a place are gone. */
  clear(): void {
    this.ends.clear();
    this.milestones.clear();
  }

  private async count(
    listing: string,
    rows: number,
    first: Cursor,
    skip: (from: Cursor, count: number) => Eventually<Cursor | undefined>,
  ): Promise<Cursor | undefined> {
    const milestones = this.milestones.get(listing) ?? [];
    try {
      for (let round = 1; ; round += 1) {
        if (round % ROUNDS === 0) await this.turn();
        // Another call may have counted on meanwhile.
        const passed = Math.min(milestones.length, Math.floor(rows / STRIDE));
        const place = milestones[passed - 1] ?? first;
        const left = rows - passed * STRIDE;
        if (left < STRIDE) return left === 0 ? place : await skip(place, left);
        const found = skip(place, STRIDE);
        const milestone = found instanceof Promise ? await found : found;
        if (milestone === undefined) return undefined;
        // Where the database answers later, another call may have counted it, too.
        if (milestones.length === passed) milestones.push(milestone);
      }
    } finally {
      if (milestones.length > 0) this.keep(listing, milestones);
    }
  }

  /** Keeps a listing's milestones as those used last; where there are too many, others go. */
  private keep(listing: string, milestones: Cursor[]): void {
    this.milestones.delete(listing);
    let count = milestones.length;
    for (const { length } of this.milestones.values()) count += length;
    for (const [other, { length }] of this.milestones) {
      if (count <= this.capacity) break;
      this.milestones.delete(other);
      count -= length;
    }
    this.milestones.set(listing, milestones);
  }
}
