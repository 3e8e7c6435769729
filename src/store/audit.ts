/** The store's interface for the audit: each change with its author, time and reason. */
import type { Eventually } from './eventually';
import type { LedgerRow } from './ledger';
import type { Span } from './page';

/** Which lines of the ledger are asked for, and where the listing goes on. */
export interface AuditFilter extends Span {
  /** An order's id: the changes of its access. */
  readonly orderId?: string | undefined;
  /** A call's id: the changes that it made. */
  readonly soapId?: string | undefined;
  /** Accounts' rows, with what was merged into them; an order counts before them. */
  readonly accountIds?: readonly number[] | undefined;
  /** The last line that was listed; undefined: from the first. */
  readonly after: number | undefined;
  readonly limit: number;
}

/** Which lines are listed from the last on, and where the listing goes on. */
export interface LastFilter extends Span {
  /** An order's id: the changes of its access; accounts then don't count. */
  readonly orderId?: string | undefined;
  /** Accounts' rows, with what was merged into them. */
  readonly accountIds?: readonly number[] | undefined;
  /** The last line that was listed; undefined: from the last of the span. */
  readonly before: number | undefined;
  readonly limit: number;
}

/** What of a line can be searched for without an index. */
export type SearchedLine = Pick<LedgerRow, 'id' | 'merchantEntitlementId' | 'soapId'>;

/** A part of the ledger that was searched backwards. */
export interface Searched {
  /** The lines that are wanted, by their numbers, the last first. */
  readonly lines: readonly SearchedLine[];
  /** Where the search goes on: before this line; undefined: there are no lines before it. */
  readonly before: number | undefined;
}

export interface AuditReads {
  /**
   * Lines in the order of their moments, and of their numbers within one.
   * @returns undefined when there is no line `after`
   */
  listLines(filter: AuditFilter): Eventually<LedgerRow[] | undefined>;
  /**
   * The same from the last on: by their moments, and by their numbers within one, descending.
   * @returns undefined when there is no line `before`
   */
  listLast(filter: LastFilter): Eventually<LedgerRow[] | undefined>;
  /**
   * Searches the last lines for some entitlement ids or calls; no index has these.
   * @param isWanted whether a line is about one of them
   * @param before the line before which to begin; undefined: at the last
   * @param count how many lines are looked at
   */
  searchBack(
    isWanted: (line: SearchedLine) => boolean,
    before: number | undefined,
    count: number,
  ): Eventually<Searched>;
  /** The lines of these numbers, by number. */
  findLines(ids: readonly number[]): Eventually<ReadonlyMap<number, LedgerRow>>;
}
