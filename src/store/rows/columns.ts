/** Between the contract's field names and the columns of a database: both drivers name them alike. */

/** `merchantAccountId` → `merchant_account_id`, `VID` → `vid`. */
export function columnOf(field: string): string {
  return field === 'VID' ? 'vid' : field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** `merchant_account_id AS "merchantAccountId", …`, so that rows come out as fields. Without the quotes PostgreSQL makes all letters small. */
export function selectList(fields: readonly string[], table = ''): string {
  return fields.map((field) => `${table}${columnOf(field)} AS "${field}"`).join(', ');
}
