/** Look-ups in one merchant's AutoBills, on any connection. */
import type { Database, Statement } from 'better-sqlite3';
import type { AutoBillEventType } from '../../contract/types.generated';
import type { AutoBillReads, StoredAutoBill } from '../auto-bills';
import type { Eventually } from '../eventually';
import type { Page, RowPart, Span } from '../page';
import type { Walk } from '../walk';
import {
  AUTO_BILL_COLUMNS,
  type AutoBillEventRow,
  type AutoBillRow,
  ITEM_COLUMNS,
  type ItemRow,
  toAutoBill,
} from '../rows/auto-bill-row';
import { guarded } from './guarded';
import { AMONG, findMany, listMany } from './many';
import type { Cursor, PageCursors } from '../listing/page-cursors';
import { readPage, then } from '../listing/page-listing';
import type { Prepare, Query } from './query';
import { prepareWalk, type WalkStatements, walkThrough } from './walks';

/** Every look-up of a connection, prepared once. */
export interface AutoBillReadStatements extends Readonly<
  Record<
    'byId' | 'byIds' | 'byVid' | 'byVids' | 'byMerchantAutoBillId' | 'byAccount' | 'due',
    Query<AutoBillRow>
  >
> {
  readonly ofAccount: WalkStatements;
  readonly ofBillingPlan: WalkStatements;
  readonly ofProduct: WalkStatements;
  readonly items: Query<ItemRow>;
  readonly itemsOf: Query<ItemRow>;
  readonly changes: Query<AutoBillEventRow>;
  readonly nthChange: Query<Cursor>;
  readonly graceDays: Statement;
}

const AUTO_BILLS = `${AUTO_BILL_COLUMNS}
  FROM auto_bill CROSS JOIN billing_plan AS plan ON plan.id = billing_plan_id`;

const ITEMS = `${ITEM_COLUMNS}
  FROM auto_bill_item CROSS JOIN product ON product.id = product_id`;

/** Merchant, a cursor, the end of the span, types as JSON, the start of the span. */
const CHANGED_AFTER = `merchant_id = ? AND (at, position) > (?, ?) AND at < ?
  AND type IN (SELECT value FROM json_each(?))
  AND NOT EXISTS (SELECT 1 FROM auto_bill_event AS earlier
    WHERE earlier.auto_bill_id = event.auto_bill_id AND earlier.at >= ?
      AND (earlier.at, earlier.position) < (event.at, event.position)
      AND earlier.type IN (SELECT value FROM json_each(?)))`;

/** Columns that are kept as 0 and 1. */
const FLAGS = ['wholeDays'];

/** Prepares them. */
export function prepareAutoBillReads(database: Database, prepare: Prepare): AutoBillReadStatements {
  const autoBills = (condition: string) =>
    prepare<AutoBillRow>(`SELECT ${AUTO_BILLS} WHERE ${condition}`, FLAGS);
  const keyed = (key: string) =>
    prepare<AutoBillRow>(
      `SELECT ${key}, ${AUTO_BILLS} WHERE ${key} ${AMONG} AND +auto_bill.merchant_id = ?`,
      FLAGS,
    );
  return {
    byId: autoBills(`auto_bill.id = ? AND auto_bill.merchant_id = ?`),
    byIds: keyed('auto_bill.id'),
    byVids: keyed('auto_bill.vid'),
    byVid: autoBills(`auto_bill.vid = ? AND auto_bill.merchant_id = ?`),
    byMerchantAutoBillId: autoBills(`merchant_auto_bill_id = ? AND auto_bill.merchant_id = ?`),
    byAccount: autoBills(
      // With the plus sign a merchant's AutoBills are not all looked at.
      `account_id = ? AND +auto_bill.merchant_id = ? AND auto_bill.id > ?
       ORDER BY auto_bill.id LIMIT ?`,
    ),
    ofAccount: prepareWalk(prepare, { table: 'auto_bill', key: 'account_id', row: 'id' }),
    ofBillingPlan: prepareWalk(prepare, { table: 'auto_bill', key: 'billing_plan_id', row: 'id' }),
    ofProduct: prepareWalk(prepare, {
      table: 'auto_bill_item',
      key: 'product_id',
      row: 'auto_bill_id',
    }),
    due: autoBills(
      `auto_bill.due_at <= ? AND auto_bill.merchant_id = ? ORDER BY due_at, auto_bill.id LIMIT ?`,
    ),
    items: prepare<ItemRow>(
      `SELECT ${ITEMS} WHERE auto_bill_id = ? ORDER BY auto_bill_item.position`,
    ),
    itemsOf: prepare<ItemRow>(
      `SELECT auto_bill_id, ${ITEMS} WHERE auto_bill_id ${AMONG}
       ORDER BY auto_bill_id, auto_bill_item.position`,
    ),
    changes: prepare<AutoBillEventRow>(
      `SELECT id, at, auto_bill_id AS autoBill FROM auto_bill_event AS event
       WHERE ${CHANGED_AFTER} ORDER BY at, position LIMIT ?`,
    ),
    nthChange: prepare<Cursor>(
      `SELECT at, id FROM auto_bill_event AS event
       WHERE ${CHANGED_AFTER} ORDER BY at, position LIMIT 1 OFFSET ?`,
    ),
    graceDays: database.prepare('SELECT grace_days FROM merchant WHERE id = ?').pluck(),
  };
}

