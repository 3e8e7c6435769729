/** A row of a database as an object of fields. */

/**
 * A row without its NULLs, which may be null or undefined.
 * @param booleans fields that are kept as 0 and 1; where the database has booleans: none
 */
export function toFields<T>(row: unknown, booleans: readonly string[] = []): T {
  const fields: Record<string, unknown> = {};
  const columns = row as Record<string, unknown>;
  // A row inherits nothing; asking for its entries would make a list of each.
  for (const name in columns) {
    const value = columns[name];
    if (value !== null && value !== undefined) fields[name] = value;
  }
  for (const name of booleans) if (name in fields) fields[name] = fields[name] === 1;
  return fields as T;
}
