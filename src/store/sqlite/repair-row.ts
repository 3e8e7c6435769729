/** Makes the text of one row representable. Decided: docs/decisions/text.md */
import type { Database } from 'better-sqlite3';
import type { RepairedText } from '../database';
import { mend } from './mend-text';
import { rowName, type TextTable, type UnfitRow } from './stored-text';

/** Changes the texts of a row, but for those that somebody else has changed meanwhile. */
export function repairRow(database: Database, table: TextTable, row: UnfitRow): RepairedText[] {
  const place = rowName(table, row);
  const condition = table.key
    .map(({ name, text }) => `${name} = ${text ? 'CAST(? AS TEXT)' : '?'}`)
    .join(' AND ');
  const { texts } = row;
  const present = texts.map((unfit) => ({ unfit, text: mend(unfit) }));
  const set = texts.map(({ column }) => `${column.name} = ?`).join(', ');
  const same = texts.map(({ column }) => `${column.name} = CAST(? AS TEXT)`).join(' AND ');
  const { changes } = database
    .prepare(`UPDATE ${table.name} SET ${set} WHERE ${condition} AND ${same}`)
    .run(...present.map(({ text }) => text), ...row.key, ...texts.map(({ bytes }) => bytes));
  if (changes === 0) return [];
  return present.map(({ unfit: { column, problem }, text }) => ({
    place: `${place}: ${column.name}`,
    problem,
    text,
  }));
}
