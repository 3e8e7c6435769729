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
import { removeEmptyLog } from './database-file';
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

interface Shared {
  readonly externalId: string;
  readonly VIDs: string;
}

/** How far a check has come: `done` of `of` steps. */
export type CheckProgress = (what: string, done: number, of: number) => void;

/**
 * Checks a database while others may write to it: in pieces, each as it is at one moment, so that the
 * write-ahead log need not be kept for the whole check.
 * @param path an existing database
 * @param onFinding called with each fault, as it is found
 * @returns how much was looked at
 * @throws Error when the file is no database of this program's schema
 */
export function checkDatabase(
  path: string,
  onFinding: (finding: Finding) => void,
  onProgress: CheckProgress = () => undefined,
): Checked {
  const database = new SqliteDatabase(path, { readonly: true, fileMustExist: true });
  try {
    database.pragma('cell_size_check = ON');
    requireSchema(database);
    return new Check(database, onFinding, onProgress).run();
  } catch (error) {
    const { code = '', message } = error as { code?: string; message: string };
    if (!/^SQLITE_(CORRUPT|ERROR)/.test(code)) throw error;
    onFinding({ kind: 'integrity', text: `the schema cannot be read: ${message}` });
    return { entitlements: 0, ledgerLines: 0 };
  } finally {
    database.close();
    removeEmptyLog(path);
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

/** One check of an open database. */
class Check {
  private readonly tables: string[];
  private readonly roots: ReadonlyMap<number, string>;

  constructor(
    private readonly database: Database,
    private readonly onFinding: (finding: Finding) => void,
    private readonly onProgress: CheckProgress,
  ) {
    const schema = database
      .prepare('SELECT type, name, rootpage AS root FROM sqlite_schema WHERE rootpage > 0')
      .all() as Array<{ type: string; name: string; root: number }>;
    this.tables = schema.filter(({ type }) => type === 'table').map(({ name }) => name);
    this.roots = new Map(schema.map(({ type, name, root }) => [root, `${type} ${name}`]));
  }

  run(): Checked {
    const steps = this.tables.length;
    for (const [index, table] of this.tables.entries()) {
      this.onProgress(`structure of ${table}`, index, 2 * steps);
      this.guarded(`table ${table}`, () => this.checkStructure(table));
    }
    const checked = { entitlements: 0, ledgerLines: 0 };
    const replay = new Replay(this.database, this.onFinding);
    const last = this.guarded('the accounts', () => replay.lastAccount()) ?? 0;
    for (let from = 0; from <= last; from += ACCOUNTS) {
      this.onProgress('replay of the ledger', last + 1 + from, 2 * (last + 1));
      const place = `accounts ${from} to ${from + ACCOUNTS - 1}`;
      const part = this.guarded(place, () => replay.check(from, from + ACCOUNTS));
      checked.entitlements += part?.entitlements ?? 0;
      checked.ledgerLines += part?.ledgerLines ?? 0;
    }
    this.onProgress('numbers of the events', 1, 2);
    const feed = new FeedWalk(this.database, (text) => this.onFinding({ kind: 'event', text }));
    while (this.guarded('the events', () => feed.next()));
    for (const table of this.guarded('the texts', () => listTextTables(this.database)) ?? []) {
      this.onProgress(`texts of ${table.name}`, 1, 2);
      const place = `texts of table ${table.name}`;
      this.guarded(place, () => this.list('text', textFindings(this.database, table)));
    }
    this.guarded('table account', () => this.list('account', sharedNames(this.database)));
    this.guarded('the orders', () => this.list('order', orderFindings(this.database)));
    this.guarded('the AutoBills', () => this.list('AutoBill', autoBillFindings(this.database)));
    this.onProgress('done', 1, 1);
    return checked;
  }

  private list(kind: Finding['kind'], texts: Iterable<string>): void {
    for (const text of texts) this.onFinding({ kind, text });
  }

  /** Damage to a page ends one piece of the check, and is a finding itself. */
  private guarded<T>(place: string, check: () => T): T | undefined {
    try {
      return check();
    } catch (error) {
      const { code = '', message } = error as { code?: string; message: string };
      if (!code.startsWith('SQLITE_')) throw error;
      if (this.database.inTransaction) this.database.exec('ROLLBACK');
      this.onFinding({ kind: 'integrity', text: `${place} cannot be read: ${message}` });
      return undefined;
    }
  }

  private checkStructure(table: string): void {
    const integrity = this.database.pragma(`integrity_check('${table}')`) as Array<
      Record<string, string>
    >;
    for (const text of integrity.flatMap((row) => Object.values(row))) {
      if (text !== 'ok') this.onFinding({ kind: 'integrity', text: this.namingTables(text) });
    }
    const references = this.database.pragma(`foreign_key_check('${table}')`) as Array<{
      rowid: number | null;
      parent: string;
    }>;
    for (const { rowid, parent } of references) {
      const where = rowid === null ? 'a row' : `row ${rowid}`;
      const text = `${where} of ${table} names one of ${parent} that is not there`;
      this.onFinding({ kind: 'reference', text });
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
