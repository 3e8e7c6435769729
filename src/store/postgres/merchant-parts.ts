/** The tables that hold data of merchants: each names its merchant. A new one is found without being named here. */
import type { Connection } from './connection';

/** A table that remembers something of transactions, and nothing of the data. */
const NO_PART = 'unit_outcome';

/** The tables with rows of merchants, by name; the merchants' own is not among them. */
export async function listParts(connection: Pick<Connection, 'query'>): Promise<string[]> {
  const found = await connection.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
     WHERE attname = 'merchant_id' AND relkind IN ('r', 'p') AND NOT relispartition
       AND relnamespace = current_schema()::regnamespace AND relname <> '${NO_PART}'
     ORDER BY relname`,
  );
  return found.map(({ name }) => name);
}

/** Rows that are fetched at once. */
const ROWS = 1000;

/**
 * Reads the rows of a table as JSON, within a transaction: lists of a thousand at most, none of them empty.
 * @param condition with no placeholder
 */
export async function* readRows(
  connection: Pick<Connection, 'query'>,
  table: string,
  condition: string,
): AsyncGenerator<string[]> {
  await connection.query(
    `DECLARE part CURSOR FOR SELECT row_to_json(part)::text AS row FROM ${table} AS part
     WHERE ${condition}`,
  );
  let failed = false;
  try {
    let rows: readonly { row: string }[];
    do {
      rows = await connection.query<{ row: string }>(`FETCH ${ROWS} FROM part`);
      if (rows.length > 0) yield rows.map(({ row }) => row);
    } while (rows.length === ROWS);
  } catch (error) {
    failed = true;
    throw error;
  } finally {
    // Also where no more is asked for; after an error the transaction takes nothing more.
    if (!failed) await connection.query('CLOSE part');
  }
}

/** Lets the transaction under way delete lines of a merchant, which a trigger forbids; of the owner's role alone. */
export const ALLOW_REMOVING = "SELECT set_config('latchkey.removing', ?::text, true)";

/** Has references looked at when the transaction ends. */
export const DEFER_REFERENCES = 'SET CONSTRAINTS ALL DEFERRED';
