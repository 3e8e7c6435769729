/** The tables that hold data of merchants, found by their references: a new one needs no naming. */
import type { Database } from 'better-sqlite3';

/** The rows of a table that are a merchant's. */
export interface Part {
  readonly table: string;
  /** The reference that leads to the merchant. undefined: it is the merchant's own row. */
  readonly by: Reference | undefined;
  /** With `?` for the merchant's id. */
  readonly condition: string;
  /** The length of the chain of references from it to the merchant; the deepest goes first. */
  readonly depth: number;
}

/** A column that refers to another table's row. */
export interface Reference {
  readonly column: string;
  readonly parent: string;
  /** The column that it has the value of. */
  readonly key: string;
}

/** Every table whose references lead to a merchant; a new one is found without being named here. */
export function listParts(database: Database): Part[] {
  const tables = database
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .pluck()
    .all() as string[];
  const parts = new Map<string, Part>([
    ['merchant', { table: 'merchant', by: undefined, condition: 'id = ?', depth: 0 }],
  ]);
  const partOf = (table: string): Part | undefined => {
    const known = parts.get(table);
    if (known) return known;
    const by = shortest(listReferences(database, table));
    const parent = by && partOf(by.parent);
    if (!parent) return undefined;
    const { column, key } = by;
    const condition =
      parent.depth === 0
        ? `${column} = ?`
        : `${column} IN (SELECT ${key} FROM ${parent.table} WHERE ${parent.condition})`;
    const part = { table, by, condition, depth: parent.depth + 1 };
    parts.set(table, part);
    return part;
  };
  tables.forEach(partOf);
  return [...parts.values()];
}

/** The reference that finds a merchant's rows soonest: by an index, and of those the merchant's own. */
function shortest(references: readonly (Reference & Found)[]): Reference | undefined {
  const indexed = references.filter(({ isIndexed, isRequired }) => isIndexed && isRequired);
  const known = indexed.length > 0 ? indexed : references;
  return known.find(({ parent }) => parent === 'merchant') ?? known[0];
}

interface Found {
  /** Whether an index, or the table's own order, begins with it. */
  readonly isIndexed: boolean;
  /** Whether every row has one. */
  readonly isRequired: boolean;
}

/** The tables that a table's rows refer to, without the table itself. */
function listReferences(database: Database, table: string): Array<Reference & Found> {
  const rows = database.pragma(`foreign_key_list(${table})`) as ReadonlyArray<{
    readonly table: string;
    readonly from: string;
    readonly to: string | null;
  }>;
  const columns = database.pragma(`table_info(${table})`) as ReadonlyArray<{
    readonly name: string;
    readonly notnull: number;
    readonly pk: number;
  }>;
  const first = firstColumns(database, table);
  return rows
    .filter(({ table: parent }) => parent !== table)
    .map(({ table: parent, from: column, to }) => {
      const described = columns.find(({ name }) => name === column);
      const isKey = described?.pk === 1;
      const isRequired = isKey || described?.notnull === 1;
      return { parent, column, key: to ?? 'id', isIndexed: isKey || first.has(column), isRequired };
    });
}

/** The columns that an index of all rows begins with. */
function firstColumns(database: Database, table: string): Set<string> {
  const indexes = database.pragma(`index_list(${table})`) as ReadonlyArray<{
    readonly name: string;
    readonly partial: number;
  }>;
  const whole = indexes.filter(({ partial }) => partial === 0);
  const first = whole.map(({ name }) => {
    const [column] = database.pragma(`index_info(${name})`) as ReadonlyArray<{
      readonly name: string;
    }>;
    return column?.name ?? '';
  });
  return new Set(first);
}
