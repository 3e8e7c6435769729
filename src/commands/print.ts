/** Prints results, for a person or, with `--json`, for a program. */
import { createDateTimeFormat } from '../soap/date-time';

/** Turns a moment (UTC milliseconds, or undefined) into a dateTime of the configured zone. */
export type FormatMoment = (moment: number | undefined) => string | undefined;

export function momentFormat(timeZone: string): FormatMoment {
  const { format } = createDateTimeFormat(timeZone);
  return (moment) => (moment === undefined ? undefined : format(moment));
}

/** One JSON document on a line of its own. */
export function printJson(value: unknown): void {
  console.log(JSON.stringify(value));
}

/** Rows of `label  value`; what is undefined is left out. */
export function printFields(fields: Readonly<Record<string, unknown>>, indent = ''): void {
  const shown = Object.entries(fields).filter(([, value]) => value !== undefined);
  const width = Math.max(...shown.map(([name]) => name.length));
  for (const [name, value] of shown) console.log(`${indent}${name.padEnd(width)}  ${text(value)}`);
}

/** Columns separated by tabs, so that cut and awk can take them apart. */
export function printRow(...columns: unknown[]): void {
  console.log(columns.map(text).join('\t'));
}

/** A value on one line. */
function text(value: unknown): string {
  if (value === undefined) return '-';
  const shown = typeof value === 'string' ? value : JSON.stringify(value);
  return shown.replace(/\p{Cc}/gu, ' ');
}