/** AutoBills of one merchant. */
export class SqliteAutoBillReads implements AutoBillReads {
  constructor(
    private readonly reads: AutoBillReadStatements,
    private readonly cursors: PageCursors,
    protected readonly merchantId: number,
  ) {}

  find(id: number): StoredAutoBill | undefined {
    return this.all(this.reads.byId, id)[0];
  }

  findByVid(vid: string): StoredAutoBill | undefined {
    return this.all(this.reads.byVid, vid)[0];
  }

  findByVids(vids: readonly string[]): Map<string, StoredAutoBill> {
    return findMany(
      vids,
      (vid) => this.findByVid(vid),
      (all) => this.assembleByKey(this.reads.byVids.allByKey(all, this.merchantId)),
    );
  }

  findByMerchantAutoBillId(id: string): StoredAutoBill | undefined {
    return this.all(this.reads.byMerchantAutoBillId, id)[0];
  }

  listByAccount(accountId: number, { after, limit }: RowPart): StoredAutoBill[] {
    return this.all(this.reads.byAccount, accountId, after, limit);
  }

  get ofAccount(): Walk {
    return walkThrough(this.reads.ofAccount);
  }

  get ofBillingPlan(): Walk {
    return walkThrough(this.reads.ofBillingPlan);
  }

  get ofProduct(): Walk {
    return walkThrough(this.reads.ofProduct);
  }

  listChanged(
    { from, until }: Span,
    types: readonly AutoBillEventType[],
    page: Page,
  ): Eventually<StoredAutoBill[]> {
    const wanted = JSON.stringify(types);
    const place = ({ at, id }: Cursor) => [this.merchantId, at, id, until, wanted, from, wanted];
    const events = readPage(this.cursors, page, {
      name: `${this.merchantId} AutoBills ${from} ${wanted}`,
      from,
      nth: (start, n) => this.reads.nthChange.get(...place(start), n),
      rows: (start, limit) => this.reads.changes.all(...place(start), limit),
      cursor: ({ at, id }) => ({ at, id }),
    });
    return then(events, (rows) => {
      const found = this.findByIds(rows.map(({ autoBill }) => autoBill));
      return rows.flatMap(({ autoBill }) => found.get(autoBill) ?? []);
    });
  }

  listDue(now: number, limit: number): StoredAutoBill[] {
    return this.all(this.reads.due, now, limit);
  }

  findGraceDays(): number {
    return guarded(() => this.reads.graceDays.get(this.merchantId)) as number;
  }

  private all(
    query: Query<AutoBillRow>,
    value: string | number,
    ...more: readonly number[]
  ): StoredAutoBill[] {
    return this.assemble(query.all(value, this.merchantId, ...more));
  }

  private findByIds(ids: readonly number[]): Map<number, StoredAutoBill> {
    return findMany(
      ids,
      (id) => this.find(id),
      (all) => this.assembleByKey(this.reads.byIds.allByKey(all, this.merchantId)),
    );
  }

  private assembleByKey<Key>(rows: ReadonlyMap<Key, AutoBillRow>): Map<Key, StoredAutoBill> {
    const autoBills = this.assemble([...rows.values()]);
    return new Map([...rows.keys()].map((key, index) => [key, autoBills[index] as StoredAutoBill]));
  }

  /** AutoBills with their items, in the order of the rows. */
  private assemble(rows: readonly AutoBillRow[]): StoredAutoBill[] {
    const { items, itemsOf } = this.reads;
    const itemsById = listMany(
      rows.map(({ id }) => id),
      (id) => items.all(id),
      (ids) => itemsOf.listsByKey(ids),
    );
    return rows.map((row) => toAutoBill(row, itemsById.get(row.id) ?? []));
  }
}
