/** Long work in SQLite. */
import type { Database } from 'better-sqlite3';
import {
  ALL_WORK,
  type ListedWork,
  type LongWork,
  type LongWorkOfAll,
  type LongWorkReads,
  type LongWorkWrites,
  type NextWork,
  type WorkRange,
} from '../long-work';
import type { RowPart } from '../page';
import { RANGE_COLUMNS, WORK_COLUMNS } from '../rows/long-work-row';
import { guarded } from './guarded';
import type { Prepare, Query } from './query';
import { toColumn } from './rows';
import { preparingStatements, type Statement } from './statement';

/** Every look-up of a connection, prepared once. */
export interface LongWorkReadStatements {
  readonly ofMerchant: Query<LongWork>;
  readonly byId: Query<LongWork>;
  readonly bySubject: Query<LongWork>;
  readonly ofKind: Query<LongWork>;
  readonly any: Query<{ readonly id: number }>;
  readonly ranges: Query<WorkRange>;
  readonly lastTurn: Query<{ readonly turn: number }>;
  readonly firstRange: Query<WorkRange>;
  readonly rangeBefore: Query<WorkRange>;
}

/** Prepares them. Ranges are reached only through work that a merchant's look-up found. */
export function prepareLongWorkReads(prepare: Prepare): LongWorkReadStatements {
  const works = (condition: string) =>
    prepare<LongWork>(`SELECT ${WORK_COLUMNS} FROM work WHERE ${condition}`);
  const ranges = (rest: string) =>
    prepare<WorkRange>(`SELECT ${RANGE_COLUMNS} FROM work_range WHERE work_id = ? ${rest}`);
  return {
    ofMerchant: works('+merchant_id = ? AND id > ? ORDER BY id LIMIT ?'),
    byId: works('id = ? AND +merchant_id = ?'),
    bySubject: works('merchant_id = ? AND kind = ? AND subject = ?'),
    ofKind: works('merchant_id = ? AND kind = ? AND subject > ? ORDER BY subject LIMIT ?'),
    any: prepare('SELECT id FROM work WHERE merchant_id = ? LIMIT 1'),
    ranges: ranges('AND after_id > ? ORDER BY after_id LIMIT ?'),
    lastTurn: prepare('SELECT coalesce(max(turn), 0) AS turn FROM work_range WHERE work_id = ?'),
    firstRange: ranges('ORDER BY turn, after_id LIMIT 1'),
    rangeBefore: ranges('AND after_id < ? ORDER BY after_id DESC LIMIT 1'),
  };
}

/** Every change, prepared once. */
export type LongWorkWriteStatements = Readonly<
  Record<'insert' | 'update' | 'insertRange' | 'deleteRange' | 'delete', Statement>
>;

/** Prepares them. */
export function prepareLongWorkWrites(database: Database): LongWorkWriteStatements {
  const prepare = preparingStatements(database);
  return {
    insert: prepare(
      `INSERT INTO work (merchant_id, kind, subject, name, actor, soap_id, begun_at, done, total)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    update: prepare(
      `UPDATE work SET name = ?, actor = ?, soap_id = ?, begun_at = ?, done = ?, total = ?
       WHERE id = ?`,
    ),
    insertRange: prepare(
      `INSERT INTO work_range (work_id, after_id, until_id, turn, detail)
       VALUES (?, ?, ?, ?, ?)`,
    ),
    deleteRange: prepare('DELETE FROM work_range WHERE work_id = ? AND after_id = ?'),
    delete: prepare('DELETE FROM work WHERE id = ?'),
  };
}

/** A merchant's view of its long work. */
export class SqliteLongWorkReads implements LongWorkReads {
  constructor(
    protected readonly reads: LongWorkReadStatements,
    protected readonly merchantId: number,
  ) {}

  hasAny(): boolean {
    return this.reads.any.get(this.merchantId) !== undefined;
  }

  list({ after, limit }: RowPart): LongWork[] {
    return this.reads.ofMerchant.all(this.merchantId, after, limit);
  }
}

/** One unit's view of long work; its caller opens and closes the transaction. */
export class SqliteLongWorkWrites extends SqliteLongWorkReads implements LongWorkWrites {
  constructor(
    reads: LongWorkReadStatements,
    private readonly writes: LongWorkWriteStatements,
    merchantId: number,
  ) {
    super(reads, merchantId);
  }

  find(id: number): LongWork | undefined {
    return this.reads.byId.get(id, this.merchantId);
  }

  findOf(kind: string, subject: number): LongWork | undefined {
    return this.reads.bySubject.get(this.merchantId, kind, subject);
  }

  listOf(kind: string, { after, limit }: RowPart): LongWork[] {
    return this.reads.ofKind.all(this.merchantId, kind, after, limit);
  }

  listRanges(work: number, last: Pick<WorkRange, 'after'> | undefined, limit: number): WorkRange[] {
    return this.reads.ranges.all(work, last?.after ?? -1, limit);
  }

  lastTurn(work: number): number {
    return this.reads.lastTurn.get(work)?.turn ?? 0;
  }

  firstRange(work: number): WorkRange | undefined {
    return this.reads.firstRange.get(work);
  }

  findRange(work: number, row: number): WorkRange | undefined {
    const range = this.reads.rangeBefore.get(work, row);
    return range && range.until >= row ? range : undefined;
  }

  insert(work: Omit<LongWork, 'id'>): number {
    const { kind, subject, name, actor, callId, begunAt, done, total } = work;
    const values = [this.merchantId, kind, subject, name, actor, callId, begunAt, done, total];
    const { lastInsertRowid } = guarded(() => this.writes.insert.run(...values.map(toColumn)));
    return Number(lastInsertRowid);
  }

  update({ id, name, actor, callId, begunAt, done, total }: LongWork): void {
    const values = [name, actor, callId, begunAt, done, total, id];
    guarded(() => this.writes.update.run(...values.map(toColumn)));
  }

  insertRange(work: number, { after, until, turn, detail }: WorkRange): void {
    const values = [work, after, until, turn, toColumn(detail)];
    guarded(() => this.writes.insertRange.run(...values));
  }

  deleteRange(work: number, after: number): void {
    guarded(() => this.writes.deleteRange.run(work, after));
  }

  delete(work: number): void {
    guarded(() => this.writes.delete.run(work));
  }
}

/** Long work of every merchant. @param prepare of the connection that is read on */
export function createLongWork(prepare: Prepare): LongWorkOfAll {
  const next = prepare<NextWork>(
    `SELECT id, merchant_id AS merchantId, done FROM work
     WHERE id > ? AND (kind IN (SELECT value FROM json_each(?))) <> ? ORDER BY id LIMIT 1`,
  );
  const all = prepare<ListedWork>(
    `SELECT ${WORK_COLUMNS}, merchant.login AS merchant FROM work
     CROSS JOIN merchant ON merchant.id = work.merchant_id
     WHERE (:merchant IS NULL OR work.merchant_id = :merchant) AND work.id > :after
     ORDER BY work.id LIMIT :limit`,
  );
  return {
    next: (id, { names, others = false } = ALL_WORK) =>
      next.get(id, JSON.stringify(names), toColumn(others)),
    list: (merchantId, part) => all.all({ merchant: merchantId ?? null, ...part }),
  };
}
