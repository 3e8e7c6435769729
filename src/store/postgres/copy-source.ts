/** A database in PostgreSQL from which another is copied, as it is when it is opened. */
import type { ConnectionSettings } from '../database';
import { SchemaError } from '../schema-error';
import {
  type Block,
  BLOCK,
  BLOCK_TEXT,
  type CopySource,
  type CopyValue,
  weightOf,
} from '../copy-ends';
import type { CopyTable } from '../copy-tables';
import type { Connection } from './connection';
import { describeEnd, listColumns, listTexts, opening, requireAlone } from './copy-end';
import { SCHEMA, versionOf } from './migrations';
import { requireKind } from './simulated';

/** The rows of the first block, until their size is known. */
const FIRST = 100;

/**
 * All of it as it is at one moment; the connection may stand still while the other end works. No block is sorted: the
 * planner takes what follows a key for a row or two, and would sort all that follows with each block of the ledger. A small
 * table that must be sorted then looks so dear that its statement would be compiled.
 */
export const SNAPSHOT = `BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
  SET LOCAL idle_in_transaction_session_timeout = 0;
  SET LOCAL enable_sort = off; SET LOCAL jit = off`;

/**
 * @throws StoreError when it cannot be reached
 * @throws SchemaError when it is not of the present schema, is a simulation's, or servers work with it
 */
export function openCopySource(url: string, settings: ConnectionSettings): Promise<CopySource> {
  return opening(url, settings, async (connection, close) => {
    await requireSchema(connection);
    await requireKind(connection, 'off');
    await requireAlone(connection);
    await connection.query(SNAPSHOT);
    return {
      ...describeEnd(connection),
      schema: SCHEMA,
      columnsGiven: ({ name }) => listColumns(connection, name),
      moments: async () => {
        const [row] = await connection.query<{ first: number | null; last: number | null }>(
          'SELECT min(at) AS first, max(at) AS last FROM ledger',
        );
        const { first = null, last = null } = row ?? {};
        return first === null || last === null ? undefined : ([first, last] as const);
      },
      blocks: (table, columns, after) => listBlocks(connection, table, { columns, after }),
      close,
    };
  });
}

async function requireSchema(connection: Connection): Promise<void> {
  const version = await versionOf(connection);
  if (version === SCHEMA) return;
  throw new SchemaError(
    version === 0
      ? 'has no tables of Latchkey: name its database, and its schema'
      : `has schema ${version}, this program knows ${SCHEMA}: start its server once, which updates it`,
  );
}

/** What is wanted of a table. */
interface Wanted {
  readonly columns: readonly string[];
  readonly after: readonly CopyValue[] | undefined;
}

async function* listBlocks(
  connection: Connection,
  { name, order }: CopyTable,
  { columns, after }: Wanted,
): AsyncGenerator<Block, void> {
  const keys = keysOf(order, await listColumns(connection, name));
  const texts = await listTexts(connection, name);
  let last = after;
  for (let limit = FIRST; ;) {
    const rows = await connection.list<CopyValue[]>(
      selectBlock(name, columns, { keys, texts, isFirst: !last, limit }),
      ...(last ?? []),
    );
    let weight = 0;
    for (const row of rows) {
      last = row.splice(columns.length);
      weight += weightOf(row);
    }
    // One of long texts has fewer rows than the limit.
    if (rows.length === 0) return;
    yield { rows, last: last ?? [] };
    limit = Math.max(1, Math.min(BLOCK, Math.floor((limit * BLOCK_TEXT) / (weight + 1))));
  }
}

/**
 * The order in which a table is read: its keys begin with the merchant here, so in that order nothing has to be sorted.
 * @param order that of the other kind of database
 */
export function keysOf(order: readonly string[], columns: readonly string[]): readonly string[] {
  const isLed = columns.includes('merchant_id');
  return isLed ? ['merchant_id', ...order.filter((key) => key !== 'merchant_id')] : order;
}

/** What a block is made of. */
export interface BlockParts {
  readonly keys: readonly string[];
  /** The columns of texts. */
  readonly texts: readonly string[];
  /** One that isn't has the keys before it as values. */
  readonly isFirst: boolean;
  readonly limit: number;
}

/**
 * The statement of a block: its columns, then its keys. Thousands of short rows may be followed by as many of a megabyte each, so it
 * ends where its texts are long, whatever its limit; their lengths are known without reading them.
 */
export function selectBlock(
  table: string,
  columns: readonly string[],
  { keys, texts, isFirst, limit }: BlockParts,
): string {
  const quoted = columns.map((column) => `"${column}"`);
  const order = keys.join(', ');
  const place = `WHERE (${order}) > (${keys.map(() => '?').join(', ')})`;
  const weight = ['0', ...texts.map((text) => `coalesce(octet_length("${text}"), 0)`)].join(' + ');
  return `SELECT ${[...quoted, ...keys].join(', ')} FROM (
      SELECT *, sum(${weight}) OVER (ORDER BY ${order} ROWS UNBOUNDED PRECEDING) - (${weight}) AS weight_before
      FROM ${table} ${isFirst ? '' : place} ORDER BY ${order} LIMIT ${limit}) AS block
    WHERE weight_before < ${BLOCK_TEXT} ORDER BY ${order}`;
}
