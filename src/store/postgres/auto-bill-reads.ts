/** Look-ups in one merchant's AutoBills. */
import type { AutoBillEventType } from '../../contract/types.generated';
import type { AutoBillReads, StoredAutoBill } from '../auto-bills';
import { type Cursor, type PageCursors } from '../listing/page-cursors';
import { readPage } from '../listing/page-listing';
import type { Page, RowPart, Span } from '../page';
import {
  AUTO_BILL_COLUMNS,
  type AutoBillEventRow,
  type AutoBillRow,
  ITEM_COLUMNS,
  type ItemRow,
  toAutoBill,
} from '../rows/auto-bill-row';
import type { Walk } from '../walk';
import type { Prepare, Query } from './query';
import type { Shared } from './shared';
import { prepareWalk, type WalkStatements, walkThrough } from './walks';

/** Every look-up, prepared once. */
export interface AutoBillReadStatements extends Readonly<
  Record<
    'byId' | 'byIds' | 'byVid' | 'byVids' | 'byMerchantAutoBillId' | 'byAccount' | 'due',
    Query<AutoBillRow>
  >
> {
  readonly ofAccount: WalkStatements;
  readonly ofBillingPlan: WalkStatements;
  readonly ofProduct: WalkStatements;
  readonly itemsOf: Query<ItemRow>;
  readonly changes: Query<AutoBillEventRow>;
  readonly nthChange: Query<Cursor>;
  readonly graceDays: Query<{ readonly days: number }>;
}

const AUTO_BILLS = `${AUTO_BILL_COLUMNS} FROM auto_bill JOIN billing_plan AS plan
    ON plan.merchant_id = auto_bill.merchant_id AND plan.id = billing_plan_id
  WHERE auto_bill.merchant_id = ?`;

/** Events in the span after a cursor, each AutoBill's first alone. */
const CHANGED_AFTER = `FROM auto_bill_event AS event
  WHERE merchant_id = :merchant AND (at, id) > (:at, :id) AND at < :until
    AND type = ANY(:types::text[])
    AND NOT EXISTS (SELECT 1 FROM auto_bill_event AS earlier
      WHERE earlier.merchant_id = :merchant AND earlier.auto_bill_id = event.auto_bill_id
        AND earlier.at >= :from AND (earlier.at, earlier.id) < (event.at, event.id)
        AND earlier.type = ANY(:types::text[]))
  ORDER BY at, id`;

/** Prepares them. */
export function prepareAutoBillReads(prepare: Prepare): AutoBillReadStatements {
  const autoBills = (condition: string) =>
    prepare<AutoBillRow>(`SELECT ${AUTO_BILLS} AND ${condition}`);
  const keyed = (key: string, type: string) =>
    prepare<AutoBillRow>(
      `SELECT auto_bill.${key}, ${AUTO_BILLS} AND auto_bill.${key} = ANY(?::${type}[])`,
    );
  return {
    byId: autoBills('auto_bill.id = ?'),
    byIds: keyed('id', 'bigint'),
    byVids: keyed('vid', 'text'),
    byVid: autoBills('auto_bill.vid = ?'),
    byMerchantAutoBillId: autoBills('merchant_auto_bill_id = ?'),
    byAccount: autoBills('account_id = ? AND auto_bill.id > ? ORDER BY auto_bill.id LIMIT ?'),
    ofAccount: prepareWalk(prepare, { table: 'auto_bill', key: 'account_id', row: 'id' }),
    ofBillingPlan: prepareWalk(prepare, { table: 'auto_bill', key: 'billing_plan_id', row: 'id' }),
    ofProduct: prepareWalk(prepare, {
      table: 'auto_bill_item',
      key: 'product_id',
      row: 'auto_bill_id',
    }),
    due: autoBills('due_at <= ? ORDER BY due_at, auto_bill.id LIMIT ?'),
    itemsOf: prepare<ItemRow>(
      `SELECT auto_bill_id, ${ITEM_COLUMNS} FROM auto_bill_item JOIN product
         ON product.merchant_id = auto_bill_item.merchant_id AND product.id = product_id
       WHERE auto_bill_item.merchant_id = ? AND auto_bill_id = ANY(?::bigint[])
       ORDER BY auto_bill_id, auto_bill_item.position`,
    ),
    changes: prepare<AutoBillEventRow>(
      `SELECT id, at, auto_bill_id AS "autoBill" ${CHANGED_AFTER} LIMIT :limit`,
    ),
    nthChange: prepare<Cursor>(`SELECT at, id ${CHANGED_AFTER} LIMIT 1 OFFSET :n`),
    graceDays: prepare('SELECT grace_days AS days FROM merchant WHERE id = ?'),
  };
}

