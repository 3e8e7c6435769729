/** Changes of one merchant's AutoBills, on the writing connection. */
import type { Database, Statement } from 'better-sqlite3';
import type { AutoBillEvent, AutoBillWrites, StoredAutoBill } from '../auto-bills';
import { type AutoBillReadStatements, SqliteAutoBillReads } from './auto-bill-reads';
import { guarded } from './guarded';
import type { Move } from './order-writes';
import type { PageCursors } from '../listing/page-cursors';
import { toColumn } from './rows';

/** Every change, prepared once. */
export type AutoBillWriteStatements = Readonly<
  Record<
    'insert' | 'update' | 'deleteItems' | 'insertItem' | 'insertEvent' | 'move' | 'updateGraceDays',
    Statement
  >
>;

const COLUMNS = [
  'account_id',
  'merchant_auto_bill_id',
  'start_at',
  'plan_start_at',
  'billed_from_period',
  'billed_from_at',
  'billing_day',
  'moved_period',
  'moved_at',
  'delayed_days',
  'cancelled_at',
  'ends_at',
  'retry_since',
  'grace_until',
  'failed_at',
  'whole_days',
  'document',
  'due_at',
];

/** The columns' values, in their order. */
function columnsOf({ course, ...autoBill }: Omit<StoredAutoBill, 'id'>): unknown[] {
  return [
    autoBill.accountId,
    autoBill.merchantAutoBillId,
    course.start,
    course.planStart,
    course.billedFrom.period,
    course.billedFrom.at,
    course.billedFrom.billingDay,
    course.moved?.period,
    course.moved?.at,
    course.delayedDays,
    course.cancelledAt,
    course.endsAt,
    course.retrySince,
    course.graceUntil,
    course.failedAt,
    course.wholeDays,
    JSON.stringify(autoBill.values),
    autoBill.dueAt,
  ].map(toColumn);
}

/** Prepares the statements that change AutoBills. */
export function prepareAutoBillWrites(database: Database): AutoBillWriteStatements {
  const prepare = (sql: string): Statement => database.prepare(sql);
  const plan = '(SELECT id FROM billing_plan WHERE vid = ?)';
  return {
    insert: prepare(
      `INSERT INTO auto_bill (merchant_id, vid, created_at, billing_plan_id, ${COLUMNS.join(', ')})
       VALUES (?, ?, ?, ${plan}, ${COLUMNS.map(() => '?').join(', ')})`,
    ),
    update: prepare(
      // With the plus sign a merchant's AutoBills are not all looked at.
      `UPDATE auto_bill SET billing_plan_id = ${plan},
         ${COLUMNS.map((column) => `${column} = ?`).join(', ')}
       WHERE id = ? AND +merchant_id = ?`,
    ),
    deleteItems: prepare('DELETE FROM auto_bill_item WHERE auto_bill_id = ?'),
    insertItem: prepare(
      `INSERT INTO auto_bill_item
         (auto_bill_id, position, vid, product_id, from_at, until_at, document)
       VALUES (?, ?, ?, (SELECT id FROM product WHERE vid = ?), ?, ?, ?)`,
    ),
    insertEvent: prepare(
      'INSERT INTO auto_bill_event (merchant_id, auto_bill_id, type, at) VALUES (?, ?, ?, ?)',
    ),
    move: prepare(
      `UPDATE auto_bill SET account_id = :target WHERE id IN
         (SELECT id FROM auto_bill WHERE account_id = :source LIMIT +:limit)`,
    ),
    updateGraceDays: prepare('UPDATE merchant SET grace_days = ? WHERE id = ?'),
  };
}

/** One unit's view of AutoBills; its caller opens and closes the transaction. */
export class SqliteAutoBillWrites extends SqliteAutoBillReads implements AutoBillWrites {
  constructor(
    reads: AutoBillReadStatements,
    cursors: PageCursors,
    private readonly writes: AutoBillWriteStatements,
    merchantId: number,
  ) {
    super(reads, cursors, merchantId);
  }

  insert(autoBill: Omit<StoredAutoBill, 'id'>): number {
    const { VID, createdAt, billingPlan } = autoBill;
    const { lastInsertRowid } = guarded(() =>
      this.writes.insert.run(
        ...[this.merchantId, VID, createdAt, billingPlan],
        ...columnsOf(autoBill),
      ),
    );
    const id = Number(lastInsertRowid);
    this.insertItems(id, autoBill);
    return id;
  }

  update({ id, ...autoBill }: StoredAutoBill): void {
    guarded(() => {
      const values = [autoBill.billingPlan, ...columnsOf(autoBill)];
      this.writes.update.run(...values, id, this.merchantId);
      this.writes.deleteItems.run(id);
    });
    this.insertItems(id, autoBill);
  }

  insertEvent({ autoBill, type, at }: AutoBillEvent): void {
    guarded(() => this.writes.insertEvent.run(this.merchantId, autoBill, type, at));
  }

  updateGraceDays(days: number): void {
    guarded(() => this.writes.updateGraceDays.run(days, this.merchantId));
  }

  /** Gives some of the AutoBills of one account to another; both are the merchant's. @returns whether that was all */
  moveAutoBills(move: Move): boolean {
    return guarded(() => this.writes.move.run(move).changes < move.limit);
  }

  private insertItems(id: number, { items }: Pick<StoredAutoBill, 'items'>): void {
    guarded(() => {
      items.forEach(({ VID, product, from, until, values }, position) => {
        const document = JSON.stringify(values);
        this.writes.insertItem.run(id, position, VID, product, from, toColumn(until), document);
      });
    });
  }
}
