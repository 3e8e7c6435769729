/** A database that a driver refuses to open. */

/** A database of another version's schema, of another program, or of the other kind; the message follows its name. */
export class SchemaError extends Error {
  override name = 'SchemaError';
}
