/** The two ends of a copy of a whole database, as drivers offer them. */
import type { Eventually } from './eventually';
import type { CopyTable } from './copy-tables';

/** A value of a column; whether something holds is true and false, or 1 and 0. */
export type CopyValue = string | number | boolean | Uint8Array | null;

/** A row: its values in the order of the columns. */
export type CopyRow = readonly CopyValue[];

/** Some rows that follow each other, and the values by which a source finds those after them. */
export interface Block {
  readonly rows: readonly CopyRow[];
  readonly last: readonly CopyValue[];
}

/** How far a copy has come; the tables before this one are done. */
export interface Progress {
  readonly table: string;
  /** How many of its rows the target has. */
  readonly done: number;
  /** The end of its last block. */
  readonly last: readonly CopyValue[];
}

/** What both ends know of their data, so that they can be compared. */
export interface CopyEnd {
  /** How many rows each table has, by its name. */
  counts(): Eventually<ReadonlyMap<string, number>>;
  /** The number of the last event of each merchant that has any, by its row. */
  lastSequences(): Eventually<ReadonlyMap<number, number>>;
  /** The columns of a table that it keeps. */
  columnsOf(table: CopyTable): Eventually<readonly string[]>;
  close(): Eventually<void>;
}

/** Where the rows come from: as they are at one moment. */
export interface CopySource extends CopyEnd {
  /** The number of its schema's last step. */
  readonly schema: number;
  /** The columns of a table that it can give: those that it keeps, and those that follow from them. */
  columnsGiven(table: CopyTable): Eventually<readonly string[]>;
  /** The moments of the first and the last line of the ledger, in UTC milliseconds; undefined: it has none. */
  moments(): Eventually<readonly [number, number] | undefined>;
  /**
   * The rows of a table in their order.
   * @param after the end of the last block that is not wanted; undefined: from the first
   */
  blocks(
    table: CopyTable,
    columns: readonly string[],
    after: readonly CopyValue[] | undefined,
  ): Iterable<Block> | AsyncIterable<Block>;
}

/** Where they go. It serves nothing before `finish`. */
export interface CopyTarget extends CopyEnd {
  /**
   * Begins a copy, or goes on with one.
   * @param mark what distinguishes the source's state from others
   * @param moments those of the source's ledger
   * @returns how far it had come; undefined: it has no row yet
   * @throws SchemaError when it holds a part of a copy with another mark
   */
  begin(
    mark: string,
    moments: readonly [number, number] | undefined,
  ): Eventually<Progress | undefined>;
  /** Adds rows, and notes how far it has come with them: all or nothing. */
  add(
    table: CopyTable,
    columns: readonly string[],
    rows: readonly CopyRow[],
    progress: Progress,
  ): Eventually<void>;
  /** Has it be a database like any other. @throws SchemaError when a reference leads nowhere */
  finish(): Eventually<void>;
}

/** The most rows of a block. */
export const BLOCK = 5000;

/** The characters of the texts of a block: one with longer texts has fewer rows. */
export const BLOCK_TEXT = 2 ** 21;

/** The characters of a row's texts. */
export function weightOf(row: CopyRow): number {
  let weight = 0;
  for (const value of row) if (typeof value === 'string') weight += value.length;
  return weight;
}

/** What is said where a target has a part of another copy. @param place where that is, after its name */
export const OTHER_COPY =
  'holds a part of a copy of another state: its source has changed since; remove that part, and copy anew';

/** What is said where two copies go to one target at once. */
export const TWO_COPIES = 'gets a copy from another process at this moment: let that one end';
