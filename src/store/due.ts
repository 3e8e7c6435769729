/** The store's interface for what time alone changes, of every merchant: what is due, and what comes next. */
import type { Eventually } from './eventually';

/** A change by time alone that no line of the ledger, and no event, shows yet. */
export interface Due {
  readonly merchantId: number;
  /** UTC milliseconds. */
  readonly at: number;
}

/** Changes of one kind by time alone, of every merchant, for the background. */
export interface DueOfAll {
  /** The earliest, due or still to come; undefined: nothing is in sight. */
  first(): Eventually<Due | undefined>;
  /** The earliest of one merchant, in UTC milliseconds; undefined: nothing is in sight. */
  firstOf(merchantId: number): Eventually<number | undefined>;
  /**
   * The first merchant after a merchant's row, by their rows, of whom something is due.
   * @param until UTC milliseconds
   * @returns undefined: none
   */
  nextMerchant(after: number, until: number): Eventually<number | undefined>;
}

/** By what they change. */
export interface DueByKind {
  /** Entitlements start and end. */
  readonly entitlements: DueOfAll;
  /** AutoBills start and end, also at the end of their days of grace. */
  readonly autoBills: DueOfAll;
}
