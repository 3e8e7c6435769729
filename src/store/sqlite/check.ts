/**
 * Checks a database: SQLite's own structures, ledger, orders and AutoBills against the entitlements, and the feed.
 * Decided: docs/decisions/check.md
 */
import SqliteDatabase, { type Database } from 'better-sqlite3';
import type { Checked, Finding } from '../database';
import { autoBillFindings } from './check-auto-bills';
import { FeedWalk } from './check-events';
import { orderFindings } from './check-orders';
import { Replay } from './check-replay';
import { textFindings } from './check-text';
import { moveLogIntoFile, removeEmptyLog } from './database-file';
import { PieceFindings } from './piece-findings';
import { SchemaError } from '../schema-error';
import { MIGRATIONS } from './migrations';
import { requireOwn } from './own';
import { listTextTables } from './stored-text';

/** How many accounts are replayed as they are at one moment. */
const ACCOUNTS = 1000;

/** Names shared by several accounts instead of one: earlier versions allowed it. */
const SHARED_NAMES = `
  SELECT external_id AS externalId, group_concat(vid, ', ' ORDER BY id) AS VIDs FROM account
  WHERE external_id IS NOT NULL AND merged_into IS NULL
  GROUP BY merchant_id, external_id HAVING count(*) > 1 ORDER BY min(id)`;

/** Rows that name one that is not there. */
const REFERENCES = 'SELECT "rowid" AS row, parent FROM pragma_foreign_key_check(?)';

interface Shared {
  readonly externalId: string;
  readonly VIDs: string;
}

/** How far a check has come: `done` of `of` steps. */
export type CheckProgress = (what: string, done: number, of: number) => void;

/**
 * Checks a database while others may write to it: in pieces, each as it is at one moment, so that the
 * write-ahead log need not be kept for the whole check. Nothing is read while findings are worked with.
 * @param path an existing database
 * @returns the findings of each piece that has some, and how much was looked at
 * @throws Error when the file is no database of this program's schema
 */
export function* checkPieces(
  path: string,
  onProgress: CheckProgress = () => undefined,
): Generator<readonly Finding[], Checked> {
  const database = new SqliteDatabase(path, { readonly: true, fileMustExist: true });
  try {
    database.pragma('cell_size_check = ON');
    requireSchema(database);
    const moveLog = () => moveLogIntoFile(path);
    return yield* new Check(database, onProgress, moveLog).run();
  } catch (error) {
    const { code = '', message } = error as { code?: string; message: string };
    if (!/^SQLITE_(CORRUPT|ERROR)/.test(code)) throw error;
    yield [{ kind: 'integrity', text: `the schema cannot be read: ${message}` }];
    return { entitlements: 0, ledgerLines: 0 };
  } finally {
    database.close();
    removeEmptyLog(path);
  }
}

/** Checks a database in one go; as `checkPieces` does. @param onFinding called with each fault */
export function checkDatabase(path: string, onFinding: (finding: Finding) => void): Checked {
  const pieces = checkPieces(path);
  for (let piece = pieces.next(); ; piece = pieces.next()) {
    if (piece.done === true) return piece.value;
    piece.value.forEach(onFinding);
  }
}

/** Checks a database and waits with the next piece until the findings of one are done with. */
export async function checkSlowly(
  path: string,
  onFindings: (found: readonly Finding[]) => void | Promise<void>,
  onProgress?: CheckProgress,
): Promise<Checked> {
  const pieces = checkPieces(path, onProgress);
  try {
    for (let piece = pieces.next(); ; piece = pieces.next()) {
      if (piece.done === true) return piece.value;
      await onFindings(piece.value);
    }
  } finally {
    pieces.return({ entitlements: 0, ledgerLines: 0 });
  }
}

/** @throws SchemaError when a database is not of this program's schema */
export function requireSchema(database: Database): void {
  requireOwn(database);
  const seen = database.pragma('user_version', { simple: true }) as number;
  if (seen === MIGRATIONS.length) return;
  throw new SchemaError(
    `the database has schema ${seen}, this program knows ${MIGRATIONS.length}: ` +
      (seen > MIGRATIONS.length ? 'use a newer one' : 'start its server once, which updates it'),
  );
}

/** The findings of pieces of the check, and what the check gives in the end. */
type Pieces<T> = Generator<readonly Finding[], T>;

/** One check of an open database. */
class Check {
  private readonly tables: string[];
  private readonly roots: ReadonlyMap<number, string>;
  private readonly found = new PieceFindings();

