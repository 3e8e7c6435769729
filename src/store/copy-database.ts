/**
 * Copies a whole database to another, of whatever kind: table by table, block by block. It can be gone on with.
 * Decided: docs/decisions/store-copy.md
 */
import { createHash } from 'node:crypto';
import type { Eventually } from './eventually';
import { SchemaError } from './schema-error';
import type { Block, CopySource, CopyTarget, Progress } from './copy-ends';
import { COPY_TABLES, type CopyTable } from './copy-tables';

/** Gets how far it has come: a table, and how many of all steps are done; each row is one. */
export type OnCopied = (table: string, done: number, of: number) => void;

/** How many rows there are, of all tables and of each. */
export interface Copied {
  readonly rows: number;
  readonly tables: ReadonlyMap<string, number>;
}

/** An error of one end; its cause is what that threw. */
export class EndError extends Error {
  override name = 'EndError';

  constructor(
    readonly end: 'source' | 'target',
    cause: unknown,
  ) {
    super(`the ${end} failed`, { cause });
  }
}

/** Lets an end work. @throws EndError */
async function at<T>(end: EndError['end'], work: () => Eventually<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new EndError(end, error);
  }
}

/** What a source has, and nothing more. @throws EndError */
export async function countRows(source: Pick<CopySource, 'counts'>): Promise<Copied> {
  const tables = await at('source', () => source.counts());
  let rows = 0;
  for (const count of tables.values()) rows += count;
  return { rows, tables };
}

/**
 * Copies all rows that the target hasn't got yet, and compares both ends.
 * @throws EndError when either end fails, or the target holds something else
 */
export async function copyDatabase(
  source: CopySource,
  target: CopyTarget,
  onCopied: OnCopied,
): Promise<Copied> {
  const copied = await countRows(source);
  const sequences = await at('source', () => source.lastSequences());
  const mark = await markOf(source, copied.tables, sequences);
  const moments = await at('source', () => source.moments());
  const before = await at('target', () => target.begin(mark, moments));
  const first = COPY_TABLES.findIndex(({ name }) => name === before?.table);
  // The references are one more.
  const steps = copied.rows + 1;
  let done = 0;
  for (const [index, table] of COPY_TABLES.entries()) {
    const count = copied.tables.get(table.name) ?? 0;
    const report = (rows: number) => onCopied(table.name, done + rows, steps);
    if (index >= first && count > 0) {
      await copyTable(source, target, {
        table,
        before: index === first ? before : undefined,
        report,
      });
    }
    done += count;
  }
  requireSame('rows of', copied.tables, await at('target', () => target.counts()));
  const reached = await at('target', () => target.lastSequences());
  requireSame('the last event of merchant', sequences, reached);
  onCopied('references', copied.rows, steps);
  await at('target', () => target.finish());
  onCopied('done', steps, steps);
  return copied;
}

/** A table's share of a copy. */
interface Share {
  readonly table: CopyTable;
  /** How far an earlier run has come with it. */
  readonly before: Progress | undefined;
  /** Gets how many of its rows are done. */
  readonly report: (rows: number) => void;
}

async function copyTable(
  source: CopySource,
  target: CopyTarget,
  { table, before, report }: Share,
): Promise<void> {
  const kept = new Set(await at('target', () => target.columnsOf(table)));
  const given = await at('source', () => source.columnsGiven(table));
  const columns = given.filter((column) => kept.has(column));
  let done = before?.done ?? 0;
  report(done);
  for await (const { rows, last } of tagged(source.blocks(table, columns, before?.last))) {
    done += rows.length;
    await at('target', () => target.add(table, columns, rows, { table: table.name, done, last }));
    report(done);
  }
}

/** Blocks whose errors are the source's. */
async function* tagged(
  blocks: Iterable<Block> | AsyncIterable<Block>,
): AsyncGenerator<Block, void> {
  try {
    yield* blocks;
  } catch (error) {
    throw new EndError('source', error);
  }
}

/**
 * What distinguishes a source's state from others: how many rows each table has, the last event of each merchant, and all rows of
 * tables that change without one: passwords, keys and the like.
 * @throws EndError
 */
async function markOf(
  source: CopySource,
  counts: ReadonlyMap<string, number>,
  sequences: ReadonlyMap<number, number>,
): Promise<string> {
  const { schema } = source;
  const hash = createHash('sha256');
  hash.update(JSON.stringify({ schema, counts: [...counts], sequences: [...sequences] }));
  for (const table of COPY_TABLES) {
    if (table.inFeed) continue;
    const columns = await at('source', () => source.columnsGiven(table));
    for await (const { rows } of tagged(source.blocks(table, columns, undefined))) {
      for (const row of rows) hash.update(JSON.stringify(row));
    }
  }
  return hash.digest('hex');
}

/** @throws EndError that names the first difference */
function requireSame<Key>(
  what: string,
  wanted: ReadonlyMap<Key, number>,
  found: ReadonlyMap<Key, number>,
): void {
  for (const key of new Set([...wanted.keys(), ...found.keys()])) {
    const [want = 0, have = 0] = [wanted.get(key), found.get(key)];
    if (want === have) continue;
    const text = `${what} ${String(key)}: ${want} in the source, ${have} in the copy; empty it, and copy anew`;
    throw new EndError('target', new SchemaError(text));
  }
}
