/** Values as SQLite takes them. */

/** A value as SQLite takes it. */
export function toColumn(value: unknown): unknown {
  if (typeof value === 'boolean') return value ? 1 : 0;
  return value ?? null;
}

/** The values of those fields, in their order. */
export function toColumns(fields: readonly string[], values: object): unknown[] {
  return fields.map((field) => toColumn((values as Record<string, unknown>)[field]));
}
