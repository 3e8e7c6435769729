/** Takes a merchant's data as a whole, and puts them back: rows of every table that holds any. For simulations. */
import type { Database } from 'better-sqlite3';
import type { RecordedType } from '../events';
import type { MerchantState, MerchantStates } from '../merchant-states';
import { ACCESS_TABLES, IDENTITY_COLUMNS } from '../rows/merchant-row';
import { listParts, type Part } from './merchant-parts';
import {
  type Numbers,
  Pace,
  type Prepared,
  preparedOnce,
  readRows,
  deleteRows,
  type Row,
} from './merchant-rows';
import type { Moments } from './moments';
import type { ReadStatements } from './reader';
import type { UnitQueue } from './unit-queue';

/** References that are no foreign keys: the line that an event is, and the account whose messages wait for each other. */
const REFERENCES = [
  { table: 'event', column: 'ledger_id', parent: 'ledger' },
  { table: 'delivery', column: 'lane', parent: 'account' },
];

/** The row that an event is about, by the beginning of its type; a line of the ledger, without type, names a plan. */
const SUBJECTS: Readonly<Record<string, string>> = {
  '': 'billing_plan',
  order: 'customer_order',
  autobill: 'auto_bill',
  account: 'account',
  endpoint: 'endpoint',
} satisfies Record<Prefix | '', string>;

type Prefix = RecordedType extends `${infer Start}.${string}` ? Start : never;

/** A table with what is needed to read and write the rows of one merchant. */
interface Table extends Part {
  readonly columns: readonly string[];
  /** The place of the row's number among the columns; undefined: it has none. */
  readonly id: number | undefined;
  /** The tables that columns refer to, by their places. */
  readonly references: ReadonlyArray<readonly [column: number, parent: string]>;
}

interface KeptState extends MerchantState {
  readonly treatment: Readonly<Record<string, unknown>>;
  readonly tables: ReadonlyMap<string, readonly Row[]>;
}

/** What remembers something of data that are replaced. */
interface Memories {
  readonly moments: Pick<Moments, 'forgetMerchant'>;
  readonly reads: ReadonlyArray<Pick<ReadStatements, 'cursors'>>;
}

/** Builds them on the writing connection. */
export function createMerchantStates(
  writer: Database,
  units: UnitQueue,
  { moments, reads }: Memories,
): MerchantStates {
  const database = preparedOnce(writer);
  let described: readonly Table[] | undefined;
  const tables = () => (described ??= describeTables(writer));
  const replace = async (merchantId: number, state: KeptState) => {
    try {
      await clear(database, tables(), merchantId);
      await fill(database, tables(), state);
      treat(database, merchantId, state.treatment);
    } finally {
      moments.forgetMerchant(merchantId);
      for (const { cursors } of reads) cursors.clear();
    }
  };
  return {
    take: (merchantId, most = Infinity) =>
      units.run(() => take(database, tables(), { merchantId, most })),
    put: (merchantId, state) => units.run(() => replace(merchantId, state as KeptState)),
    clear: (merchantId) => units.run(() => replace(merchantId, emptyState(database))),
    remove: (merchantId) =>
      units.run(async () => {
        await replace(merchantId, emptyState(database));
        for (const table of ['api_key', 'person_merchant']) {
          database.prepare(`DELETE FROM ${table} WHERE merchant_id = ?`).run(merchantId);
        }
        database.prepare('DELETE FROM merchant WHERE id = ?').run(merchantId);
      }),
  };
}

/** Those that others refer to come first. */
function describeTables(database: Database): Table[] {
  return listParts(database)
    .filter(({ table }) => !ACCESS_TABLES.has(table))
    .sort((one, other) => one.depth - other.depth)
    .map((part) => {
      const described = database.pragma(`table_info(${part.table})`) as ReadonlyArray<{
        readonly name: string;
        readonly pk: number;
      }>;
      const columns = described.map(({ name }) => name);
      const id = described.findIndex(({ name, pk }) => name === 'id' && pk === 1);
      const foreign = database.pragma(`foreign_key_list(${part.table})`) as ReadonlyArray<{
        readonly table: string;
        readonly from: string;
      }>;
      const references = foreign.map(({ from, table }) => [columns.indexOf(from), table] as const);
      for (const { table, column, parent } of REFERENCES) {
        if (table === part.table) references.push([columns.indexOf(column), parent]);
      }
      return { ...part, columns, id: id < 0 ? undefined : id, references };
    });
}

