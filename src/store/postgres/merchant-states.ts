/**
 * Takes a merchant's data as a whole, and puts them back: rows of every table that holds any. For simulations. Numbers of
 * rows are never given twice here, and so they are put back under the same.
 */
import type { MerchantState, MerchantStates } from '../merchant-states';
import { ACCESS_TABLES, IDENTITY_COLUMNS } from '../rows/merchant-row';
import type { Connection } from './connection';
import { ALLOW_REMOVING, DEFER_REFERENCES, listParts, readRows } from './merchant-parts';
import type { UnitQueue } from './unit-queue';

interface KeptState extends MerchantState {
  /** How the merchant is treated, by columns of its own row; undefined: as a new one. */
  readonly treatment: Readonly<Record<string, unknown>> | undefined;
  /** The rows of each table that has any, as JSON: lists of some. */
  readonly tables: ReadonlyMap<string, readonly string[]>;
}

/** Of a merchant that was just made. */
const EMPTY: KeptState = { rows: 0, treatment: undefined, tables: new Map() };

/** @param onReplaced is called when a merchant's data were replaced: what is remembered of them is wrong */
export function createMerchantStates(
  units: Pick<UnitQueue, 'run'>,
  { onReplaced }: { readonly onReplaced: (merchantId: number) => void },
): MerchantStates {
  const replace = async (merchantId: number, state: KeptState, removed = false) => {
    await units.run(merchantId, async ({ connection }) => {
      await clear(connection, merchantId);
      if (removed) await remove(connection, merchantId);
      else await fill(connection, merchantId, state);
    });
    onReplaced(merchantId);
  };
  return {
    take: (merchantId, most = Infinity) =>
      units.run(merchantId, ({ connection }) => take(connection, merchantId, most)),
    put: (merchantId, state) => replace(merchantId, state as KeptState),
    clear: (merchantId) => replace(merchantId, EMPTY),
    remove: (merchantId) => replace(merchantId, EMPTY, true),
  };
}

/** The tables whose rows are a merchant's data. */
async function listTables(connection: Connection): Promise<string[]> {
  return (await listParts(connection)).filter((table) => !ACCESS_TABLES.has(table));
}

async function take(
  connection: Connection,
  merchantId: number,
  most: number,
): Promise<KeptState | undefined> {
  const tables = new Map<string, string[]>();
  let rows = 0;
  for (const table of await listTables(connection)) {
    const kept: string[] = [];
    for await (const some of readRows(connection, table, `merchant_id = ${merchantId}`)) {
      kept.push(`[${some.join(',')}]`);
      rows += some.length;
      if (rows > most) return undefined;
    }
    if (kept.length > 0) tables.set(table, kept);
  }
  const [row = {}] = await connection.query<object>(
    'SELECT * FROM merchant WHERE id = ?',
    merchantId,
  );
  const treatment = Object.entries(row).filter(([name]) => !IDENTITY_COLUMNS.has(name));
  return { rows, tables, treatment: Object.fromEntries(treatment) };
}

async function clear(connection: Connection, merchantId: number): Promise<void> {
  await connection.query(DEFER_REFERENCES);
  await connection.query(ALLOW_REMOVING, merchantId);
  for (const table of await listTables(connection)) {
    await connection.change(`DELETE FROM ${table} WHERE merchant_id = ?`).run(merchantId);
  }
}

async function fill(
  connection: Connection,
  merchantId: number,
  { tables, treatment }: KeptState,
): Promise<void> {
  for (const [table, kept] of tables) {
    const insert = `INSERT INTO ${table} SELECT * FROM json_populate_recordset(NULL::${table}, ?)`;
    for (const rows of kept) await connection.change(insert).run(rows);
  }
  const columns = await connection.query<{ name: string }>(
    `SELECT attname AS name FROM pg_attribute
     WHERE attrelid = 'merchant'::regclass AND attnum > 0 AND NOT attisdropped`,
  );
  for (const { name } of columns.filter((column) => !IDENTITY_COLUMNS.has(column.name))) {
    if (treatment) {
      const set = connection.change(`UPDATE merchant SET ${name} = ? WHERE id = ?`);
      await set.run(treatment[name], merchantId);
    } else {
      await connection.change(`UPDATE merchant SET ${name} = DEFAULT WHERE id = ?`).run(merchantId);
    }
  }
}

async function remove(connection: Connection, merchantId: number): Promise<void> {
  for (const table of ACCESS_TABLES) {
    const column = table === 'merchant' ? 'id' : 'merchant_id';
    await connection.change(`DELETE FROM ${table} WHERE ${column} = ?`).run(merchantId);
  }
}
