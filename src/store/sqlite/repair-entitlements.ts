/**
 * Makes the text of an account's entitlements and of their lines in the ledger representable, and writes
 * a line for each entitlement concerned. Decided: docs/decisions/text.md
 */
import { isUtf8 } from 'node:buffer';
import type { Database } from 'better-sqlite3';
import { findUnfit } from '../../base/text';
import { OPERATOR } from '../../base/work';
import type { RepairedText } from '../database';
import { NUMBER_LINE } from './events';
import { mendName } from './mend-text';
import { repairRow } from './repair-row';
import { type TextTable, textOf, type UnfitRow, unfitRows } from './stored-text';
import { withoutTriggers } from './without-triggers';

/** The most problems that a line of the ledger lists. */
const MAX_PROBLEMS = 5;

const KEY = 'merchant_entitlement_id = ? AND source = ? AND source_id = ?';

/** An entitlement of an account: merchantEntitlementId, source, sourceId. */
type Key = readonly [string, string, string];

/** The line says nothing of access: the state before it is the state after it. */
const LINE = `
  INSERT INTO ledger (at, merchant_id, account_id, merchant_entitlement_id, source, source_id, action,
    actor, note, changes_access, previous_at, before_start_at, before_end_at, before_description,
    after_start_at, after_end_at, after_description)
  SELECT max(?, coalesce((SELECT max(at) FROM ledger WHERE merchant_id = entitlement.merchant_id), 0)),
    merchant_id, account_id, merchant_entitlement_id, source, source_id, 'repair',
    ?, ?, 0, changed_at, start_at, end_at, description, start_at, end_at, description
  FROM entitlement WHERE account_id = ? AND ${KEY}`;

/** The accounts that have such text in one of those tables. */
export function accountsToRepair(
  database: Database,
  tables: readonly TextTable[],
): ReadonlySet<number> {
  const accounts = new Set<number>();
  const ofLine = database.prepare('SELECT account_id FROM ledger WHERE id = ?').pluck();
  for (const table of tables) {
    for (const { key } of unfitRows(database, table)) {
      const [first] = key;
      accounts.add(Number(table.name === 'ledger' ? ofLine.get(first) : first));
    }
  }
  return accounts;
}

/**
 * Repairs one account within a transaction.
 * @param now when that is, in UTC milliseconds
 */
export function repairAccount(
  database: Database,
  tables: readonly TextTable[],
  accountId: number,
  now: number,
): { texts: RepairedText[]; ledgerLines: number } {
  return withoutTriggers(database, () => {
    const texts: RepairedText[] = [];
    const problems = new Map<string, string[]>();
    for (const table of tables) {
      const rows = [...unfitRows(database, table, accountId)];
      if (table.name === 'entitlement') joinMisread(database, accountId, rows);
      for (const row of rows) {
        texts.push(...repairRow(database, table, row));
        const key = JSON.stringify(keyOf(database, table, row));
        const found = row.texts.map(({ column, problem }) => `${column.name}: ${problem}`);
        problems.set(key, [...new Set([...(problems.get(key) ?? []), ...found])]);
      }
    }
    const line = database.prepare(LINE);
    const number = database.prepare(NUMBER_LINE);
    const merchant = database.prepare('SELECT merchant_id FROM account WHERE id = ?').pluck();
    const merchantId = merchant.get(accountId);
    let ledgerLines = 0;
    for (const [key, found] of problems) {
      const note = `Text made representable: ${found.slice(0, MAX_PROBLEMS).join('; ')}`;
      const values = [now, OPERATOR, note, accountId, ...(JSON.parse(key) as Key)];
      const { changes, lastInsertRowid } = line.run(...values);
      if (changes > 0) number.run(merchantId, merchantId, lastInsertRowid);
      ledgerLines += changes;
    }
    return { texts, ledgerLines };
  });
}

/** The present key of the entitlement that a row is about. */
function keyOf(database: Database, table: TextTable, { key }: UnfitRow): Key {
  if (table.name === 'ledger') {
    const columns = 'merchant_entitlement_id, source, source_id';
    return database.prepare(`SELECT ${columns} FROM ledger WHERE id = ?`).raw().get(key[0]) as Key;
  }
  return mendedKey(key);
}

/** @param key account, merchantEntitlementId, source, sourceId */
function mendedKey(key: UnfitRow['key']): Key {
  const [, ...parts] = key as readonly [number, Buffer, Buffer, Buffer];
  return parts.map((bytes) => {
    const text = textOf(bytes);
    return isUtf8(bytes) && findUnfit(text) === undefined ? text : mendName(text);
  }) as unknown as Key;
}

/**
 * Half a surrogate pair that was kept as bytes was read back as U+FFFD, so that what was done to the
 * entitlement afterwards was written down under that name: its lines begin where the others end. They are
 * given its own name again, and their state is the latest.
 */
function joinMisread(database: Database, accountId: number, rows: readonly UnfitRow[]): void {
  const misread = rows.map(({ key }) => readBack(key));
  const times = new Map<string, number>();
  const names = misread.map((key) => JSON.stringify(key));
  for (const name of names) times.set(name, (times.get(name) ?? 0) + 1);
  const first = database
    .prepare(
      `SELECT before_start_at FROM ledger WHERE account_id = ? AND ${KEY} ORDER BY id LIMIT 1`,
    )
    .pluck();
  rows.forEach(({ key }, index) => {
    const other = misread[index];
    const present = mendedKey(key);
    // Of two that were read back alike, nobody knows which of them was meant.
    const alike = (times.get(names[index] ?? '') ?? 0) > 1;
    const halves = key.slice(1).some((bytes) => !isUtf8(bytes as Buffer));
    if (!other || !halves || alike || (first.get(accountId, ...other) ?? null) === null) return;
    const set = 'SET merchant_entitlement_id = ?, source = ?, source_id = ?';
    const where = `WHERE account_id = ? AND ${KEY}`;
    database.prepare(`UPDATE ledger ${set} ${where}`).run(...present, accountId, ...other);
    const { changes } = database
      .prepare(`UPDATE entitlement ${set} ${where}`)
      .run(...present, accountId, ...other);
    if (changes === 0) return;
    database
      .prepare(
        `DELETE FROM entitlement WHERE account_id = ?
           AND merchant_entitlement_id = CAST(? AS TEXT) AND source = CAST(? AS TEXT)
           AND source_id = CAST(? AS TEXT)`,
      )
      .run(...key);
  });
}

/** A key as the database driver gives it. */
function readBack(key: UnfitRow['key']): Key {
  return key.slice(1).map((bytes) => bytes.toString()) as unknown as Key;
}
