/** The store's interface for what an overview counts: in parts, each of a bounded number of rows. */
import type { EntitlementKey } from './entitlements';
import type { Eventually } from './eventually';

/** The lines of the ledger of one action and reason in one minute. */
export interface LineCount {
  readonly action: string;
  readonly reason: string | undefined;
  /** Counted from 1970. */
  readonly minute: number;
  readonly lines: number;
  /** By how many the entitlements that give access grew. */
  readonly growth: number;
}

/** The place of a line among those of a merchant, by their moments. */
export interface LinePlace {
  /** UTC milliseconds. */
  readonly at: number;
  readonly id: number;
}

/** Lines that were counted backwards. */
export interface CountedLines {
  readonly counts: readonly LineCount[];
  /** Where the count goes on: before this line; undefined: all are counted. */
  readonly before: LinePlace | undefined;
}

/** The place of an entitlement among those of all accounts. */
export interface EntitlementPlace extends EntitlementKey {
  readonly accountId: number;
}

/** A part of the entitlements that was counted. */
export interface CountedEntitlements {
  /** Those of the merchant that give access at the moment. */
  readonly active: number;
  /** Where the count goes on: after this one; undefined: all are counted. */
  readonly last: EntitlementPlace | undefined;
}

/** Figures of one merchant. */
export interface FigureReads {
  /** A number such that each line of the merchant that is written later has a greater one; 0: there is no line. */
  lastLine(): Eventually<number>;
  /** The lines whose numbers are greater than one and not greater than another. */
  countLinesBetween(after: number, until: number): Eventually<LineCount[]>;
  /**
   * Lines by their moments, from a moment on, the last first.
   * @param before the line before which to begin, by moment and number
   * @param until the greatest number of a line that counts
   * @param limit how many are looked at
   */
  countLinesBefore(
    before: LinePlace,
    span: { readonly from: number; readonly until: number; readonly limit: number },
  ): Eventually<CountedLines>;
  /**
   * Entitlements that give access at a moment, account by account.
   * @param after the last one that was looked at; undefined: from the first
   * @param limit how many are looked at; an account without any may count as one
   */
  countActive(
    now: number,
    after: EntitlementPlace | undefined,
    limit: number,
  ): Eventually<CountedEntitlements>;
  /** AutoBills whose payment has failed and is tried again at a moment, in UTC milliseconds; at most the limit. */
  countRetrying(now: number, limit: number): Eventually<number>;
  /** Active orders of which payments have failed; at most the limit. */
  countFailing(limit: number): Eventually<number>;
  /** The bytes of the database, of all merchants. */
  size(): Eventually<number>;
}
