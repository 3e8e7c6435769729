/**
 * Makes stored text representable that older versions let in. Decided: docs/decisions/text.md
 */
import SqliteDatabase, { type Database } from 'better-sqlite3';
import { SYSTEM_TIME } from '../../base/time';
import type { Repaired, RepairedText } from '../database';
import { requireSchema } from './check';
import { requireOwnFile } from './own';
import { accountsToRepair, repairAccount } from './repair-entitlements';
import { repairRow } from './repair-row';
import { listTextTables, type UnfitRow, unfitRows } from './stored-text';

/** How long another process's unit of work is waited for, in milliseconds. */
const LOCK_TIMEOUT = 5000;

/** How many rows are changed in one transaction. */
const BATCH = 500;

/** Tables whose texts are changed account by account, for the ledger must replay at every moment. */
const BY_ACCOUNT: ReadonlySet<string> = new Set(['entitlement', 'ledger']);

/**
 * Repairs a database while others may write to it; what an interrupted repair leaves, the next one does.
 * @param path an existing database of the present schema
 * @param dryRun whether each transaction is taken back
 * @param onRepaired gets each text, after its transaction
 * @throws Error when the file is no database of this program's schema, or is locked for too long
 */
export function repairDatabase(
  path: string,
  dryRun: boolean,
  onRepaired: (repaired: RepairedText) => void,
): Repaired {
  requireOwnFile(path);
  const database = new SqliteDatabase(path, { fileMustExist: true, timeout: LOCK_TIMEOUT });
  let texts = 0;
  let ledgerLines = 0;
  const inTransaction = (work: () => RepairedText[]) => {
    const repaired = transact(database, dryRun, work);
    texts += repaired.length;
    repaired.forEach(onRepaired);
  };
  try {
    requireSchema(database);
    database.pragma('foreign_keys = ON');
    const tables = listTextTables(database);
    for (const table of tables.filter(({ name }) => !BY_ACCOUNT.has(name))) {
      for (const rows of batches(unfitRows(database, table))) {
        inTransaction(() => rows.flatMap((row) => repairRow(database, table, row)));
      }
    }
    const byAccount = tables.filter(({ name }) => BY_ACCOUNT.has(name));
    for (const accountId of accountsToRepair(database, byAccount)) {
      inTransaction(() => {
        const repaired = repairAccount(database, byAccount, accountId, SYSTEM_TIME.now());
        ledgerLines += repaired.ledgerLines;
        return repaired.texts;
      });
    }
    return { texts, ledgerLines };
  } finally {
    database.close();
  }
}

function transact<T>(database: Database, dryRun: boolean, work: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec(dryRun ? 'ROLLBACK' : 'COMMIT');
    return result;
  } finally {
    if (database.inTransaction) database.exec('ROLLBACK');
  }
}

function* batches(rows: Iterable<UnfitRow>): Generator<UnfitRow[]> {
  let batch: UnfitRow[] = [];
  for (const row of rows) {
    batch.push(row);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
