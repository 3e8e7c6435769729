/** Without the frame of the transaction, and with every value but NULL masked. */
export function comparable(statements: readonly string[]): string[] {
  return statements
    .filter((sql) => !/^(BEGIN|COMMIT|SAVEPOINT|RELEASE)/.test(sql))
    .map((sql) => sql.replace(/'(?:[^']|'')*'|\b\d+(?:\.\d+)?\b/g, '?'));
}
