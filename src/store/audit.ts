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

export interface AuditReads {
  /**
   * Lines in the order of their moments, and of their numbers within one.
   * @returns undefined when there is no line `after`
   */
  listLines(filter: AuditFilter): Eventually<LedgerRow[] | undefined>;
  /** The lines of these numbers, by number. */
  findLines(ids: readonly number[]): Eventually<ReadonlyMap<number, LedgerRow>>;
}
