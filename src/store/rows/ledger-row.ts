/** A line of the ledger as it is read. */
import type { EntitlementState } from '../../entitlements/entitlement';
import type { LedgerRow } from '../ledger';
import { selectList } from './columns';
import { toFields } from './to-fields';

/** What `toLedgerRow` reads, of ledger, merchant and account. */
export const LEDGER_COLUMNS = `merchant.login AS merchant,
  ${selectList(['VID', 'merchantAccountId'], 'account.')},
  ${selectList(['id', 'at', 'action', 'merchantEntitlementId', 'source', 'sourceId'], 'ledger.')},
  ${selectList(['actor', 'note', 'reason', 'soapId'], 'ledger.')},
  ledger.before_start_at, ledger.before_end_at, ledger.before_description,
  ledger.after_start_at, ledger.after_end_at, ledger.after_description`;

/** A line from LEDGER_COLUMNS; what is NULL may be undefined or null. */
export function toLedgerRow(row: unknown): LedgerRow {
  const { before_start_at, before_end_at, before_description, ...rest } = row as Record<
    string,
    unknown
  >;
  const { after_start_at, after_end_at, after_description, ...fields } = rest;
  return {
    ...toFields<Omit<LedgerRow, 'before' | 'after'>>(fields),
    before:
      (before_start_at ?? undefined) === undefined
        ? undefined
        : toState(before_start_at, before_end_at, before_description),
    after: toState(after_start_at, after_end_at, after_description),
  };
}

function toState(start: unknown, end: unknown, description: unknown): EntitlementState {
  return toFields<EntitlementState>({ start, end, description });
}

/** The order of a listing: by moment, and by number within one. */
export function byMoment(one: LedgerRow, other: LedgerRow): number {
  return one.at - other.at || one.id - other.id;
}
