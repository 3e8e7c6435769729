/** Prints results, for a person or, with `--json`, for a program. */
import { stdout } from './output';

/** One JSON document on a line of its own. */
export function printJson(value: unknown): Promise<void> {
  return stdout.line(JSON.stringify(value));
}

/** A sentence. */
export function printLine(text: string): Promise<void> {
  return stdout.line(text);
}

/** Several lines; a control character within one is shown as a space. */
export async function printText(text: string): Promise<void> {
  for (const line of text.split('\n')) await stdout.line(oneLine(line));
}

/** Rows of `label  value`; undefined values are left out. */
export async function printFields(
  fields: Readonly<Record<string, unknown>>,
  indent = '',
): Promise<void> {
  const shown = Object.entries(fields).filter(([, value]) => value !== undefined);
  const width = Math.max(...shown.map(([name]) => name.length));
  for (const [name, value] of shown) {
    await stdout.line(`${indent}${name.padEnd(width)}  ${oneLine(value)}`);
  }
}

/** A value on one line; `-` where there is none. */
export function oneLine(value: unknown): string {
  if (value === undefined) return '-';
  const shown = typeof value === 'string' ? value : JSON.stringify(value);
  return shown.replace(/\p{Cc}/gu, ' ');
}
