/** Between the contract's field names and SQLite's columns and values. */

/** `merchantAccountId` → `merchant_account_id`, `VID` → `vid`. */
export function columnOf(field: string): string {
  return field === 'VID' ? 'vid' : field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** `merchant_account_id AS merchantAccountId, …`, so that rows come out as fields. */
export function selectList(fields: readonly string[], table = ''): string {
  return fields.map((field) => `${table}${columnOf(field)} AS ${field}`).join(', ');
}

/** A row without its NULLs, its 0 and 1 turned into booleans where the field is one. */
export function toFields<T>(row: unknown, booleans: readonly string[] = []): T {
  const fields: Record<string, unknown> = {};
  const columns = row as Record<string, unknown>;
  // A row inherits nothing; asking for its entries would make a list of each.
  for (const name in columns) {
    const value = columns[name];
    if (value !== null) fields[name] = value;
  }
  for (const name of booleans) if (name in fields) fields[name] = fields[name] === 1;
  return fields as T;
}

/** A value as SQLite takes it. */
export function toColumn(value: unknown): unknown {
  if (typeof value === 'boolean') return value ? 1 : 0;
  return value ?? null;
}

/** The values of those fields, in their order. */
export function toColumns(fields: readonly string[], values: object): unknown[] {
  return fields.map((field) => toColumn((values as Record<string, unknown>)[field]));
}
