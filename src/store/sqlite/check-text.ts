/** Checks that all stored text can be given out by replies. Decided: docs/decisions/text.md */
import type { Database } from 'better-sqlite3';
import { rowName, type TextTable, unfitRows } from './stored-text';

/** The findings of a table, in a sentence each. */
export function* textFindings(database: Database, table: TextTable): Iterable<string> {
  for (const row of unfitRows(database, table)) {
    for (const { column, problem } of row.texts) {
      yield `${rowName(table, row)}: ${column.name}: ${problem}; latchkey repair mends it`;
    }
  }
}
