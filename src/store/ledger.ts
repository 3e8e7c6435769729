/** The ledger as it is read. */
import type { ListOptions } from './accounts';
import type { EntitlementChange } from './entitlements';

/** A line of the ledger. */
export interface LedgerRow extends Omit<
  EntitlementChange,
  'accountId' | 'changesAccess' | 'dueAt' | 'billingPlan'
> {
  readonly id: number;
  readonly merchant: string;
  readonly VID: string;
  readonly merchantAccountId: string | undefined;
  readonly reason: string | undefined;
}

/** The ledger up to a moment (UTC milliseconds), and the lines of later moments up to a number. */
export interface LedgerState {
  readonly moment: number;
  readonly line: number;
}

/** An operator's filter of the ledger. Moments are UTC milliseconds. */
export interface LedgerOptions extends ListOptions {
  /** An order's id: the changes of its access. */
  readonly order?: string | undefined;
  /** The changes that one call made. */
  readonly soapId?: string | undefined;
  readonly from?: number | undefined;
  /** Until just before it. */
  readonly until?: number | undefined;
  /** The state to be listed; default: as it is when the listing begins. */
  readonly asOf?: LedgerState | undefined;
}
