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

/** Lets the transaction under way delete lines of a merchant, which a trigger forbids; of the owner's role alone. */
export const ALLOW_REMOVING = "SELECT set_config('latchkey.removing', ?::text, true)";

/** Has references looked at when the transaction ends. */
export const DEFER_REFERENCES = 'SET CONSTRAINTS ALL DEFERRED';
