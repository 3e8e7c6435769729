/** The action of `latchkey ledger`. */
import type { Command } from 'commander';
import type { EntitlementState } from '../../entitlements/entitlement';
import type { LedgerRow } from '../../store/store';
import type { LedgerFilterOptions } from '../options';
import { type Columns, printList } from '../list';
import { upToDateFilter } from './ledger-filter';
import { type FormatMoment, momentFormat } from './moments';
import { wholeNumber } from './numbers';
import { withStore } from './with-store';

/** Its options. */
export interface LedgerCommandOptions extends LedgerFilterOptions {
  readonly json?: boolean;
  readonly limit?: string;
}

/** Prints the ledger while it is read, oldest line first. */
export function printLedger(command: Command, options: LedgerCommandOptions): Promise<void> {
  return withStore(command, async (store, { timeZone }) => {
    const format = momentFormat(timeZone);
    const limit = wholeNumber('--limit', options.limit, {
      least: 1,
      most: Number.MAX_SAFE_INTEGER,
    });
    const rows = store.listLedger(await upToDateFilter(store, timeZone, options));
    const listing = { columns: columnsOf(format), toJson: (row: LedgerRow) => toJson(row, format) };
    await printList(first(rows, limit), listing, options);
  });
}

/** The first rows; no more than these are read. */
async function* first<T>(
  rows: AsyncIterable<T> | Iterable<T>,
  limit = Infinity,
): AsyncGenerator<T> {
  let left = limit;
  for await (const row of rows) {
    yield row;
    left -= 1;
    if (left === 0) return;
  }
}

function toJson({ at, before, after, ...row }: LedgerRow, format: FormatMoment) {
  const toState = (state: EntitlementState | undefined) =>
    state && { ...state, start: format(state.start), end: format(state.end) };
  return { ...row, at: format(at), before: toState(before), after: toState(after) };
}

function columnsOf(format: FormatMoment): Columns<LedgerRow> {
  const term = (state: EntitlementState | undefined) =>
    state && `${format(state.start) ?? ''} – ${format(state.end) ?? 'no end'}`;
  return {
    when: (row) => format(row.at),
    merchant: (row) => row.merchant,
    account: (row) => row.merchantAccountId ?? row.VID,
    action: (row) => row.action,
    entitlement: (row) => row.merchantEntitlementId,
    source: (row) => (row.sourceId ? `${row.source} ${row.sourceId}` : row.source),
    before: (row) => term(row.before),
    after: (row) => term(row.after),
    actor: (row) => row.actor,
    note: (row) => row.note,
    soapId: (row) => row.soapId,
    reason: (row) => row.reason,
  };
}
