/** Long work. */
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
import type { Change, Prepare, PrepareChange, Query } from './query';

/** Every look-up, prepared once. */
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

/** Prepares them. */
export function prepareLongWorkReads(prepare: Prepare): LongWorkReadStatements {
  const works = (rest: string) =>
    prepare<LongWork>(`SELECT ${WORK_COLUMNS} FROM work WHERE merchant_id = ? AND ${rest}`);
  const ranges = (rest: string) =>
    prepare<WorkRange>(
      `SELECT ${RANGE_COLUMNS} FROM work_range WHERE merchant_id = ? AND work_id = ? ${rest}`,
    );
  return {
    ofMerchant: works('id > ? ORDER BY id LIMIT ?'),
    byId: works('id = ?'),
    bySubject: works('kind = ? AND subject = ?'),
    ofKind: works('kind = ? AND subject > ? ORDER BY subject LIMIT ?'),
    any: prepare('SELECT id FROM work WHERE merchant_id = ? LIMIT 1'),
    ranges: ranges('AND after_id > ? ORDER BY after_id LIMIT ?'),
    lastTurn: prepare(
      `SELECT coalesce(max(turn), 0) AS turn FROM work_range
       WHERE merchant_id = ? AND work_id = ?`,
    ),
    firstRange: ranges('ORDER BY turn, after_id LIMIT 1'),
    rangeBefore: ranges('AND after_id < ? ORDER BY after_id DESC LIMIT 1'),
  };
}

/** Every change, prepared once. */
export type LongWorkWriteStatements = Readonly<
  Record<'insert' | 'update' | 'insertRange' | 'deleteRange' | 'delete', Change>
>;

/** Prepares them. */
export function prepareLongWorkWrites(prepare: PrepareChange): LongWorkWriteStatements {
  return {
    insert: prepare(
      `INSERT INTO work (merchant_id, kind, subject, name, actor, soap_id, begun_at, done, total)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
    ),
    update: prepare(
      `UPDATE work SET name = ?, actor = ?, soap_id = ?, begun_at = ?, done = ?, total = ?
       WHERE merchant_id = ? AND id = ?`,
    ),
    insertRange: prepare(
      `INSERT INTO work_range (merchant_id, work_id, after_id, until_id, turn, detail)
       VALUES (?, ?, ?, ?, ?, ?)`,
    ),
    deleteRange: prepare(
      'DELETE FROM work_range WHERE merchant_id = ? AND work_id = ? AND after_id = ?',
    ),
    delete: prepare('DELETE FROM work WHERE merchant_id = ? AND id = ?'),
  };
}

/** A merchant's view of its long work. */
export class PostgresLongWorkReads implements LongWorkReads {
  constructor(
    protected readonly reads: LongWorkReadStatements,
    protected readonly merchantId: number,
  ) {}

  async hasAny(): Promise<boolean> {
    return (await this.reads.any.get(this.merchantId)) !== undefined;
  }

  list({ after, limit }: RowPart): Promise<LongWork[]> {
    return this.reads.ofMerchant.all(this.merchantId, after, limit);
  }
}

/** One unit's view of long work. */
export class PostgresLongWorkWrites extends PostgresLongWorkReads implements LongWorkWrites {
  constructor(
    reads: LongWorkReadStatements,
    private readonly writes: LongWorkWriteStatements,
    merchantId: number,
  ) {
    super(reads, merchantId);
  }

  find(id: number): Promise<LongWork | undefined> {
    return this.reads.byId.get(this.merchantId, id);
  }

  findOf(kind: string, subject: number): Promise<LongWork | undefined> {
    return this.reads.bySubject.get(this.merchantId, kind, subject);
  }

  listOf(kind: string, { after, limit }: RowPart): Promise<LongWork[]> {
    return this.reads.ofKind.all(this.merchantId, kind, after, limit);
  }

  listRanges(
    work: number,
    last: Pick<WorkRange, 'after'> | undefined,
    limit: number,
  ): Promise<WorkRange[]> {
    return this.reads.ranges.all(this.merchantId, work, last?.after ?? -1, limit);
  }

  async lastTurn(work: number): Promise<number> {
    return (await this.reads.lastTurn.get(this.merchantId, work))?.turn ?? 0;
  }

  firstRange(work: number): Promise<WorkRange | undefined> {
    return this.reads.firstRange.get(this.merchantId, work);
  }

  async findRange(work: number, row: number): Promise<WorkRange | undefined> {
    const range = await this.reads.rangeBefore.get(this.merchantId, work, row);
    return range && range.until >= row ? range : undefined;
  }

  insert(work: Omit<LongWork, 'id'>): Promise<number> {
    const { kind, subject, name, actor, callId, begunAt, done, total } = work;
    const values = [kind, subject, name, actor, callId, begunAt, done, total];
    return this.writes.insert.id(this.merchantId, ...values);
  }

  async update({ id, name, actor, callId, begunAt, done, total }: LongWork): Promise<void> {
    const values = [name, actor, callId, begunAt, done, total];
    await this.writes.update.run(...values, this.merchantId, id);
  }

  async insertRange(work: number, { after, until, turn, detail }: WorkRange): Promise<void> {
    await this.writes.insertRange.run(this.merchantId, work, after, until, turn, detail);
  }

  async deleteRange(work: number, after: number): Promise<void> {
    await this.writes.deleteRange.run(this.merchantId, work, after);
  }

  async delete(work: number): Promise<void> {
    await this.writes.delete.run(this.merchantId, work);
  }
}

/** Long work of every merchant. */
export function createLongWork(prepare: Prepare): LongWorkOfAll {
  const next = prepare<NextWork>(
    `SELECT id, merchant_id AS "merchantId", done FROM work
     WHERE id > ? AND (kind = ANY (?::text[])) <> ?::boolean ORDER BY id LIMIT 1`,
  );
  const all = prepare<ListedWork>(
    `SELECT ${WORK_COLUMNS}, merchant.login AS merchant FROM work
     JOIN merchant ON merchant.id = work.merchant_id
     WHERE (:merchant::integer IS NULL OR work.merchant_id = :merchant::integer) AND work.id > :after
     ORDER BY work.id LIMIT :limit`,
  );
  return {
    next: (id, { names, others = false } = ALL_WORK) => next.get(id, [...names], others),
    list: (merchant, part) => all.all({ merchant, ...part }),
  };
}
