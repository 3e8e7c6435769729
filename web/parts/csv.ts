/** Rows as CSV. */
import type { Column } from './table';

/** Lines of CSV (RFC 4180), with a first one of titles. */
export function writeCsv<Row>(columns: ReadonlyArray<Column<Row>>, rows: readonly Row[]): string[] {
  const written = columns.flatMap(({ title, write }) => (write ? [{ title, write }] : []));
  const line = (cells: readonly unknown[]) => `${cells.map(writeCell).join(',')}\r\n`;
  return [
    line(written.map(({ title }) => title)),
    ...rows.map((row) => line(written.map(({ write }) => write(row)))),
  ];
}

/** A text that a spreadsheet would take for a formula gets an apostrophe. */
function writeCell(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const text = typeof value === 'string' ? value : '';
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
