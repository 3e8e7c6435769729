/** The ledger for the operator, oldest line first: lines of many merchants or accounts as one list. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database, Statement } from 'better-sqlite3';
import type { LedgerOptions, LedgerRow } from '../ledger';
import { guarded } from './guarded';
import { LEDGER_SELECT, ofCall, toLedgerRow } from './ledger-row';
import { accountsNamed } from './operator-reads';

/** Lines that are read in one turn of the event loop. */
const PAGE = 500;

/** Lines that are held at once of all parts together, where there are not more parts than that. */
const HELD = 2000;

/** The number of the ledger's last line; 0: it has none. */
export function lastLedgerLine(database: Database): number {
  const last = guarded(() => database.prepare('SELECT max(id) FROM ledger').pluck().get());
  return (last as number | null) ?? 0;
}

/**
 * The ledger as it is when the listing begins, by (at, id). No transaction is held between two pages: a
 * reader of the lines may stop for as long as it likes, and meanwhile the write-ahead log would grow.
 */
export async function* listLedger(
  database: Database,
  options: LedgerOptions,
): AsyncGenerator<LedgerRow> {
  const { keys, statement, values } = prepareParts(database, options);
  const end = lastLedgerLine(database);
  const limit = Math.max(1, Math.min(PAGE, Math.floor(HELD / keys.length)));
  let read = 0;
  const next = async (key: number, last: LedgerRow | undefined): Promise<LedgerRow[]> => {
    if (read === 0) await nextTurn();
    const start = last ? { at: last.at, after: last.id } : { at: options.from ?? 0, after: 0 };
    const rows = guarded(() => statement.all({ ...values, ...start, key, end, limit }));
    read = read + limit + 1 > PAGE ? 0 : read + limit + 1;
    return rows.map(toLedgerRow);
  };
  const parts: Part[] = [];
  for (const key of keys) insert(parts, { key, rows: (await next(key, undefined)).reverse() });
  for (let part = parts.pop(); part; part = parts.pop()) {
    const row = part.rows.pop() as LedgerRow;
    yield row;
    if (part.rows.length === 0) part.rows = (await next(part.key, row)).reverse();
    insert(parts, part);
  }
}

/** The lines of one merchant or account. */
interface Part {
  readonly key: number;
  /** Those that were read and not listed yet, the next one last. */
  rows: LedgerRow[];
}

/** Puts a part in its place: those whose next line comes first are last. One without lines is left out. */
function insert(parts: Part[], part: Part): void {
  const row = part.rows.at(-1);
  if (!row) return;
  let low = 0;
  for (let high = parts.length; low < high;) {
    const middle = (low + high) >> 1;
    const other = parts[middle]?.rows.at(-1) as LedgerRow;
    if (other.at > row.at || (other.at === row.at && other.id > row.id)) low = middle + 1;
    else high = middle;
  }
  parts.splice(low, 0, part);
}

interface Parts {
  readonly keys: readonly number[];
  readonly statement: Statement;
  readonly values: Readonly<Record<string, unknown>>;
}

/** The parts that the lines are of, each with an index in their order, and the statement of a page of one. */
function prepareParts(
  database: Database,
  { merchant, account, order, soapId, until, asOf }: LedgerOptions,
): Parts {
  const merchants = database
    .prepare<[object], number>(
      'SELECT id FROM merchant WHERE :merchant IS NULL OR login = :merchant ORDER BY id',
    )
    .pluck()
    .all({ merchant: merchant ?? null });
  // A call's lines are few: found by their own index, and sorted.
  const ofOneCall = soapId !== undefined && account === undefined && order === undefined;
  const at = ofOneCall ? '+ledger.at' : 'ledger.at';
  const conditions = [`(${at}, ledger.position) > (:at, :after)`, '+ledger.id <= :end'];
  if (account !== undefined) conditions.push('ledger.account_id = :key');
  else conditions.push('ledger.merchant_id = :key');
  if (account !== undefined && merchant !== undefined) {
    conditions.push('+ledger.merchant_id = (SELECT id FROM merchant WHERE login = :merchant)');
  }
  if (order !== undefined) conditions.push("ledger.source = 'Order' AND ledger.source_id = :order");
  if (soapId !== undefined) {
    conditions.push(ofOneCall ? ofCall(':soapId') : '+ledger.soap_id = :soapId');
  }
  if (until !== undefined) conditions.push('+ledger.at < :until');
  if (asOf) conditions.push('(+ledger.at <= :moment OR +ledger.id <= :line)');
  const statement = database.prepare(
    `${LEDGER_SELECT} WHERE ${conditions.join(' AND ')}
     ORDER BY ${at}, ledger.position LIMIT :limit`,
  );
  const keys = account === undefined ? merchants : accountsNamed(database, account);
  return { keys, statement, values: { merchant, order, soapId, until, ...asOf } };
}
