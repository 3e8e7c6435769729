/**
 * Finds stored text that no reply could give out, in every text column of every table. Texts are looked
 * at as bytes: half a surrogate pair may be stored as three bytes that are no UTF-8.
 * Decided: docs/decisions/text.md
 */
import { isUtf8 } from 'node:buffer';
import type { Database } from 'better-sqlite3';
import { findUnfit } from '../../base/text';

/** How many rows are looked at as they are at one moment. */
const PAGE = 1000;

/** A column of texts. */
export interface TextColumn {
  readonly name: string;
  /** Whether rows are known by it, so that it must differ from others and agree with what names it. */
  readonly named: boolean;
  /** Whether it holds JSON, whose strings are texts. */
  readonly json: boolean;
}

/** A table that has text. */
export interface TextTable {
  readonly name: string;
  /** Its primary key, in order. */
  readonly key: ReadonlyArray<{ readonly name: string; readonly text: boolean }>;
  readonly columns: readonly TextColumn[];
}

/** A text that cannot be given out. */
export interface UnfitText {
  readonly column: TextColumn;
  readonly text: string;
  readonly bytes: Buffer;
  /** The reason: `character 3 is U+000B, which XML 1.0 lacks`. */
  readonly problem: string;
}

/** A row that has some; texts of its key are bytes. */
export interface UnfitRow {
  readonly key: ReadonlyArray<number | Buffer>;
  readonly texts: readonly UnfitText[];
}

/** Columns that name a row by an id that is a key elsewhere, or that a merchant looks rows up by. */
const NAMING: ReadonlySet<string> = new Set([
  'ledger.merchant_entitlement_id',
  'ledger.source_id',
  'ledger.actor',
  'event.actor',
  'work.name',
  'work.actor',
  'erasure.actor',
  'account.external_id',
  'account.parent_merchant_account_id',
]);

/** Columns of JSON. */
const JSON_COLUMNS: ReadonlySet<string> = new Set([
  'product.document',
  'billing_plan.document',
  'auto_bill.document',
  'auto_bill_item.document',
  'event.document',
  'kept_answer.body',
  'work_range.detail',
]);

interface ColumnInfo {
  readonly name: string;
  readonly type: string;
  readonly pk: number;
}

/** Every table that has text; a new one is found without being named here. */
export function listTextTables(database: Database): TextTable[] {
  const names = database
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .pluck()
    .all() as string[];
  return names.map((name) => readTable(database, name)).filter(({ columns }) => columns.length > 0);
}

function readTable(database: Database, table: string): TextTable {
  const infos = database.pragma(`table_info(${table})`) as ColumnInfo[];
  const unique = uniqueColumns(database, table);
  const columns = infos
    .filter(({ type }) => type === 'TEXT')
    .map(({ name, pk }) => ({
      name,
      named: pk > 0 || unique.has(name) || NAMING.has(`${table}.${name}`),
      json: JSON_COLUMNS.has(`${table}.${name}`),
    }));
  const key = infos
    .filter(({ pk }) => pk > 0)
    .toSorted((one, other) => one.pk - other.pk)
    .map(({ name, type }) => ({ name, text: type === 'TEXT' }));
  return { name: table, key, columns };
}

function uniqueColumns(database: Database, table: string): ReadonlySet<string> {
  const indexes = database.pragma(`index_list(${table})`) as Array<{
    readonly name: string;
    readonly unique: number;
  }>;
  const columns = indexes
    .filter(({ unique }) => unique === 1)
    .flatMap(({ name }) => database.pragma(`index_info(${name})`) as Array<{ name: string }>);
  return new Set(columns.map(({ name }) => name));
}

/**
 * The rows with text that cannot be given out, in the order of the key. Each page is read as it is at one
 * moment, and nothing is open while the caller works with a row.
 * @param accountId only this account's, in a table that names one
 */
