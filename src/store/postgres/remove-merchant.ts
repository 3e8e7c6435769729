/** Removes a merchant with all its data, for good. Decided: docs/decisions/remove-merchant.md */
import { MerchantHasData, NO_DATA } from '../merchants';
import { type ExportFile, createExport } from '../export-file';
import type { Connection } from './connection';
import { MERCHANT_LOCK } from './locks';
import { ALLOW_REMOVING, DEFER_REFERENCES, listParts, readRows } from './merchant-parts';

/**
 * Removes a merchant in one transaction; its units of work wait meanwhile.
 * @param connection of the owner's role: the server's may not delete lines of the ledger
 * @param exportTo where its data is written as JSON before; nothing may be there
 * @returns how many rows were removed; undefined: there is no such merchant
 * @throws MerchantHasData when it has data and no file to export it to is named
 * @throws Error when the export cannot be written: then nothing is removed
 */
export async function removeMerchant(
  connection: Connection,
  login: string,
  exportTo: string | undefined,
): Promise<number | undefined> {
  await connection.begin();
  try {
    const removed = await remove(connection, login, exportTo);
    await connection.query('COMMIT');
    return removed;
  } catch (error) {
    await connection.query('ROLLBACK');
    throw error;
  }
}

async function remove(
  connection: Connection,
  login: string,
  exportTo: string | undefined,
): Promise<number | undefined> {
  const find = 'SELECT id FROM merchant WHERE login = ?';
  const [merchant] = await connection.query<{ id: number }>(find, login);
  if (!merchant) return undefined;
  const { id } = merchant;
  await connection.query(`SELECT pg_advisory_xact_lock(${MERCHANT_LOCK}, ?)`, id);
  const parts = await listParts(connection);
  if (exportTo === undefined) await requireNoData(connection, parts, id);
  else await exportParts(connection, parts, id, exportTo);
  await connection.query(DEFER_REFERENCES);
  await connection.query(ALLOW_REMOVING, id);
  let removed = 0;
  for (const part of parts) {
    removed += await connection.change(`DELETE FROM ${part} WHERE merchant_id = ?`).run(id);
  }
  return removed + (await connection.change('DELETE FROM merchant WHERE id = ?').run(id));
}

async function requireNoData(
  connection: Connection,
  parts: readonly string[],
  id: number,
): Promise<void> {
  const counted: Array<readonly [string, number]> = [];
  for (const part of parts.filter((table) => !NO_DATA.has(table))) {
    const count = `SELECT count(*) AS count FROM ${part} WHERE merchant_id = ?`;
    const [found] = await connection.query<{ count: number }>(count, id);
    if (found && found.count > 0) counted.push([part, found.count]);
  }
  if (counted.length > 0) throw new MerchantHasData(Object.fromEntries(counted));
}

async function exportParts(
  connection: Connection,
  parts: readonly string[],
  id: number,
  path: string,
): Promise<void> {
  const [schema] = await connection.query<{ number: number }>(
    'SELECT max(number) AS number FROM schema_step',
  );
  const file = createExport(path, schema?.number ?? 0);
  try {
    await exportRows(connection, file, 'merchant', `id = ${id}`);
    for (const part of parts) await exportRows(connection, file, part, `merchant_id = ${id}`);
    file.end();
  } catch (error) {
    file.remove();
    throw error;
  }
}

async function exportRows(
  connection: Connection,
  file: ExportFile,
  table: string,
  condition: string,
): Promise<void> {
  file.begin(table);
  for await (const rows of readRows(connection, table, condition)) {
    for (const row of rows) file.add(row);
  }
}
