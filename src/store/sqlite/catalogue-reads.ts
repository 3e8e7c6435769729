/** Look-ups in one merchant's catalogue, on any connection. */
import type { BillingPlan, Product } from '../../contract/types.generated';
import type { CatalogueReader, OfferReader, StoredOffer } from '../catalogue';
import type { Page } from '../page';
import { BILLING_PLANS, type OfferTable, PRODUCTS } from './catalogue-tables';
import { AMONG, findMany } from './many';
import type { Cursor, PageCursors } from './page-cursors';
import { readPage } from './page-listing';
import type { Prepare, Query } from './query';

/** Every look-up of a connection, prepared once. */
export interface CatalogueReads {
  readonly products: OfferReads;
  readonly billingPlans: OfferReads;
}

/** The look-ups of one kind of offer. */
export interface OfferReads extends Readonly<
  Record<
    'byVid' | 'byVids' | 'byMerchantId' | 'page' | 'byStatus' | 'byEntitlementId',
    Query<OfferRow>
  >
> {
  readonly nth: Query<Cursor>;
}

/** Prepares them. */
export function prepareCatalogueReads(prepare: Prepare): CatalogueReads {
  return {
    products: prepareOfferReads(prepare, PRODUCTS.table),
    billingPlans: prepareOfferReads(prepare, BILLING_PLANS.table),
  };
}

function prepareOfferReads(prepare: Prepare, table: string): OfferReads {
  const columns = 'id, vid AS VID, merchant_offer_id AS merchantOfferId, document';
  const offers = (rest: string) => prepare<OfferRow>(`SELECT ${columns} FROM ${table} ${rest}`);
  return {
    byVid: offers(`WHERE vid = ? AND merchant_id = ?`),
    byVids: prepare<OfferRow>(
      `SELECT vid, ${columns} FROM ${table} WHERE vid ${AMONG} AND +merchant_id = ?`,
    ),
    byMerchantId: offers(`WHERE merchant_offer_id = ? AND merchant_id = ?`),
    page: offers(`WHERE merchant_id = ? AND position > ? ORDER BY position LIMIT ?`),
    nth: prepare<Cursor>(
      `SELECT 0 AS at, id FROM ${table} WHERE merchant_id = ? AND position > ?
       ORDER BY position LIMIT 1 OFFSET ?`,
    ),
    byStatus: offers(`WHERE merchant_id = ? AND status = ? ORDER BY position`),
    byEntitlementId: offers(
      `WHERE id IN (SELECT offer_id FROM ${table}_entitlement
         WHERE merchant_id = ? AND merchant_entitlement_id = ?) ORDER BY id`,
    ),
  };
}

interface OfferRow {
  readonly id: number;
  readonly VID: string;
  readonly merchantOfferId: string | undefined;
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

  findByVids(vids: readonly string[]): Map<string, StoredOffer<Values>> {
    return findMany(
      vids,
      (vid) => this.findByVid(vid),
      (all) => {
        const rows = this.reads.byVids.allByKey<string>(all, this.merchantId);
        return new Map([...rows].map(([vid, row]) => [vid, this.offer(row)]));
      },
    );
  }

  findByMerchantId(id: string): StoredOffer<Values> | undefined {
    return this.one(this.reads.byMerchantId, id);
  }

  listPage(page: Page): Array<StoredOffer<Values>> {
    const rows = readPage(this.cursors, page, {
      name: `${this.merchantId} ${this.kind.table}`,
      from: 0,
      nth: (start, n) => this.reads.nth.get(this.merchantId, start.id, n),
      rows: (start) => this.reads.page.all(this.merchantId, start.id, page.pageSize),
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

  private one(query: Query<OfferRow>, name: string): StoredOffer<Values> | undefined {
    const row = query.get(name, this.merchantId);
    return row && this.offer(row);
  }

  private all(query: Query<OfferRow>, value: string): Array<StoredOffer<Values>> {
    return query.all(this.merchantId, value).map((row) => this.offer(row));
  }

  private offer({ id, VID, merchantOfferId, document }: OfferRow): StoredOffer<Values> {
    const values = JSON.parse(document) as Values;
    const named = merchantOfferId === undefined ? {} : { [this.kind.merchantId]: merchantOfferId };
    return { id, values: { ...values, ...named, VID } };
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
