/** The ledger for the operator, oldest line first: lines of many merchants or accounts as one list. */
import type { Database, Statement } from 'better-sqlite3';
import type { LedgerOptions, LedgerRow } from '../ledger';
import { mergeLines } from '../listing/merged-lines';
import { toLedgerRow } from '../rows/ledger-row';
import { guarded } from './guarded';
import { LEDGER_SELECT, ofCall } from './ledger-select';
import { accountsNamed } from './operator-reads';

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
  yield* mergeLines(keys, options.from ?? 0, (key, place, limit) =>
    guarded(() => statement.all({ ...values, ...place, key, end, limit })).map(toLedgerRow),
  );
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
