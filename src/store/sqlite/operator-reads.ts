/** Merchants, and the listings that an operator asks for on the command line. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import type { ListedAccount, ListOptions } from '../accounts';
import type { LedgerOptions, LedgerRow } from '../ledger';
import type { Merchant } from '../merchants';
import { guarded } from './guarded';
import { ACCOUNT_BOOLEANS, ACCOUNT_ROW } from './account-row';
import { LEDGER_SELECT, ofCall, toLedgerRow } from './ledger-row';
import { preparing } from './query';
import { selectList, toFields } from './rows';
import type { Snapshot } from './snapshot';

const MERCHANT_COLUMNS = selectList(['id', 'login', 'passwordHash', 'createdAt']);

/** The accounts that a VID or merchantAccountId means, with all that were merged or transferred into them. */
const ACCOUNTS_NAMED = `
  WITH named (id) AS (
    SELECT coalesce(merged_into, transferred_to, id) FROM account WHERE vid = :account
    UNION SELECT coalesce(merged_into, transferred_to, account.id) FROM merchant
      CROSS JOIN account ON merchant_id = merchant.id AND merchant_account_id = :account)
  SELECT id FROM named
  UNION SELECT account.id FROM named CROSS JOIN account ON merged_into = named.id
  UNION SELECT account.id FROM named CROSS JOIN account ON transferred_to = named.id`;

/** Prepares the look-ups of merchants. */
export function prepareMerchantReads(database: Database, snapshot?: Snapshot) {
  const prepare = preparing(database, snapshot);
  const select = (rest: string) =>
    prepare<Merchant>(`SELECT ${MERCHANT_COLUMNS} FROM merchant ${rest}`);
  return { byLogin: select('WHERE login = ?'), all: select('ORDER BY login') };
}

/** Rows that a listing reads at once. Between two pages it holds no transaction. */
const PAGE = 500;

/** Accounts in the order in which they were made. */
export async function* listAccounts(
  database: Database,
  options: ListOptions,
): AsyncGenerator<ListedAccount> {
  const { condition, values } = narrow(database, options, 'account', 'id');
  // One order in two ways: the index of a merchant's accounts has the one, the table the other.
  const ofMerchant = options.merchant !== undefined && options.account === undefined;
  const order = ofMerchant ? 'account.created_at, account.position' : 'account.id';
  const statement = database.prepare(
    `SELECT ${selectList(ACCOUNT_ROW, 'account.')}, merchant.login AS merchant FROM account
     CROSS JOIN merchant ON merchant.id = account.merchant_id
     WHERE ${condition} AND ${ofMerchant ? `(${order}) > (?, ?)` : `${order} > ?`}
     ORDER BY ${order} LIMIT ${PAGE}`,
  );
  yield* readPages<ListedAccount>((last) => {
    const { createdAt = Number.MIN_SAFE_INTEGER, id = 0 } = last ?? {};
    const place = ofMerchant ? [createdAt, id] : [id];
    const rows = guarded(() => statement.all(...values, ...place));
    return rows.map((row) => toFields<ListedAccount>(row, ACCOUNT_BOOLEANS));
  });
}

/** The ledger as it is when the listing begins, oldest line first. */
export async function* listLedger(
  database: Database,
  options: LedgerOptions,
): AsyncGenerator<LedgerRow> {
  const narrowed = narrow(database, options, 'ledger', 'account_id');
  const { condition, values } = narrowLines(narrowed, options);
  const order = orderOf(options);
  const statement = database.prepare(
    `${LEDGER_SELECT}
     WHERE ${condition} AND ${order} > ? AND ${order} <= ? ORDER BY ${order} LIMIT ${PAGE}`,
  );
  const end = lastLedgerLine(database);
  yield* readPages<LedgerRow>((last) => {
    const rows = guarded(() => statement.all(...values, last?.id ?? 0, end));
    return rows.map(toLedgerRow);
  });
}

/** The number of a line, in the way in which its index has it. */
function orderOf({ account, order, soapId }: LedgerOptions): string {
  // An order's lines are few, and sorted; otherwise they are read in their order.
  if (order !== undefined) return '+ledger.id';
  return account === undefined && soapId !== undefined ? 'ledger.position' : 'ledger.id';
}

/** @param read reads the page after a row; undefined: the first */
async function* readPages<Row>(read: (last: Row | undefined) => Row[]): AsyncGenerator<Row> {
  let last: Row | undefined;
  for (;;) {
    // Look-ups of a turn share a transaction. A reader of the rows may stop for as long as it likes,
    // and while a transaction is open the write-ahead log grows.
    await nextTurn();
    const rows = read(last);
    yield* rows;
    last = rows.at(-1);
    if (rows.length < PAGE) return;
  }
}

/** The number of the ledger's last line; 0: it has none. */
export function lastLedgerLine(database: Database): number {
  const last = guarded(() => database.prepare('SELECT max(id) FROM ledger').pluck().get());
  return (last as number | null) ?? 0;
}

const MERCHANT_OF_CALL = `SELECT merchant.id FROM merchant
  CROSS JOIN ledger ON ledger.merchant_id = merchant.id AND ${ofCall('?')} LIMIT 1`;

interface Condition {
  readonly condition: string;
  readonly values: unknown[];
}

/** Adds terms that only narrow lines; their plus signs keep them from taking the index. */
function narrowLines(
  { condition, values }: Condition,
  { merchant, account, order, soapId, from, until }: LedgerOptions,
): Condition {
  const conditions = [condition];
  const all = [...values];
  const add = (text: string, value: unknown) => {
    if (value === undefined) return;
    conditions.push(text);
    // A term may hold the value several times.
    all.push(...(text.match(/\?/g) ?? []).map(() => value));
  };
  if (order !== undefined && merchant === undefined && account === undefined) {
    conditions.push('ledger.merchant_id IN (SELECT id FROM merchant)');
  }
  add("ledger.source = 'Order' AND ledger.source_id = ?", order);
  if (account !== undefined || order !== undefined) add('+ledger.soap_id = ?', soapId);
  else {
    // A call is of one merchant; once that is known, its lines come in their order.
    if (merchant === undefined) add(`ledger.merchant_id = (${MERCHANT_OF_CALL})`, soapId);
    add(ofCall('?'), soapId);
  }
  add('+ledger.at >= ?', from);
  add('+ledger.at < ?', until);
  return { condition: conditions.join(' AND '), values: all };
}

/** The condition of a listing: one for each way of narrowing it, so that each has its index. */
function narrow(
  database: Database,
  { merchant, account }: ListOptions,
  table: string,
  accountColumn: string,
): Condition {
  const conditions: string[] = [];
  const values: unknown[] = [];
  if (account !== undefined) {
    const ids = database.prepare(ACCOUNTS_NAMED).pluck().all({ account });
    // The rows of one are read in their order; those of several are sorted.
    const marks = ids.length === 1 ? '= ?' : `IN (${ids.map(() => '?').join(', ') || 'NULL'})`;
    conditions.push(`${table}.${accountColumn} ${marks}`);
    values.push(...ids);
  }
  if (merchant !== undefined) {
    // With an account, that is the narrower of the two.
    const column = account === undefined ? `${table}.merchant_id` : `+${table}.merchant_id`;
    conditions.push(`${column} = (SELECT id FROM merchant WHERE login = ?)`);
    values.push(merchant);
  }
  return { condition: conditions.join(' AND ') || 'true', values };
}
