/** Look-ups in one merchant's catalogue, on any connection. */
import type { BillingPlan, Product } from '../../contract/types.generated';
import type { CatalogueReader, CatalogueItemReader, StoredCatalogueItem } from '../catalogue';
import type { Eventually } from '../eventually';
import type { Page, RowPart } from '../page';
import {
  BILLING_PLANS,
  type CatalogueItemRow,
  type CatalogueTable,
  ITEM_COLUMNS,
  PRODUCTS,
  toItem,
} from '../rows/catalogue-row';
import { AMONG, findMany } from './many';
import type { Cursor, PageCursors } from '../listing/page-cursors';
import { readPage, then } from '../listing/page-listing';
import { MOST_TEXT, type Prepare, type Query } from './query';

/** Every look-up of a connection, prepared once. */
export interface CatalogueReads {
  readonly products: CatalogueItemReads;
  readonly billingPlans: CatalogueItemReads;
}

/** The look-ups of one kind of catalogue item. */
export interface CatalogueItemReads extends Readonly<
  Record<
    'byVid' | 'byVids' | 'byMerchantId' | 'page' | 'byStatus' | 'byEntitlementId',
    Query<CatalogueItemRow>
  >
> {
  readonly nth: Query<Cursor>;
}

/** Prepares them. */
export function prepareCatalogueReads(prepare: Prepare): CatalogueReads {
  return {
    products: prepareCatalogueItemReads(prepare, PRODUCTS.table),
    billingPlans: prepareCatalogueItemReads(prepare, BILLING_PLANS.table),
  };
}

function prepareCatalogueItemReads(prepare: Prepare, table: string): CatalogueItemReads {
  const items = (rest: string) =>
    prepare<CatalogueItemRow>(`SELECT ${ITEM_COLUMNS} FROM ${table} ${rest}`);
  return {
    byVid: items(`WHERE vid = ? AND merchant_id = ?`),
    byVids: prepare<CatalogueItemRow>(
      `SELECT vid, ${ITEM_COLUMNS} FROM ${table} WHERE vid ${AMONG} AND +merchant_id = ?`,
    ),
    byMerchantId: items(`WHERE merchant_item_id = ? AND merchant_id = ?`),
    page: items(`WHERE merchant_id = ? AND position > ? ORDER BY position LIMIT ?`),
    nth: prepare<Cursor>(
      `SELECT 0 AS at, id FROM ${table} WHERE merchant_id = ? AND position > ?
       ORDER BY position LIMIT 1 OFFSET ?`,
    ),
    byStatus: items(
      `WHERE merchant_id = ? AND status = ? AND position > ? ORDER BY position LIMIT ?`,
    ),
    byEntitlementId: items(
      `WHERE id IN (SELECT offer_id FROM ${table}_entitlement
         WHERE merchant_id = ? AND merchant_entitlement_id = ? AND offer_id > ?
         ORDER BY offer_id LIMIT ?) ORDER BY id`,
    ),
  };
}

/** One kind of catalogue item of one merchant. */
export class SqliteCatalogueItemReader<
  Values extends object,
> implements CatalogueItemReader<Values> {
  constructor(
    private readonly reads: CatalogueItemReads,
    private readonly cursors: PageCursors,
    protected readonly kind: CatalogueTable<Values>,
    protected readonly merchantId: number,
  ) {}

  findByVid(vid: string): StoredCatalogueItem<Values> | undefined {
    return this.one(this.reads.byVid, vid);
  }

  findByVids(vids: readonly string[]): Map<string, StoredCatalogueItem<Values>> {
    return findMany(
      vids,
      (vid) => this.findByVid(vid),
      (all) => {
        const rows = this.reads.byVids.allByKey<string>(all, this.merchantId);
        return new Map([...rows].map(([vid, row]) => [vid, toItem(this.kind, row)]));
      },
    );
  }

  findByMerchantId(id: string): StoredCatalogueItem<Values> | undefined {
    return this.one(this.reads.byMerchantId, id);
  }

  findFirst(page: Page): Eventually<StoredCatalogueItem<Values> | undefined> {
    const first = { ...page, part: { from: 0, limit: 1 } };
    const found = readPage(this.cursors, first, {
      name: `${this.merchantId} ${this.kind.table}`,
      from: 0,
      nth: (start, n) => this.reads.nth.get(this.merchantId, start.id, n),
      rows: (start, limit) => this.reads.page.all(this.merchantId, start.id, limit),
      cursor: ({ id }) => ({ at: 0, id }),
    });
    return then(found, ([row]) => row && toItem(this.kind, row));
  }

  listAll({ after, limit }: RowPart): Array<StoredCatalogueItem<Values>> {
    return this.some(this.reads.page, after, limit);
  }

  listByStatus(status: string, { after, limit }: RowPart): Array<StoredCatalogueItem<Values>> {
    return this.some(this.reads.byStatus, status, after, limit);
  }

  listByEntitlementId(
    merchantEntitlementId: string,
    { after, limit }: RowPart,
  ): Array<StoredCatalogueItem<Values>> {
    return this.some(this.reads.byEntitlementId, merchantEntitlementId, after, limit);
  }

  private one(
    query: Query<CatalogueItemRow>,
    name: string,
  ): StoredCatalogueItem<Values> | undefined {
    const row = query.get(name, this.merchantId);
    return row && toItem(this.kind, row);
  }

  private some(
    query: Query<CatalogueItemRow>,
    ...values: readonly unknown[]
  ): Array<StoredCatalogueItem<Values>> {
    return query.some(MOST_TEXT, this.merchantId, ...values).map((row) => toItem(this.kind, row));
  }
}

/** A merchant's catalogue through one connection's statements. */
export function catalogueReader(
  reads: CatalogueReads,
  cursors: PageCursors,
  merchantId: number,
): CatalogueReader {
  return {
    products: new SqliteCatalogueItemReader<Product>(reads.products, cursors, PRODUCTS, merchantId),
    billingPlans: new SqliteCatalogueItemReader<BillingPlan>(
      reads.billingPlans,
      cursors,
      BILLING_PLANS,
      merchantId,
    ),
  };
}
