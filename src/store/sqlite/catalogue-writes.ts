/** Changes of one merchant's catalogue, on the writing connection. */
import type { Database, Statement } from 'better-sqlite3';
import type { BillingPlan, MerchantEntitlementId, Product } from '../../contract/types.generated';
import type { CatalogueWriter, OfferWriter } from '../catalogue';
import { type CatalogueReads, SqliteOfferReader } from './catalogue-reads';
import { BILLING_PLANS, type OfferTable, PRODUCTS } from './catalogue-tables';
import { guarded } from './guarded';
import type { PageCursors } from './page-cursors';
import { toColumn } from './rows';

/** Every change, prepared once. */
export interface CatalogueWrites {
  readonly products: OfferWrites;
  readonly billingPlans: OfferWrites;
}

/** The changes of one kind of offer. */
export type OfferWrites = Readonly<
  Record<'insert' | 'update' | 'deleteEntitlementIds' | 'insertEntitlementId', Statement>
>;

/** Prepares them. */
export function prepareCatalogueWrites(database: Database): CatalogueWrites {
  return {
    products: prepareOfferWrites(database, PRODUCTS.table),
    billingPlans: prepareOfferWrites(database, BILLING_PLANS.table),
  };
}

function prepareOfferWrites(database: Database, table: string): OfferWrites {
  const prepare = (sql: string): Statement => database.prepare(sql);
  return {
    insert: prepare(
      `INSERT INTO ${table} (merchant_id, vid, created_at, merchant_offer_id, status, document)
       VALUES (?, ?, ?, ?, ?, ?)`,
    ),
    update: prepare(
      // With the plus sign a merchant's offers are not all looked at.
      `UPDATE ${table} SET merchant_offer_id = ?, status = ?, document = ?
       WHERE id = ? AND +merchant_id = ?`,
    ),
    deleteEntitlementIds: prepare(`DELETE FROM ${table}_entitlement WHERE offer_id = ?`),
    insertEntitlementId: prepare(
      `INSERT OR IGNORE INTO ${table}_entitlement
         (offer_id, merchant_entitlement_id, merchant_id)
       VALUES (?, ?, ?)`,
    ),
  };
}

/** What an offer's columns are made from, beside the merchant's name. */
interface Indexed {
  readonly VID?: string | undefined;
  readonly status?: string | undefined;
  readonly merchantEntitlementIds?: MerchantEntitlementId[] | undefined;
}

class SqliteOfferWriter<Values extends Indexed>
  extends SqliteOfferReader<Values>
  implements OfferWriter<Values>
{
  constructor(
    reads: ConstructorParameters<typeof SqliteOfferReader>[0],
    cursors: PageCursors,
    private readonly writes: OfferWrites,
    kind: OfferTable<Values>,
    merchantId: number,
  ) {
    super(reads, cursors, kind, merchantId);
  }

  insert(values: Values & { readonly VID: string }, createdAt: number): number {
    const { VID } = values;
    const { lastInsertRowid } = guarded(() =>
      this.writes.insert.run(this.merchantId, VID, createdAt, ...this.columns(values)),
    );
    const id = Number(lastInsertRowid);
    this.saveEntitlementIds(id, values);
    return id;
  }

  update(id: number, values: Values): void {
    guarded(() => this.writes.update.run(...this.columns(values), id, this.merchantId));
    guarded(() => this.writes.deleteEntitlementIds.run(id));
    this.saveEntitlementIds(id, values);
  }

  private saveEntitlementIds(id: number, { merchantEntitlementIds = [] }: Values): void {
    for (const { id: entitlementId } of merchantEntitlementIds) {
      guarded(() => this.writes.insertEntitlementId.run(id, entitlementId, this.merchantId));
    }
  }

  /** The merchant's name, the status, the document. */
  private columns(values: Values): unknown[] {
    const { merchantId } = this.kind;
    const document = { ...values, VID: undefined, [merchantId]: undefined };
    return [values[merchantId], values.status, JSON.stringify(document)].map(toColumn);
  }
}

/** A merchant's catalogue within a unit of work. */
export function catalogueWriter(
  reads: CatalogueReads,
  cursors: PageCursors,
  writes: CatalogueWrites,
  merchantId: number,
): CatalogueWriter {
  return {
    products: new SqliteOfferWriter<Product>(
      reads.products,
      cursors,
      writes.products,
      PRODUCTS,
      merchantId,
    ),
    billingPlans: new SqliteOfferWriter<BillingPlan>(
      reads.billingPlans,
      cursors,
      writes.billingPlans,
      BILLING_PLANS,
      merchantId,
    ),
  };
}
