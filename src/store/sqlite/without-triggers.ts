/** Lets maintenance change lines of the ledger, which triggers forbid. */
import type { Database } from 'better-sqlite3';

/**
 * Runs `work` within a transaction that the caller has begun: no other connection ever sees the database
 * without its triggers.
 */
export function withoutTriggers<T>(database: Database, work: () => T): T {
  const triggers = database
    .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
    .all() as ReadonlyArray<{ readonly name: string; readonly sql: string }>;
  for (const { name } of triggers) database.exec(`DROP TRIGGER ${name}`);
  const result = work();
  for (const { sql } of triggers) database.exec(sql);
  return result;
}