export function* unfitRows(
  database: Database,
  table: TextTable,
  accountId?: number,
): Generator<UnfitRow> {
  const { key, columns } = table;
  const select = selectFrom(database, table);
  const names = key.map(({ name }) => name).join(', ');
  const joined = columns.map(({ name }) => name).join(', char(10), ');
  const texts = columns.map(({ name }) => bytesOf(name)).join(', ');
  const marks = key.map(({ text }) => (text ? 'CAST(? AS TEXT)' : '?')).join(', ');
  const keyBytes = key.map(({ name, text }) => (text ? bytesOf(name) : name)).join(', ');
  let after = accountId === undefined ? 'true' : `account_id = ${accountId}`;
  let from: Row = [];
  for (;;) {
    const last = `${after} ORDER BY ${names} LIMIT 1 OFFSET ${PAGE - 1}`;
    const [until] = select(keyBytes, last, from);
    const page = until ? `${after} AND (${names}) <= (${marks})` : after;
    const bounds = [...from, ...(until ?? [])];
    // One look at all the text of a page: nearly every page has nothing unfit.
    const all = select(bytesOf(`group_concat(concat(${joined}), char(10))`), page, bounds)[0]?.[0];
    if (all instanceof Buffer && mayBeUnfit(all)) {
      for (const row of select(`${keyBytes}, ${texts}`, `${page} ORDER BY ${names}`, bounds)) {
        const found = findInRow(columns, row.slice(key.length) as Array<Buffer | null>);
        if (found.length > 0)
          yield { key: row.slice(0, key.length) as UnfitRow['key'], texts: found };
      }
    }
    if (!until) return;
    if (from.length === 0) after += ` AND (${names}) > (${marks})`;
    from = until;
  }
}

type Row = ReadonlyArray<number | Buffer | null>;

function selectFrom(database: Database, { name }: TextTable) {
  return (columns: string, condition: string, values: Row) =>
    database
      .prepare(`SELECT ${columns} FROM ${name} WHERE ${condition}`)
      .raw()
      .all(...values) as Row[];
}

const bytesOf = (expression: string) => `CAST(${expression} AS BLOB)`;

/** Bytes of control characters, of U+FFFE and U+FFFF, and such escapes in JSON. */
const SUSPECT =
  /[^\t\n\r\x20-\xff]|\xef\xbf[\xbe\xbf]|\\(?:[bf]|u00[01]|u[dD][89a-fA-F]|u[fF]{3}[eEfF])/;

function mayBeUnfit(bytes: Buffer): boolean {
  return !isUtf8(bytes) || SUSPECT.test(bytes.toString('latin1'));
}

function findInRow(columns: readonly TextColumn[], row: ReadonlyArray<Buffer | null>): UnfitText[] {
  return columns.flatMap((column, index) => {
    const bytes = row[index];
    if (!bytes || !mayBeUnfit(bytes)) return [];
    const text = textOf(bytes);
    const problem =
      findUnfit(text) ??
      (column.json ? findInJson(text) : undefined) ??
      (isUtf8(bytes) ? undefined : 'its bytes are not UTF-8');
    return problem === undefined ? [] : [{ column, text, bytes, problem }];
  });
}

/** The problem of the first string of a document that has one. */
function findInJson(text: string): string | undefined {
  let problem: string | undefined;
  try {
    JSON.parse(text, (name: string, value: unknown) => {
      if (typeof value === 'string' && problem === undefined) {
        const found = findUnfit(value);
        if (found !== undefined) problem = `${name}: ${found}`;
      }
      return value;
    });
  } catch {
    // No JSON has no strings.
  }
  return problem;
}

/** Halves of surrogate pairs as bytes. No other character has the first of them before the second. */
const HALF = /\xed([\xa0-\xbf])([\x80-\xbf])/;

/** The text that bytes were made from, halves of surrogate pairs among them. */
export function textOf(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString();
  const parts = bytes.toString('latin1').split(HALF);
  let text = '';
  for (let index = 0; index < parts.length; index += 3) {
    text += Buffer.from(parts[index] ?? '', 'latin1').toString();
    const [second, third] = [parts[index + 1], parts[index + 2]];
    if (second === undefined || third === undefined) continue;
    const low = ((second.charCodeAt(0) & 0x3f) << 6) | (third.charCodeAt(0) & 0x3f);
    text += String.fromCharCode(0xd000 | low);
  }
  return text;
}

/** A row in words: `row 7 of account`. */
export function rowName({ name, key }: TextTable, row: UnfitRow): string {
  const parts = key.map((column, index) => {
    const part = row.key[index];
    const value = part instanceof Buffer ? JSON.stringify(textOf(part)) : String(part);
    return { name: column.name, value };
  });
  const [only] = parts;
  if (parts.length === 1 && only?.name === 'id') return `row ${only.value} of ${name}`;
  return `row ${parts.map((part) => `${part.name} ${part.value}`).join(', ')} of ${name}`;
}
