/** Changes of one merchant's AutoBills. */
import type { AutoBillEvent, AutoBillWrites, StoredAutoBill } from '../auto-bills';
import type { PageCursors } from '../listing/page-cursors';
import { AUTO_BILL_CHANGING, changingOf } from '../rows/auto-bill-row';
import type { Move } from '../rows/order-row';
import { type AutoBillReadStatements, PostgresAutoBillReads } from './auto-bill-reads';
import type { Change, PrepareChange } from './query';
import type { Shared } from './shared';

/** Every change, prepared once. */
export type AutoBillWriteStatements = Readonly<
  Record<
    'insert' | 'update' | 'deleteItems' | 'insertItem' | 'insertEvent' | 'move' | 'updateGraceDays',
    Change
  >
>;

/** Prepares the statements that change AutoBills. */
export function prepareAutoBillWrites(prepare: PrepareChange): AutoBillWriteStatements {
  const plan = '(SELECT id FROM billing_plan WHERE merchant_id = ? AND vid = ?)';
  return {
    insert: prepare(
      `INSERT INTO auto_bill
         (merchant_id, vid, created_at, billing_plan_id, ${AUTO_BILL_CHANGING.join(', ')})
       VALUES (?, ?, ?, ${plan}, ${AUTO_BILL_CHANGING.map(() => '?').join(', ')}) RETURNING id`,
    ),
    update: prepare(
      `UPDATE auto_bill SET billing_plan_id = ${plan},
         ${AUTO_BILL_CHANGING.map((column) => `${column} = ?`).join(', ')}
       WHERE merchant_id = ? AND id = ?`,
    ),
    deleteItems: prepare('DELETE FROM auto_bill_item WHERE merchant_id = ? AND auto_bill_id = ?'),
    insertItem: prepare(
      `INSERT INTO auto_bill_item
         (merchant_id, auto_bill_id, position, vid, product_id, from_at, until_at, document)
       VALUES (:merchant, :autoBill, :position, :VID,
         (SELECT id FROM product WHERE merchant_id = :merchant AND vid = :product),
         :from, :until, :document)`,
    ),
    insertEvent: prepare(
      'INSERT INTO auto_bill_event (merchant_id, auto_bill_id, type, at) VALUES (?, ?, ?, ?)',
    ),
    move: prepare(
      `UPDATE auto_bill SET account_id = :target WHERE merchant_id = :merchant AND id IN
         (SELECT id FROM auto_bill
          WHERE merchant_id = :merchant AND account_id = :source LIMIT :limit)`,
    ),
    updateGraceDays: prepare('UPDATE merchant SET grace_days = ? WHERE id = ?'),
  };
}

/** One unit's view of AutoBills. */
export class PostgresAutoBillWrites extends PostgresAutoBillReads implements AutoBillWrites {
  constructor(
    reads: AutoBillReadStatements,
    cursors: PageCursors,
    shared: Shared,
    private readonly writes: AutoBillWriteStatements,
    merchantId: number,
  ) {
    super(reads, cursors, shared, merchantId);
  }

  async insert(autoBill: Omit<StoredAutoBill, 'id'>): Promise<number> {
    const { VID, createdAt, billingPlan } = autoBill;
    const { merchantId } = this;
    const id = await this.writes.insert.id(
      ...[merchantId, VID, createdAt, merchantId, billingPlan],
      ...changingOf(autoBill),
    );
    await this.insertItems(id, autoBill);
    return id;
  }

  async update({ id, ...autoBill }: StoredAutoBill): Promise<void> {
    const { merchantId } = this;
    const values = [merchantId, autoBill.billingPlan, ...changingOf(autoBill)];
    await this.writes.update.run(...values, merchantId, id);
    await this.writes.deleteItems.run(merchantId, id);
    await this.insertItems(id, autoBill);
  }

  async insertEvent({ autoBill, type, at }: AutoBillEvent): Promise<void> {
    await this.writes.insertEvent.run(this.merchantId, autoBill, type, at);
  }

  async updateGraceDays(days: number): Promise<void> {
    await this.writes.updateGraceDays.run(days, this.merchantId);
  }

  /** Gives some of the AutoBills of one account to another; both are the merchant's. @returns whether that was all */
  async moveAutoBills(move: Move): Promise<boolean> {
    return (await this.writes.move.run({ merchant: this.merchantId, ...move })) < move.limit;
  }

  private async insertItems(
    autoBill: number,
    { items }: Pick<StoredAutoBill, 'items'>,
  ): Promise<void> {
    const { merchantId: merchant } = this;
    for (const [position, { values, ...item }] of items.entries()) {
      const document = JSON.stringify(values);
      await this.writes.insertItem.run({ merchant, autoBill, position, document, ...item });
    }
  }
}
