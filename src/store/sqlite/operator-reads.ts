/** Merchants, and the listings that an operator asks for on the command line. */
import type { Database } from 'better-sqlite3';
import type { EntitlementState } from '../../entitlements/entitlement';
import type { LedgerRow, ListedAccount, ListOptions, Merchant } from '../store';
import { guarded } from './guarded';
import { ACCOUNT_BOOLEANS, ACCOUNT_ROW } from './reader';
import { selectList, toFields } from './rows';

const MERCHANT_COLUMNS = selectList(['id', 'login', 'passwordHash', 'createdAt']);

const LEDGER_COLUMNS = `merchant.login AS merchant,
  ${selectList(['VID', 'merchantAccountId'], 'account.')},
  ${selectList(['id', 'at', 'action', 'merchantEntitlementId', 'source', 'sourceId'], 'ledger.')},
  ${selectList(['actor', 'note', 'reason', 'soapId'], 'ledger.')},
  ledger.before_start_at, ledger.before_end_at, ledger.before_description,
  ledger.after_start_at, ledger.after_end_at, ledger.after_description`;

/** Narrows a listing: no merchant, no account means all. */
const NARROWED = `(:merchant IS NULL OR merchant.login = :merchant)
  AND (:account IS NULL OR coalesce(account.merged_into, account.id) IN (
    SELECT coalesce(merged_into, id) FROM account WHERE vid = :account
    UNION SELECT coalesce(merged_into, id) FROM account
      WHERE merchant_account_id = :account AND merchant_id IN (SELECT id FROM merchant)))`;

/** Prepares the look-ups of merchants. */
export function prepareMerchantReads(database: Database) {
  const byLogin = database.prepare(`SELECT ${MERCHANT_COLUMNS} FROM merchant WHERE login = ?`);
  const all = database.prepare(`SELECT ${MERCHANT_COLUMNS} FROM merchant ORDER BY login`);
  return {
    find: (login: string) => guarded(() => byLogin.get(login)) as Merchant | undefined,
    list: () => guarded(() => all.all()) as Merchant[],
  };
}

/** Accounts in the order in which they were made. */
export function* listAccounts(database: Database, options: ListOptions): Iterable<ListedAccount> {
  const statement = database.prepare(
    `SELECT ${selectList(ACCOUNT_ROW, 'account.')}, merchant.login AS merchant FROM account
     JOIN merchant ON merchant.id = account.merchant_id
     WHERE ${NARROWED} ORDER BY account.id`,
  );
  for (const row of statement.iterate(parameters(options))) {
    yield toFields<ListedAccount>(row, ACCOUNT_BOOLEANS);
  }
}

/** The ledger, oldest line first. */
export function* listLedger(database: Database, options: ListOptions): Iterable<LedgerRow> {
  const statement = database.prepare(
    `SELECT ${LEDGER_COLUMNS} FROM ledger
     JOIN merchant ON merchant.id = ledger.merchant_id
     JOIN account ON account.id = ledger.account_id
     WHERE ${NARROWED} ORDER BY ledger.id`,
  );
  for (const row of statement.iterate(parameters(options))) yield toLedgerRow(row);
}

function parameters({ merchant, account }: ListOptions) {
  return { merchant: merchant ?? null, account: account ?? null };
}

function toLedgerRow(row: unknown): LedgerRow {
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
