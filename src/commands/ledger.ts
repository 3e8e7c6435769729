/** `latchkey ledger`: who changed which entitlement, when and how. */
import { Command } from 'commander';
import type { EntitlementState } from '../entitlements/entitlement';
import type { LedgerRow } from '../store/store';
import { addStoreOptions, withStore } from './options';
import { type FormatMoment, momentFormat, printJson, printRow } from './print';

interface Options {
  readonly json?: boolean;
  readonly account?: string;
  readonly merchant?: string;
  readonly order?: string;
}

export function ledgerCommand(): Command {
  const command = new Command('ledger')
    .description(
      'Print the ledger, oldest line first: when, merchant, account, action, entitlement, ' +
        'source, before, after, actor, note, soapId, reason.',
    )
    .option('--account <id>', 'only this VID or merchantAccountId')
    .option('--order <id>', 'only what was done to this order')
    .option('--merchant <login>', 'only this merchant');
  return addStoreOptions(command).action(({ json, account, merchant, order }: Options) =>
    withStore(command, (store, { timeZone }) => {
      const format = momentFormat(timeZone);
      for (const row of store.listLedger({ account, merchant, order })) {
        if (json) printJson(toJson(row, format));
        else printLine(row, format);
      }
      return Promise.resolve();
    }),
  );
}

function toJson({ at, before, after, ...row }: LedgerRow, format: FormatMoment) {
  const toState = (state: EntitlementState | undefined) =>
    state && { ...state, start: format(state.start), end: format(state.end) };
  return { ...row, at: format(at), before: toState(before), after: toState(after) };
}

function printLine(row: LedgerRow, format: FormatMoment): void {
  const term = (state: EntitlementState | undefined) =>
    state && `${format(state.start) ?? ''} – ${format(state.end) ?? 'no end'}`;
  printRow(
    format(row.at),
    row.merchant,
    row.merchantAccountId ?? row.VID,
    row.action,
    row.merchantEntitlementId,
    row.sourceId ? `${row.source} ${row.sourceId}` : row.source,
    term(row.before),
    term(row.after),
    row.actor,
    row.note,
    row.soapId,
    row.reason,
  );
}
