/** Look-ups in one merchant's catalogue. */
import type { BillingPlan, Product } from '../../contract/types.generated';
import type { CatalogueItemReader, CatalogueReader, StoredCatalogueItem } from '../catalogue';
import type { Cursor, PageCursors } from '../listing/page-cursors';
import { readPage } from '../listing/page-listing';
import type { Page, RowPart } from '../page';
import {
  BILLING_PLANS,
  type CatalogueItemRow,
  type CatalogueTable,
  ITEM_COLUMNS,
  PRODUCTS,
  toItem,
} from '../rows/catalogue-row';
import { MOST_TEXT, type Prepare, type Query } from './query';

/** Every look-up, prepared once. */
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
    prepare<CatalogueItemRow>(
      `SELECT ${ITEM_COLUMNS} FROM ${table} WHERE merchant_id = :merchant AND ${rest}`,
    );
  return {
    byVid: items('vid = :name'),
    byVids: prepare<CatalogueItemRow>(
      `SELECT vid, ${ITEM_COLUMNS} FROM ${table} WHERE merchant_id = ? AND vid = ANY(?::text[])`,
    ),
    byMerchantId: items('merchant_item_id = :name'),
    page: items('id > :after ORDER BY id LIMIT :limit'),
    nth: prepare<Cursor>(
      `SELECT 0 AS at, id FROM ${table} WHERE merchant_id = ? AND id > ?
       ORDER BY id LIMIT 1 OFFSET ?`,
    ),
    byStatus: items('status = :status AND id > :after ORDER BY id LIMIT :limit'),
    byEntitlementId: items(
      `id IN (SELECT offer_id FROM ${table}_entitlement
         WHERE merchant_id = :merchant AND merchant_entitlement_id = :id AND offer_id > :after
         ORDER BY offer_id LIMIT :limit) ORDER BY id`,
    ),
  };
}

/** One kind of catalogue item of one merchant. */
export class PostgresCatalogueItemReader<
  Values extends object,
> implements CatalogueItemReader<Values> {
  constructor(
    private readonly reads: CatalogueItemReads,
    private readonly cursors: PageCursors,
    protected readonly kind: CatalogueTable<Values>,
    protected readonly merchantId: number,
  ) {}

  findByVid(vid: string): Promise<StoredCatalogueItem<Values> | undefined> {
    return this.one(this.reads.byVid, vid);
  }

  async findByVids(vids: readonly string[]): Promise<Map<string, StoredCatalogueItem<Values>>> {
    const rows = await this.reads.byVids.allByKey<string>(this.merchantId, vids);
    return new Map([...rows].map(([vid, row]) => [vid, toItem(this.kind, row)]));
  }

  findByMerchantId(id: string): Promise<StoredCatalogueItem<Values> | undefined> {
    return this.one(this.reads.byMerchantId, id);
  }

  async findFirst(page: Page): Promise<StoredCatalogueItem<Values> | undefined> {
    const { merchantId: merchant } = this;
    const first = { ...page, part: { from: 0, limit: 1 } };
    const [row] = await readPage(this.cursors, first, {
      name: `${merchant} ${this.kind.table}`,
      from: 0,
      nth: ({ id }, n) => this.reads.nth.get(merchant, id, n),
      rows: ({ id }, limit) => this.reads.page.all({ merchant, after: id, limit }),
      cursor: ({ id }) => ({ at: 0, id }),
    });
    return row && toItem(this.kind, row);
  }

  listAll(part: RowPart): Promise<Array<StoredCatalogueItem<Values>>> {
    return this.some(this.reads.page, { ...part });
  }

  listByStatus(status: string, part: RowPart): Promise<Array<StoredCatalogueItem<Values>>> {
    return this.some(this.reads.byStatus, { status, ...part });
  }

  listByEntitlementId(id: string, part: RowPart): Promise<Array<StoredCatalogueItem<Values>>> {
    return this.some(this.reads.byEntitlementId, { id, ...part });
  }

  private async one(
    query: Query<CatalogueItemRow>,
    name: string,
  ): Promise<StoredCatalogueItem<Values> | undefined> {
    const row = await query.get({ merchant: this.merchantId, name });
    return row && toItem(this.kind, row);
  }

  private async some(
    query: Query<CatalogueItemRow>,
    place: RowPart & Readonly<Record<string, unknown>>,
  ): Promise<Array<StoredCatalogueItem<Values>>> {
    const rows = await query.some(MOST_TEXT, { merchant: this.merchantId, ...place });
    return rows.map((row) => toItem(this.kind, row));
  }
}

/** A merchant's catalogue. */
export function catalogueReader(
  { products, billingPlans }: CatalogueReads,
  cursors: PageCursors,
  merchantId: number,
): CatalogueReader {
  return {
    products: new PostgresCatalogueItemReader<Product>(products, cursors, PRODUCTS, merchantId),
    billingPlans: new PostgresCatalogueItemReader<BillingPlan>(
      ...([billingPlans, cursors, BILLING_PLANS, merchantId] as const),
    ),
  };
}
