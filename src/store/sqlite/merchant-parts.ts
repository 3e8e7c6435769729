/** The tables that hold data of merchants, found by their references: a new one needs no naming. */
import type { Database } from 'better-sqlite3';

/** The rows of a table that are a merchant's. */
export interface Part {
  readonly table: string;
  /** With `?` for the merchant's id. */
  readonly condition: string;
  /** The length of the chain of references from it to the merchant; the deepest goes first. */
  readonly depth: number;
}

/** Every table whose references lead to a merchant; a new one is found without being named here. */
export function listParts(database: Database): Part[] {
  const tables = database
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .pluck()
    .all() as string[];
  const parts = new Map<string, Part>([
    ['merchant', { table: 'merchant', condition: 'id = ?', depth: 0 }],
  ]);
  const partOf = (table: string): Part | undefined => {
    const known = parts.get(table);
    if (known) return known;
    const references = listReferences(database, table);
    // The shortest way: nearly every table names its merchant.
    const reference = references.find(({ parent }) => parent === 'merchant') ?? references[0];
    const parent = reference && partOf(reference.parent);
    if (!parent) return undefined;
    const { column, key } = reference;
    const condition =
      parent.depth === 0
        ? `${column} = ?`
        : `${column} IN (SELECT ${key} FROM ${parent.table} WHERE ${parent.condition})`;
    const part = { table, condition, depth: parent.depth + 1 };
    parts.set(table, part);
    return part;
  };
  tables.forEach(partOf);
  return [...parts.values()];
}

/** The tables that a table's rows refer to, without the table itself. */
export function listReferences(database: Database, table: string) {
  const rows = database.pragma(`foreign_key_list(${table})`) as ReadonlyArray<{
    readonly table: string;
    readonly from: string;
    readonly to: string | null;
  }>;
  return rows
    .filter(({ table: parent }) => parent !== table)
    .map(({ table: parent, from, to }) => ({ parent, column: from, key: to ?? 'id' }));
}
