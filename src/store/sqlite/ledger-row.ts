/** A line of the ledger as it is read. */
import type { EntitlementState } from '../../entitlements/entitlement';
import type { LedgerRow } from '../ledger';
import { selectList, toFields } from './rows';

/** What `toLedgerRow` reads, of ledger, merchant and account. */
export const LEDGER_COLUMNS = `merchant.login AS merchant,
  ${selectList(['VID', 'merchantAccountId'], 'account.')},
  ${selectList(['id', 'at', 'action', 'merchantEntitlementId', 'source', 'sourceId'], 'ledger.')},
  ${selectList(['actor', 'note', 'reason', 'soapId'], 'ledger.')},
  ledger.before_start_at, ledger.before_end_at, ledger.before_description,
  ledger.after_start_at, ledger.after_end_at, ledger.after_description`;

/** Lines with the merchant's login and the account's names; a condition follows. */
export const LEDGER_SELECT = `SELECT ${LEDGER_COLUMNS} FROM ledger
  CROSS JOIN merchant ON merchant.id = ledger.merchant_id
  CROSS JOIN account ON account.id = ledger.account_id`;

/** Lines of one call, by the index of calls; the merchant's condition stands before it. */
export function ofCall(parameter: string): string {
  return `substr(ledger.soap_id, -16) = substr(${parameter}, -16) AND ledger.soap_id = ${parameter}`;
}

/** A line from what LEDGER_SELECT reads. */
export function toLedgerRow(row: unknown): LedgerRow {
  const { before_start_at, before_end_at, before_description, ...rest } = row as Record<
    string,
    unknown
  >;
  const { after_start_at, after_end_at, after_description, ...fields } = rest;
  return {
    ...toFields<Omit<LedgerRow, 'before' | 'after'>>(fields),
    before:
      before_start_at === null
        ? undefined
        : toState(before_start_at, before_end_at, before_description),
    after: toState(after_start_at, after_end_at, after_description),
  };
}

function toState(start: unknown, end: unknown, description: unknown): EntitlementState {
  return toFields<EntitlementState>({ start, end, description });
}
