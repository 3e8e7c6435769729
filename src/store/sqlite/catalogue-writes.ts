/** Changes of one merchant's catalogue, on the writing connection. */
import type { Database } from 'better-sqlite3';
import type { BillingPlan, Product } from '../../contract/types.generated';
import type { CatalogueWriter, CatalogueItemWriter } from '../catalogue';
import { type CatalogueReads, SqliteCatalogueItemReader } from './catalogue-reads';
import {
  BILLING_PLANS,
  type CatalogueTable,
  entitlementIdsOf,
  type Indexed,
  PRODUCTS,
  toItemColumns,
} from '../rows/catalogue-row';
import { guarded } from './guarded';
import { AMONG } from './many';
import type { PageCursors } from '../listing/page-cursors';
import { toColumn } from './rows';
import { preparingStatements, type Statement } from './statement';

/** Every change, prepared once. */
export interface CatalogueWrites {
  readonly products: CatalogueItemWrites;
  readonly billingPlans: CatalogueItemWrites;
}

/** The changes of one kind of catalogue item. */
export type CatalogueItemWrites = Readonly<
  Record<'insert' | 'update' | 'deleteEntitlementIds' | 'insertEntitlementIds', Statement>
>;

/** Prepares them. */
export function prepareCatalogueWrites(database: Database): CatalogueWrites {
  return {
    products: prepareCatalogueItemWrites(database, PRODUCTS.table),
    billingPlans: prepareCatalogueItemWrites(database, BILLING_PLANS.table),
  };
}

function prepareCatalogueItemWrites(database: Database, table: string): CatalogueItemWrites {
  const prepare = preparingStatements(database);
  return {
    insert: prepare(
      `INSERT INTO ${table} (merchant_id, vid, created_at, merchant_item_id, status, document)
       VALUES (?, ?, ?, ?, ?, ?)`,
    ),
    update: prepare(
      // With the plus sign a merchant's items are not all looked at.
      `UPDATE ${table} SET merchant_item_id = ?, status = ?, document = ?
       WHERE id = ? AND +merchant_id = ?`,
    ),
    // There may be thousands: one statement for all, and none for those that stay.
    deleteEntitlementIds: prepare(
      `DELETE FROM ${table}_entitlement WHERE offer_id = ?
       AND merchant_entitlement_id NOT ${AMONG}`,
    ),
    insertEntitlementIds: prepare(
      `INSERT OR IGNORE INTO ${table}_entitlement
         (offer_id, merchant_id, merchant_entitlement_id)
       SELECT ?, ?, value FROM json_each(?)`,
    ),
  };
}

class SqliteCatalogueItemWriter<Values extends Indexed>
  extends SqliteCatalogueItemReader<Values>
  implements CatalogueItemWriter<Values>
{
  constructor(
    reads: ConstructorParameters<typeof SqliteCatalogueItemReader>[0],
    cursors: PageCursors,
    private readonly writes: CatalogueItemWrites,
    kind: CatalogueTable<Values>,
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
    this.saveEntitlementIds(id, values);
  }

  private saveEntitlementIds(id: number, values: Values): void {
    const ids = JSON.stringify(entitlementIdsOf(values));
    guarded(() => {
      this.writes.deleteEntitlementIds.run(id, ids);
      this.writes.insertEntitlementIds.run(id, this.merchantId, ids);
    });
  }

  private columns(values: Values): unknown[] {
    return toItemColumns(this.kind, values).map(toColumn);
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
    products: new SqliteCatalogueItemWriter<Product>(
      reads.products,
      cursors,
      writes.products,
      PRODUCTS,
      merchantId,
    ),
    billingPlans: new SqliteCatalogueItemWriter<BillingPlan>(
      reads.billingPlans,
      cursors,
      writes.billingPlans,
      BILLING_PLANS,
      merchantId,
    ),
  };
}