  constructor(
    private readonly database: Database,
    private readonly onProgress: CheckProgress,
    /** Called when what was read at one moment for long is read. */
    private readonly afterLongRead: () => void,
  ) {
    const schema = database
      .prepare('SELECT type, name, rootpage AS root FROM sqlite_schema WHERE rootpage > 0')
      .all() as Array<{ type: string; name: string; root: number }>;
    this.tables = schema.filter(({ type }) => type === 'table').map(({ name }) => name);
    this.roots = new Map(schema.map(({ type, name, root }) => [root, `${type} ${name}`]));
  }

  *run(): Pieces<Checked> {
    const steps = this.tables.length;
    for (const [index, table] of this.tables.entries()) {
      this.onProgress(`structure of ${table}`, index, 2 * steps);
      yield* this.piece(`table ${table}`, () => this.checkStructure(table));
      this.afterLongRead();
    }
    const checked = yield* this.replay();
    this.onProgress('numbers of the events', 1, 2);
    const feed = new FeedWalk(this.database, (text) => this.found.add({ kind: 'event', text }));
    while (yield* this.piece('the events', () => feed.next()));
    const tables = yield* this.piece('the texts', () => listTextTables(this.database));
    for (const table of tables ?? []) {
      this.onProgress(`texts of ${table.name}`, 1, 2);
      const texts = () => textFindings(this.database, table);
      yield* this.list('text', `texts of table ${table.name}`, texts);
    }
    yield* this.list('account', 'table account', () => sharedNames(this.database));
    yield* this.list('order', 'the orders', () => orderFindings(this.database));
    yield* this.list('AutoBill', 'the AutoBills', () => autoBillFindings(this.database));
    this.onProgress('done', 1, 1);
    return checked;
  }

  private *replay(): Pieces<Checked> {
    const checked = { entitlements: 0, ledgerLines: 0 };
    const replay = new Replay(this.database, (finding) => this.found.add(finding));
    const last = (yield* this.piece('the accounts', () => replay.lastAccount())) ?? 0;
    for (let from = 0; from <= last; from += ACCOUNTS) {
      this.onProgress('replay of the ledger', last + 1 + from, 2 * (last + 1));
      const place = `accounts ${from} to ${from + ACCOUNTS - 1}`;
      const part = yield* this.piece(place, () => replay.check(from, from + ACCOUNTS));
      checked.entitlements += part?.entitlements ?? 0;
      checked.ledgerLines += part?.ledgerLines ?? 0;
    }
    return checked;
  }

  private *list(kind: Finding['kind'], place: string, find: () => Iterable<string>): Pieces<void> {
    yield* this.piece(place, () => {
      for (const text of find()) this.found.add({ kind, text });
    });
  }

  /** Damage to a page ends one piece of the check, and is a finding itself. */
  private *piece<T>(place: string, check: () => T): Pieces<T | undefined> {
    let checked: T | undefined;
    try {
      checked = check();
    } catch (error) {
      const { code = '', message } = error as { code?: string; message: string };
      if (!code.startsWith('SQLITE_')) throw error;
      if (this.database.inTransaction) this.database.exec('ROLLBACK');
      this.found.add({ kind: 'integrity', text: `${place} cannot be read: ${message}` });
    }
    const found = this.found.take(place);
    if (found.length > 0) yield found;
    return checked;
  }

  private checkStructure(table: string): void {
    const integrity = this.database.pragma(`integrity_check('${table}')`) as Array<
      Record<string, string>
    >;
    for (const text of integrity.flatMap((row) => Object.values(row))) {
      if (text !== 'ok') this.found.add({ kind: 'integrity', text: this.namingTables(text) });
    }
    const references = this.database.prepare(REFERENCES).iterate(table) as Iterable<{
      row: number | null;
      parent: string;
    }>;
    for (const { row, parent } of references) {
      const where = row === null ? 'a row' : `row ${row}`;
      const text = `${where} of ${table} names one of ${parent} that is not there`;
      this.found.add({ kind: 'reference', text });
    }
  }

  /** SQLite names a table or index by its first page. */
  private namingTables(text: string): string {
    return text.replace(/\bTree (\d+)\b/g, (tree, root: string) => {
      return this.roots.get(Number(root)) ?? tree;
    });
  }
}

function* sharedNames(database: Database): Iterable<string> {
  for (const { externalId, VIDs } of database.prepare(SHARED_NAMES).iterate() as Iterable<Shared>) {
    yield `accounts ${VIDs} share the externalId ${externalId}`;
  }
}
