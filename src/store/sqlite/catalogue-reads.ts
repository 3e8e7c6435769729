/** Look-ups in one merchant's catalogue, on any connection. */
import type { Database, Statement } from 'better-sqlite3';
import type { BillingPlan, Product } from '../../contract/types.generated';
import type { CatalogueReader, OfferReader, StoredOffer } from '../catalogue';
import type { Page } from '../store';
import { BILLING_PLANS, type OfferTable, PRODUCTS } from './catalogue-schema';
import { guarded } from './guarded';
import type { PageCursors } from './page-cursors';
import { readPage } from './page-listing';

/** Every look-up of a connection, prepared once. */
export type CatalogueReads = ReturnType<typeof prepareCatalogueReads>;

/** Prepares them. */
export function prepareCatalogueReads(database: Database) {
  return {
    products: prepareOfferReads(database, PRODUCTS.table),
    billingPlans: prepareOfferReads(database, BILLING_PLANS.table),
  };
}

type OfferReads = ReturnType<typeof prepareOfferReads>;

function prepareOfferReads(database: Database, table: string) {
  const prepare = (sql: string): Statement => database.prepare(sql);
  const select = `SELECT id, vid, merchant_offer_id, document FROM ${table}`;
  return {
    byVid: prepare(`${select} WHERE vid = ? AND merchant_id = ?`),
    byMerchantId: prepare(`${select} WHERE merchant_offer_id = ? AND merchant_id = ?`),
    page: prepare(`${select} WHERE merchant_id = ? AND position > ? ORDER BY position LIMIT ?`),
    nth: prepare(
      `SELECT 0 AS at, id FROM ${table} WHERE merchant_id = ? AND position > ?
       ORDER BY position LIMIT 1 OFFSET ?`,
    ),
    byStatus: prepare(`${select} WHERE merchant_id = ? AND status = ? ORDER BY position`),
    byEntitlementId: prepare(
      `${select} WHERE id IN (SELECT offer_id FROM ${table}_entitlement
         WHERE merchant_id = ? AND merchant_entitlement_id = ?) ORDER BY id`,
    ),
  };
}

interface OfferRow {
  readonly id: number;
  readonly vid: string;
  readonly merchant_offer_id: string | null;
  readonly document: string;
}

/** One kind of offer of one merchant. */
export class SqliteOfferReader<Values extends object> implements OfferReader<Values> {
  constructor(
    private readonly reads: OfferReads,
    private readonly cursors: PageCursors,
    protected readonly kind: OfferTable<Values>,
    protected readonly merchantId: number,
  ) {}

  findByVid(vid: string): StoredOffer<Values> | undefined {
    return this.one(this.reads.byVid, vid);
  }

  findByMerchantId(id: string): StoredOffer<Values> | undefined {
    return this.one(this.reads.byMerchantId, id);
  }

  listPage(page: Page): Array<StoredOffer<Values>> {
    const rows = readPage(this.cursors, page, {
      name: `${this.merchantId} ${this.kind.table}`,
      from: 0,
      nth: (start, n) => this.reads.nth.get(this.merchantId, start.id, n),
      rows: (start) => this.reads.page.all(this.merchantId, start.id, page.pageSize) as OfferRow[],
      cursor: ({ id }) => ({ at: 0, id }),
    });
    return rows.map((row) => this.offer(row));
  }

  listByStatus(status: string): Array<StoredOffer<Values>> {
    return this.all(this.reads.byStatus, status);
  }

  listByEntitlementId(merchantEntitlementId: string): Array<StoredOffer<Values>> {
    return this.all(this.reads.byEntitlementId, merchantEntitlementId);
  }

  private one(statement: Statement, name: string): StoredOffer<Values> | undefined {
    const row = guarded(() => statement.get(name, this.merchantId));
    return row === undefined ? undefined : this.offer(row as OfferRow);
  }

  private all(statement: Statement, value: string): Array<StoredOffer<Values>> {
    const rows = guarded(() => statement.all(this.merchantId, value)) as OfferRow[];
    return rows.map((row) => this.offer(row));
  }

  private offer({ id, vid, merchant_offer_id, document }: OfferRow): StoredOffer<Values> {
    const values = JSON.parse(document) as Values;
    const named = merchant_offer_id === null ? {} : { [this.kind.merchantId]: merchant_offer_id };
    return { id, values: { ...values, ...named, VID: vid } };
  }
}

/** A merchant's catalogue through one connection's statements. */
export function catalogueReader(
  reads: CatalogueReads,
  cursors: PageCursors,
  merchantId: number,
): CatalogueReader {
  return {
    products: new SqliteOfferReader<Product>(reads.products, cursors, PRODUCTS, merchantId),
    billingPlans: new SqliteOfferReader<BillingPlan>(
      reads.billingPlans,
      cursors,
      BILLING_PLANS,
      merchantId,
    ),
  };
}
