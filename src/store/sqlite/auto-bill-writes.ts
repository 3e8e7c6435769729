/** Changes of one merchant's AutoBills, on the writing connection. */
import type { Database } from 'better-sqlite3';
import type { AutoBillEvent, AutoBillWrites, StoredAutoBill } from '../auto-bills';
import { AUTO_BILL_CHANGING, changingOf } from '../rows/auto-bill-row';
import type { Move } from '../rows/order-row';
import { type AutoBillReadStatements, SqliteAutoBillReads } from './auto-bill-reads';
import { guarded } from './guarded';
import type { PageCursors } from '../listing/page-cursors';
import { toColumn } from './rows';
import { preparingStatements, type Statement } from './statement';

/** Every change, prepared once. */
export type AutoBillWriteStatements = Readonly<
  Record<
    'insert' | 'update' | 'deleteItems' | 'insertItem' | 'insertEvent' | 'move' | 'updateGraceDays',
    Statement
  >
>;

/** Prepares the statements that change AutoBills. */
export function prepareAutoBillWrites(database: Database): AutoBillWriteStatements {
  const prepare = preparingStatements(database);
  const plan = '(SELECT id FROM billing_plan WHERE vid = ?)';
  return {
    insert: prepare(
      `INSERT INTO auto_bill (merchant_id, vid, created_at, billing_plan_id, ${AUTO_BILL_CHANGING.join(', ')})
       VALUES (?, ?, ?, ${plan}, ${AUTO_BILL_CHANGING.map(() => '?').join(', ')})`,
    ),
    update: prepare(
      // With the plus sign a merchant's AutoBills are not all looked at.
      `UPDATE auto_bill SET billing_plan_id = ${plan},
         ${AUTO_BILL_CHANGING.map((column) => `${column} = ?`).join(', ')}
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
        ...changingOf(autoBill).map(toColumn),
      ),
    );
    const id = Number(lastInsertRowid);
    this.insertItems(id, autoBill);
    return id;
  }

  update({ id, ...autoBill }: StoredAutoBill): void {
    guarded(() => {
      const values = [autoBill.billingPlan, ...changingOf(autoBill).map(toColumn)];
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
