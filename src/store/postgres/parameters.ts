/** The parameters of a statement: written as SQLite's are, `?` in their order or `:name`, and numbered for PostgreSQL. */

/** A statement as PostgreSQL takes it. */
export interface Numbered {
  readonly text: string;
  /** The names in the order of their numbers; undefined: they come in order. */
  readonly names: readonly string[] | undefined;
}

/** A parameter; a cast, `::text`, is none. Texts in quotes hold neither. */
const PARAMETER = /\?|(?<![:\w]):([a-z]\w*)/gi;

/** @param sql has parameters of one of both kinds */
export function numberParameters(sql: string): Numbered {
  const names: string[] = [];
  let count = 0;
  const text = sql.replaceAll(PARAMETER, (_mark, name: string | undefined) => {
    if (name === undefined) return `$${(count += 1)}`;
    const known = names.indexOf(name);
    return `$${known === -1 ? names.push(name) : known + 1}`;
  });
  return { text, names: count === 0 && names.length > 0 ? names : undefined };
}

/** The values of a statement in the order of its parameters. @param given one object where they have names */
export function valuesOf({ names }: Numbered, given: readonly unknown[]): unknown[] {
  if (!names) return [...given];
  const [values] = given as readonly [Readonly<Record<string, unknown>>];
  return names.map((name) => values[name]);
}

/** A value as it is sent: in PostgreSQL's text form, or bytes. */
export type Parameter = string | Buffer | null;

/** @throws TypeError where it is none that a column here could have */
export function toParameter(value: unknown): Parameter {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return null;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Buffer.isBuffer(value)) return value;
  if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.length);
  if (Array.isArray(value)) return `{${value.map(toItem).join()}}`;
  throw new TypeError(`no parameter: ${typeof value}`);
}

function toItem(value: unknown): string {
  const item = toParameter(value);
  if (item === null) return 'NULL';
  if (typeof item !== 'string') throw new TypeError('no item of a parameter: bytes');
  return `"${item.replaceAll(/["\\]/g, '\\$&')}"`;
}
