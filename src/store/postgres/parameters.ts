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
