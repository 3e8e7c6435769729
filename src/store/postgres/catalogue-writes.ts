/** Changes of one merchant's catalogue. */
import type { BillingPlan, Product } from '../../contract/types.generated';
import type { CatalogueItemWriter, CatalogueWriter } from '../catalogue';
import type { PageCursors } from '../listing/page-cursors';
import {
  BILLING_PLANS,
  type CatalogueTable,
  entitlementIdsOf,
  type Indexed,
  PRODUCTS,
  toItemColumns,
} from '../rows/catalogue-row';
import {
  type CatalogueItemReads,
  type CatalogueReads,
  PostgresCatalogueItemReader,
} from './catalogue-reads';
import type { Change, PrepareChange } from './query';

/** Every change, prepared once. */
export interface CatalogueWrites {
  readonly products: CatalogueItemWrites;
  readonly billingPlans: CatalogueItemWrites;
}

/** The changes of one kind of catalogue item. */
export type CatalogueItemWrites = Readonly<
  Record<'insert' | 'update' | 'deleteEntitlementIds' | 'insertEntitlementIds', Change>
>;

/** Prepares them. */
export function prepareCatalogueWrites(prepare: PrepareChange): CatalogueWrites {
  return {
    products: prepareCatalogueItemWrites(prepare, PRODUCTS.table),
    billingPlans: prepareCatalogueItemWrites(prepare, BILLING_PLANS.table),
  };
}

function prepareCatalogueItemWrites(prepare: PrepareChange, table: string): CatalogueItemWrites {
  return {
    insert: prepare(
      `INSERT INTO ${table} (merchant_id, vid, created_at, merchant_item_id, status, document)
       VALUES (?, ?, ?, ?, ?, ?) RETURNING id`,
    ),
    update: prepare(
      `UPDATE ${table} SET merchant_item_id = ?, status = ?, document = ?
       WHERE merchant_id = ? AND id = ?`,
    ),
    // There may be thousands: one statement for all, and none for those that stay.
    deleteEntitlementIds: prepare(
      `DELETE FROM ${table}_entitlement
       WHERE merchant_id = ? AND offer_id = ? AND merchant_entitlement_id <> ALL(?::text[])`,
    ),
    insertEntitlementIds: prepare(
      `INSERT INTO ${table}_entitlement (merchant_id, offer_id, merchant_entitlement_id)
       SELECT ?, ?, unnest(?::text[]) ON CONFLICT DO NOTHING`,
    ),
  };
}

class PostgresCatalogueItemWriter<Values extends Indexed>
  extends PostgresCatalogueItemReader<Values>
  implements CatalogueItemWriter<Values>
{
  constructor(
    reads: CatalogueItemReads,
    cursors: PageCursors,
    private readonly writes: CatalogueItemWrites,
    kind: CatalogueTable<Values>,
    merchantId: number,
  ) {
    super(reads, cursors, kind, merchantId);
  }

  async insert(values: Values & { readonly VID: string }, createdAt: number): Promise<number> {
    const columns = toItemColumns(this.kind, values);
    const id = await this.writes.insert.id(this.merchantId, values.VID, createdAt, ...columns);
    await this.saveEntitlementIds(id, values);
    return id;
  }

  async update(id: number, values: Values): Promise<void> {
    await this.writes.update.run(...toItemColumns(this.kind, values), this.merchantId, id);
    await this.saveEntitlementIds(id, values);
  }

  private async saveEntitlementIds(id: number, values: Values): Promise<void> {
    const ids = [this.merchantId, id, entitlementIdsOf(values)];
    await this.writes.deleteEntitlementIds.run(...ids);
    await this.writes.insertEntitlementIds.run(...ids);
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
    products: new PostgresCatalogueItemWriter<Product>(
      reads.products,
      cursors,
      writes.products,
      PRODUCTS,
      merchantId,
    ),
    billingPlans: new PostgresCatalogueItemWriter<BillingPlan>(
      reads.billingPlans,
      cursors,
      writes.billingPlans,
      BILLING_PLANS,
      merchantId,
    ),
  };
}
