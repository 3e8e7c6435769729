/** Merchants, and the listings that an operator asks for on the command line. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import type { ListedAccount, ListOptions } from '../accounts';
import type { Merchant } from '../merchants';
import { guarded } from './guarded';
import { ACCOUNT_BOOLEANS, ACCOUNT_ROW } from '../rows/account-row';
import { selectList } from '../rows/columns';
import { toFields } from '../rows/to-fields';
import { preparing } from './query';
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
  const { condition, values } = narrow(database, options);
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

interface Condition {
  readonly condition: string;
  readonly values: unknown[];
}

/** The rows of the accounts that a VID or merchantAccountId means, with those that came into them. */
export function accountsNamed(database: Database, account: string): number[] {
  return database.prepare<[object], number>(ACCOUNTS_NAMED).pluck().all({ account });
}

/** The condition of a listing: one for each way of narrowing it, so that each has its index. */
function narrow(database: Database, { merchant, account }: ListOptions): Condition {
  const conditions: string[] = [];
  const values: unknown[] = [];
  if (account !== undefined) {
    const ids = accountsNamed(database, account);
    // The rows of one are read in their order; those of several are sorted.
    const marks = ids.length === 1 ? '= ?' : `IN (${ids.map(() => '?').join(', ') || 'NULL'})`;
    conditions.push(`account.id ${marks}`);
    values.push(...ids);
  }
  if (merchant !== undefined) {
    // With an account, that is the narrower of the two.
    const column = account === undefined ? 'account.merchant_id' : '+account.merchant_id';
    conditions.push(`${column} = (SELECT id FROM merchant WHERE login = ?)`);
    values.push(merchant);
  }
  return { condition: conditions.join(' AND ') || 'true', values };
}