async function take(
  database: Prepared,
  tables: readonly Table[],
  { merchantId, most }: { readonly merchantId: number; readonly most: number },
): Promise<KeptState | undefined> {
  const kept = new Map<string, Row[]>();
  const numbers: Numbers = new Map();
  const pace = new Pace();
  let count = 0;
  for (const part of tables) {
    const rows: Row[] = [];
    const of = { part, merchantId, numbers, pace };
    for await (const some of readRows(database, part.columns, of)) {
      for (const row of some) rows.push(row);
      count += some.length;
      if (count > most) return undefined;
    }
    if (rows.length > 0) kept.set(part.table, rows);
    if (part.id !== undefined) numbers.set(part.table, column(rows, part.id));
  }
  const row = database.prepare('SELECT * FROM merchant WHERE id = ?').get(merchantId);
  const treatment = Object.entries(row as object).filter(([name]) => !IDENTITY_COLUMNS.has(name));
  return { rows: count, tables: kept, treatment: Object.fromEntries(treatment) };
}

const column = (rows: readonly Row[], place: number) => rows.map((row) => row[place] as number);

/** Deletes all rows of a merchant, those first that refer to others. */
async function clear(
  database: Prepared,
  tables: readonly Table[],
  merchantId: number,
): Promise<void> {
  // References are looked at again before the commit.
  database.pragma('defer_foreign_keys = ON');
  const numbers: Numbers = new Map();
  const pace = new Pace();
  for (const part of tables) {
    if (part.id === undefined) continue;
    const ids: number[] = [];
    const of = { part, merchantId, numbers, pace };
    for await (const some of readRows(database, ['id'], of)) {
      for (const id of column(some, 0)) ids.push(id);
    }
    numbers.set(part.table, ids);
  }
  for (const part of tables.toReversed()) {
    await deleteRows(database, { part, merchantId, numbers, pace });
  }
}

/** Of a merchant that was just made. */
function emptyState(database: Prepared): KeptState {
  const columns = database.pragma('table_info(merchant)') as ReadonlyArray<{
    readonly name: string;
    readonly dflt_value: string | null;
  }>;
  const treatment = columns
    .filter(({ name }) => !IDENTITY_COLUMNS.has(name))
    .map(({ name, dflt_value: value }) => [name, value === null ? null : Number(value)] as const);
  return { rows: 0, tables: new Map(), treatment: Object.fromEntries(treatment) };
}

function treat(database: Prepared, merchantId: number, treatment: KeptState['treatment']): void {
  for (const [column, value] of Object.entries(treatment)) {
    database.prepare(`UPDATE merchant SET ${column} = ? WHERE id = ?`).run(value, merchantId);
  }
}

/** Numbers of rows that another merchant's rows have got meanwhile are moved on, all of a table alike. */
async function fill(
  database: Prepared,
  tables: readonly Table[],
  { tables: kept }: KeptState,
): Promise<void> {
  const pace = new Pace();
  const shifts = new Map<string, number>();
  for (const { table, id } of tables) {
    const rows = kept.get(table);
    if (rows && id !== undefined) shifts.set(table, shiftOf(database, table, rows, id));
  }
  for (const described of tables) {
    const rows = kept.get(described.table);
    if (!rows) continue;
    const { table, columns } = described;
    const places = columns.map(() => '?').join(', ');
    const insert = database.prepare(
      `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${places})`,
    );
    const shifted = shifter(described, shifts);
    for (const row of rows) {
      insert.run(...shifted(row));
      await pace.after(1);
    }
  }
}

function shiftOf(database: Prepared, table: string, rows: readonly Row[], id: number): number {
  let first = Infinity;
  let last = -Infinity;
  for (const row of rows) {
    const number = row[id] as number;
    first = Math.min(first, number);
    last = Math.max(last, number);
  }
  const taken = database.prepare(`SELECT 1 FROM ${table} WHERE id BETWEEN ? AND ? LIMIT 1`);
  if (taken.get(first, last) === undefined) return 0;
  const end = database.prepare(`SELECT max(id) FROM ${table}`).pluck().get() as number;
  return end + 1 - first;
}

/** A function that gives a row with its numbers moved on. */
function shifter(
  { table, columns, id, references }: Table,
  shifts: ReadonlyMap<string, number>,
): (row: Row) => Row {
  const moves = references
    .map(([column, parent]) => [column, shifts.get(parent) ?? 0] as const)
    .filter(([, shift]) => shift !== 0);
  const own = shifts.get(table) ?? 0;
  if (id !== undefined && own !== 0) moves.push([id, own]);
  const isEvent = table === 'event';
  const [type, subject] = [columns.indexOf('type'), columns.indexOf('subject')];
  if (moves.length === 0 && !isEvent) return (row) => row;
  return (row) => {
    const moved = [...row];
    const move = (column: number, shift: number) => {
      const value = moved[column];
      // 0: none.
      if (typeof value === 'number' && value > 0) moved[column] = value + shift;
    };
    for (const [column, shift] of moves) move(column, shift);
    if (isEvent) {
      const [prefix = ''] = ((row[type] as string | null) ?? '').split('.');
      move(subject, shifts.get(SUBJECTS[prefix] ?? '') ?? 0);
    }
    return moved;
  };
}