/** AutoBills of one merchant. */
export class PostgresAutoBillReads implements AutoBillReads {
  constructor(
    private readonly reads: AutoBillReadStatements,
    private readonly cursors: PageCursors,
    private readonly shared: Shared,
    protected readonly merchantId: number,
  ) {}

  find(id: number): Promise<StoredAutoBill | undefined> {
    return this.one(this.reads.byId, id);
  }

  findByVid(vid: string): Promise<StoredAutoBill | undefined> {
    return this.one(this.reads.byVid, vid);
  }

  async findByVids(vids: readonly string[]): Promise<Map<string, StoredAutoBill>> {
    return this.assembleByKey(await this.reads.byVids.allByKey<string>(this.merchantId, vids));
  }

  findByMerchantAutoBillId(id: string): Promise<StoredAutoBill | undefined> {
    return this.one(this.reads.byMerchantAutoBillId, id);
  }

  async listByAccount(accountId: number, { after, limit }: RowPart): Promise<StoredAutoBill[]> {
    const { byAccount } = this.reads;
    return this.assemble(await byAccount.all(this.merchantId, accountId, after, limit));
  }

  get ofAccount(): Walk {
    return walkThrough(this.reads.ofAccount, this.merchantId);
  }

  get ofBillingPlan(): Walk {
    return walkThrough(this.reads.ofBillingPlan, this.merchantId);
  }

  get ofProduct(): Walk {
    return walkThrough(this.reads.ofProduct, this.merchantId);
  }

  async listChanged(
    { from, until }: Span,
    types: readonly AutoBillEventType[],
    page: Page,
  ): Promise<StoredAutoBill[]> {
    await this.shared(this.merchantId, until);
    const span = { merchant: this.merchantId, from, until, types };
    const events = await readPage(this.cursors, page, {
      name: `${this.merchantId} AutoBills ${from} ${JSON.stringify(types)}`,
      from,
      nth: ({ at, id }, n) => this.reads.nthChange.get({ ...span, at, id, n }),
      rows: ({ at, id }, limit) => this.reads.changes.all({ ...span, at, id, limit }),
      cursor: ({ at, id }) => ({ at, id }),
    });
    const ids = events.map(({ autoBill }) => autoBill);
    const found = await this.assembleByKey(
      await this.reads.byIds.allByKey<number>(this.merchantId, ids),
    );
    return ids.flatMap((id) => found.get(id) ?? []);
  }

  async listDue(now: number, limit: number): Promise<StoredAutoBill[]> {
    return this.assemble(await this.reads.due.all(this.merchantId, now, limit));
  }

  async findGraceDays(): Promise<number> {
    return (await this.reads.graceDays.get(this.merchantId))?.days ?? 0;
  }

  private async one(
    query: Query<AutoBillRow>,
    name: string | number,
  ): Promise<StoredAutoBill | undefined> {
    const [found] = await this.assemble(await query.all(this.merchantId, name));
    return found;
  }

  private async assembleByKey<Key>(
    rows: ReadonlyMap<Key, AutoBillRow>,
  ): Promise<Map<Key, StoredAutoBill>> {
    const autoBills = await this.assemble([...rows.values()]);
    return new Map([...rows.keys()].map((key, index) => [key, autoBills[index] as StoredAutoBill]));
  }

  /** AutoBills with their items, in the order of the rows. */
  private async assemble(rows: readonly AutoBillRow[]): Promise<StoredAutoBill[]> {
    if (rows.length === 0) return [];
    const ids = rows.map(({ id }) => id);
    const items = await this.reads.itemsOf.listsByKey<number>(this.merchantId, ids);
    return rows.map((row) => toAutoBill(row, items.get(row.id) ?? []));
  }
}
