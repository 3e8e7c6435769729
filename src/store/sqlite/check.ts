/** Checks a database: SQLite's own structures, and ledger, orders and AutoBills against the entitlements. */
import SqliteDatabase, { type Database } from 'better-sqlite3';
import type { Checked, Finding } from '../database';
import { autoBillFindings } from './check-auto-bills';
import { orderFindings } from './check-orders';
import { MIGRATIONS, SchemaError } from './migrations';

const KEY = ['account_id', 'source', 'merchant_entitlement_id', 'source_id'] as const;
const KEY_LIST = KEY.join(', ');

/** Lines of the ledger that do not begin where the entitlement's line before them left it. */
const BROKEN_LINES = `
  SELECT kept.*, account.vid FROM (
    SELECT id, ${KEY_LIST}, merchant_id, before_start_at, before_end_at, before_description,
      lag(id) OVER line AS previous, lag(after_start_at) OVER line AS start_at,
      lag(after_end_at) OVER line AS end_at, lag(after_description) OVER line AS description
    FROM ledger WINDOW line AS (PARTITION BY ${KEY_LIST} ORDER BY id)) AS kept
  LEFT JOIN account ON account.id = kept.account_id
  WHERE before_start_at IS NOT start_at OR before_end_at IS NOT end_at
    OR before_description IS NOT description OR kept.merchant_id IS NOT account.merchant_id`;

/** Entitlements that are not what their lines of the ledger leave, and lines without entitlement. */
const STRAYED_ENTITLEMENTS = `
  WITH last AS (
    SELECT max(id) AS id, max(CASE WHEN changes_access = 1 THEN at END) AS changed_at
    FROM ledger GROUP BY ${KEY_LIST}),
  replayed AS (
    SELECT ledger.id, ${KEY_LIST}, merchant_id, after_start_at AS start_at,
      after_end_at AS end_at, after_description AS description, last.changed_at
    FROM last CROSS JOIN ledger ON ledger.id = last.id)
  SELECT ${KEY.map((column) => `coalesce(held.${column}, replayed.${column}) AS ${column}`).join(', ')},
    replayed.id AS previous, held.start_at IS NULL AS missing, account.vid
  FROM entitlement AS held FULL JOIN replayed
    ON ${KEY.map((column) => `held.${column} = replayed.${column}`).join(' AND ')}
  LEFT JOIN account ON account.id = coalesce(held.account_id, replayed.account_id)
  WHERE held.start_at IS NOT replayed.start_at OR held.end_at IS NOT replayed.end_at
    OR held.description IS NOT replayed.description OR held.changed_at IS NOT replayed.changed_at
    OR held.merchant_id IS NOT replayed.merchant_id`;

/** Names shared by several accounts instead of one: earlier versions allowed it. */
const SHARED_NAMES = `
  SELECT external_id AS externalId, group_concat(vid, ', ' ORDER BY id) AS VIDs FROM account
  WHERE external_id IS NOT NULL AND merged_into IS NULL
  GROUP BY merchant_id, external_id HAVING count(*) > 1 ORDER BY min(id)`;

interface Shared {
  readonly externalId: string;
  readonly VIDs: string;
}

interface Row {
  readonly id: number;
  readonly vid: string | null;
  readonly merchant_entitlement_id: string;
  readonly source: string;
  readonly source_id: string;
  readonly previous: number | null;
  readonly missing: number;
}

/**
 * Checks a database as it is at one moment; others may write to it meanwhile.
 * @param path an existing database
 * @param onFinding called with each fault, as it is found
 * @returns how much was looked at
 * @throws Error when the file is no database of this program's schema
 */
export function checkDatabase(path: string, onFinding: (finding: Finding) => void): Checked {
  const database = new SqliteDatabase(path, { readonly: true, fileMustExist: true });
  try {
    requireSchema(database);
    database.exec('BEGIN');
    for (const finding of findings(database)) onFinding(finding);
    const count = (table: string) =>
      database.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number;
    return { entitlements: count('entitlement'), ledgerLines: count('ledger') };
  } finally {
    database.close();
  }
}

function requireSchema(database: Database): void {
  const seen = database.pragma('user_version', { simple: true }) as number;
  if (seen === MIGRATIONS.length) return;
  throw new SchemaError(
    `the database has schema ${seen}, this program checks ${MIGRATIONS.length}: ` +
      (seen > MIGRATIONS.length ? 'use a newer one' : 'start its server once, which updates it'),
  );
}

function* findings(database: Database): Iterable<Finding> {
  const integrity = database.pragma('integrity_check') as { integrity_check: string }[];
  for (const { integrity_check: text } of integrity) {
    if (text !== 'ok') yield { kind: 'integrity', text };
  }
  const references = database.pragma('foreign_key_check') as {
    table: string;
    rowid: number | null;
    parent: string;
  }[];
  for (const { table, rowid, parent } of references) {
    const where = rowid === null ? 'a row' : `row ${rowid}`;
    const text = `${where} of ${table} names one of ${parent} that is not there`;
    yield { kind: 'reference', text };
  }
  for (const row of iterate(database, BROKEN_LINES)) {
    const prior =
      row.previous === null ? 'is the first, or of another merchant' : `follows ${row.previous}`;
    const text = `line ${row.id} (${nameOf(row)}) ${prior}, but does not begin where that left it`;
    yield { kind: 'ledger', text };
  }
  for (const row of iterate(database, STRAYED_ENTITLEMENTS)) {
    yield { kind: 'entitlement', text: `${nameOf(row)} ${strayed(row)}` };
  }
  for (const { externalId, VIDs } of database.prepare(SHARED_NAMES).iterate() as Iterable<Shared>) {
    yield { kind: 'account', text: `accounts ${VIDs} share the externalId ${externalId}` };
  }
  for (const text of orderFindings(database)) yield { kind: 'order', text };
  for (const text of autoBillFindings(database)) yield { kind: 'AutoBill', text };
}

function strayed({ previous, missing }: Row): string {
  if (previous === null) return 'has no line in the ledger';
  return missing === 1
    ? `is not there, but line ${previous} of the ledger leaves it`
    : `is not what line ${previous} of the ledger leaves`;
}

function iterate(database: Database, sql: string): Iterable<Row> {
  return database.prepare(sql).iterate() as Iterable<Row>;
}

function nameOf({ vid, merchant_entitlement_id, source, source_id }: Row): string {
  const from = source_id ? `${source} ${source_id}` : source;
  return `account ${vid ?? '?'}: ${merchant_entitlement_id} by ${from}`;
}
