/** A database in SQLite from which another is copied, as it is when it is opened. */
import SqliteDatabase from 'better-sqlite3';
import {
  type Block,
  BLOCK,
  BLOCK_TEXT,
  type CopyRow,
  type CopySource,
  type CopyValue,
  weightOf,
} from '../copy-ends';
import { SchemaError } from '../schema-error';
import { requireSchema } from './check';
import { describeEnd, listColumns } from './copy-end';
import { isLocked } from './errors';
import { MIGRATIONS } from './migrations';
import { requireOwnFile } from './own';
import { requireKind } from './simulated';

const IN_USE = 'is open in another process: stop its server first, or copy a backup of it';

/** The merchant of a row that belongs to another. */
const merchantOf = (parent: string, column: string) => ({
  merchant_id: `(SELECT parent.merchant_id FROM ${parent} AS parent WHERE parent.id = ${column})`,
});

/** What other databases keep in columns of their own, and follows from other rows here. */
const DERIVED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  address: merchantOf('account', 'account_id'),
  name_value: merchantOf('account', 'account_id'),
  tax_exemption: merchantOf('account', 'account_id'),
  user_profile: merchantOf('account', 'account_id'),
  offer_entitlement: merchantOf('offer', 'offer'),
  order_line: merchantOf('customer_order', 'customer_order'),
  auto_bill_item: merchantOf('auto_bill', 'auto_bill_id'),
  work_range: merchantOf('work', 'work_id'),
  attempt: merchantOf('delivery', 'delivery'),
  event: { ledger_at: '(SELECT line.at FROM ledger AS line WHERE line.id = ledger_id)' },
};

/**
 * @param file is there
 * @throws SchemaError when it is not of the present schema, is a simulation's, or another process has it open
 */
export function openCopySource(file: string): CopySource {
  requireOwnFile(file);
  // Only a connection that may write can keep all others out.
  const database = new SqliteDatabase(file, { fileMustExist: true, timeout: 0 });
  try {
    database.pragma('locking_mode = EXCLUSIVE');
    database.exec('BEGIN');
    requireSchema(database);
    requireKind(database, 'off');
  } catch (error) {
    database.close();
    throw isLocked(error) ? new SchemaError(IN_USE, { cause: error }) : error;
  }
  return {
    ...describeEnd(database),
    schema: MIGRATIONS.length,
    columnsGiven: ({ name }) => [
      ...listColumns(database, name),
      ...Object.keys(DERIVED[name] ?? {}),
    ],
    moments: () => {
      const sql = 'SELECT min(at), max(at) FROM ledger';
      const [first, last] = database.prepare(sql).raw().get() as [number | null, number | null];
      return first === null || last === null ? undefined : [first, last];
    },
    blocks: (table, columns, after) => {
      const derived = DERIVED[table.name] ?? {};
      const order = table.order.join(', ');
      const place = after ? `WHERE (${order}) > (${table.order.map(() => '?').join(', ')})` : '';
      const given = columns.map((column) => derived[column] ?? `"${column}"`).join(', ');
      const sql = `SELECT ${given}, ${order} FROM ${table.name} ${place} ORDER BY ${order}`;
      const rows = database
        .prepare(sql)
        .raw()
        .iterate(...(after ?? []));
      return inBlocks(rows as Iterable<CopyValue[]>, columns.length);
    },
    close: () => void database.close(),
  };
}

/** @param width how many values of a row are its columns'; the others are its place in the order */
function* inBlocks(rows: Iterable<CopyValue[]>, width: number): Generator<Block, void> {
  let block: CopyRow[] = [];
  let weight = 0;
  let last: CopyValue[] = [];
  for (const row of rows) {
    last = row.splice(width);
    block.push(row);
    weight += weightOf(row);
    if (block.length < BLOCK && weight < BLOCK_TEXT) continue;
    yield { rows: block, last };
    block = [];
    weight = 0;
  }
  if (block.length > 0) yield { rows: block, last };
}
