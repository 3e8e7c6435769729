/** `latchkey audit`: hands the ledger to whoever audits it. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { EntitlementState } from '../entitlements/entitlement';
import { momentInput } from '../rest/fields';
import type { LedgerOptions, LedgerRow, Store } from '../store/store';
import { addSetting, withStore } from './options';
import { ProgressBar } from './progress';

interface Options {
  readonly format: 'csv' | 'json';
  readonly merchant?: string;
  readonly account?: string;
  readonly order?: string;
  readonly from?: number;
  readonly to?: number;
}

export function auditCommand(): Command {
  return new Command('audit').description('Hand out the ledger.').addCommand(exportCommand());
}

function exportCommand(): Command {
  const command = new Command('export')
    .description(
      'Write every line of the ledger to standard output, oldest first, with moments in UTC. In CSV ' +
        "a text that a spreadsheet would take for a formula has ' before it.",
    )
    .addOption(new Option('--format <format>').choices(['csv', 'json']).default('csv'))
    .option('--merchant <login>', 'only this merchant')
    .option('--account <id>', 'only this VID or merchantAccountId')
    .option('--order <id>', 'only what was done to this order')
    .option('--from <moment>', 'only from this moment on: ISO 8601 with an offset', readMoment)
    .option('--to <moment>', 'only until just before this moment', readMoment);
  return addSetting(command, 'database').action(({ format, to, ...options }: Options) =>
    withStore(command, async (store) => {
      const pieces = WRITERS[format](watched(store, { ...options, until: to }));
      await pipeline(Readable.from(pieces), process.stdout, { end: false }).catch(ignoreClosed);
    }),
  );
}

/** An ISO 8601 moment with an offset, as UTC milliseconds. */
function readMoment(text: string): number {
  const { success, data } = momentInput.safeParse(text);
  if (!success) throw new InvalidArgumentError('It is not like 2026-01-31T23:00:00Z.');
  return data;
}

/** Whoever reads has seen enough: `head`, say. */
function ignoreClosed(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}

/** As many lines as are written between two looks at the progress. */
const STEP = 1000;

/** The lines; tells on a terminal how far it is, unless they themselves go there. */
async function* watched(store: Store, options: LedgerOptions): AsyncGenerator<LedgerRow> {
  const bar = process.stdout.isTTY ? undefined : ProgressBar.onTerminal('audit');
  const last = bar ? await store.lastLedgerLine() : 0;
  let count = 0;
  for (const row of store.listLedger(options)) {
    // Lines may come while these are read; the last of all is told below.
    if (count % STEP === 0) bar?.show(`${count} lines`, Math.min(row.id, last - 1), last);
    count++;
    yield row;
  }
  bar?.show(`${count} lines`, 1, 1);
}

const WRITERS: Record<
  Options['format'],
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

/** RFC 4180, with a head line. */
async function* toCsv(rows: AsyncIterable<LedgerRow>): AsyncGenerator<string> {
  yield csvLine(COLUMNS);
  for await (const row of rows) {
    const { at, before, after, ...fields } = row;
    const cells: Record<string, unknown> = {
      ...fields,
      at: format(at),
      ...stateCells('before', before),
      ...stateCells('after', after),
    };
    yield csvLine(COLUMNS.map((name) => cells[name]));
  }
}

function stateCells(name: string, state: EntitlementState | undefined): Record<string, unknown> {
  return {
    [`${name}Start`]: format(state?.start),
    [`${name}End`]: format(state?.end),
    [`${name}Description`]: state?.description,
  };
}

function csvLine(cells: readonly unknown[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(value: unknown): string {
  if (value === undefined) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  // What begins so, spreadsheets run as a formula.
  const safe = /^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
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
    one && { ...one, start: format(one.start), end: format(one.end) };
  return { ...row, at: format(at), before: state(before), after: state(after) };
}

function format(moment: number | undefined): string | undefined {
  return moment === undefined ? undefined : new Date(moment).toISOString();
}
