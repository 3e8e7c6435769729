/** The action of `latchkey audit`. */
import type { Command } from 'commander';
import { toIso } from '../../base/iso';
import type { EntitlementState } from '../../entitlements/entitlement';
import type { LedgerOptions, LedgerRow, Store } from '../../store/store';
import type { LedgerFilterOptions } from '../options';
import { stdout } from '../output';
import { ProgressBar } from '../progress';
import { upToDateFilter } from './ledger-filter';
import { withStore } from './with-store';

/** The options of `audit export`. */
export interface AuditOptions extends LedgerFilterOptions {
  readonly format: 'csv' | 'json';
  readonly json?: boolean;
}

/** Writes the ledger to standard output while it is read. */
export function exportLedger(command: Command, options: AuditOptions): Promise<void> {
  return withStore(command, async (store, { timeZone }) => {
    const write = WRITERS[options.json ? 'json' : options.format];
    const rows = watched(store, await upToDateFilter(store, timeZone, options));
    for await (const piece of write(rows)) await stdout.text(piece);
  });
}

/** Lines that are written between two drawings of the progress. */
const STEP = 1000;

/** The lines; shows the progress on a terminal, unless the lines themselves go there. */
async function* watched(store: Store, options: LedgerOptions): AsyncGenerator<LedgerRow> {
  const bar = stdout.isTerminal ? undefined : ProgressBar.onTerminal('audit');
  const last = bar ? await store.lastLedgerLine() : 0;
  let count = 0;
  for await (const row of store.listLedger(options)) {
    // Lines may come while these are read; the end is shown below.
    if (count % STEP === 0) bar?.show(`${count} lines`, Math.min(row.id, last - 1), last);
    count++;
    yield row;
  }
  bar?.show(`${count} lines`, 1, 1);
}

const WRITERS: Record<
  AuditOptions['format'],
  (rows: AsyncIterable<LedgerRow>) => AsyncGenerator<string>
> = {
  csv: toCsv,
  json: toJson,
};

const COLUMNS = [
  ...['id', 'at', 'merchant', 'VID', 'merchantAccountId', 'action', 'merchantEntitlementId'],
  ...['source', 'sourceId', 'actor', 'reason', 'note', 'soapId'],
  ...['beforeStart', 'beforeEnd', 'beforeDescription'],
  ...['afterStart', 'afterEnd', 'afterDescription'],
];

/** RFC 4180, with a head line. What other programs take for a separator is in quotes, too. */
async function* toCsv(rows: AsyncIterable<LedgerRow>): AsyncGenerator<string> {
  yield csvLine(COLUMNS);
  for await (const row of rows) {
    const { at, before, after, ...fields } = row;
    const cells: Record<string, unknown> = {
      ...fields,
      at: toIso(at),
      ...stateCells('before', before),
      ...stateCells('after', after),
    };
    yield csvLine(COLUMNS.map((name) => cells[name]));
  }
}

function stateCells(name: string, state: EntitlementState | undefined): Record<string, unknown> {
  return {
    [`${name}Start`]: toIso(state?.start),
    [`${name}End`]: toIso(state?.end),
    [`${name}Description`]: state?.description,
  };
}

function csvLine(cells: readonly unknown[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(value: unknown): string {
  if (value === undefined) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  // Spreadsheets run a text that begins so as a formula.
  const safe = /^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text;
  return /[",;\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** One array, a line of the ledger on each of its lines. */
async function* toJson(rows: AsyncIterable<LedgerRow>): AsyncGenerator<string> {
  let before = '[\n';
  for await (const row of rows) {
    yield before + JSON.stringify(presented(row));
    before = ',\n';
  }
  yield before === '[\n' ? '[]\n' : '\n]\n';
}

function presented({ at, before, after, ...row }: LedgerRow): object {
  const state = (one: EntitlementState | undefined) =>
    one && { ...one, start: toIso(one.start), end: toIso(one.end) };
  return { ...row, at: toIso(at), before: state(before), after: state(after) };
}
