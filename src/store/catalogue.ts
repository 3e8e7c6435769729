/** A catalogue: products and billing plans, as handlers ask the store for them. */
import type { BillingPlan, Product } from '../contract/types.generated';
import type { Eventually } from './eventually';
import type { Page, RowPart } from './page';

/** A product or a billing plan as it is kept: whole, as the merchant gave it. */
export interface StoredCatalogueItem<Values> {
  readonly id: number;
  readonly values: Values & { readonly VID: string };
}

export type StoredProduct = StoredCatalogueItem<Product>;
export type StoredBillingPlan = StoredCatalogueItem<BillingPlan>;

/** Look-ups in one merchant's products, or in its billing plans. Lists are in the order in which
 * they were made. */
export interface CatalogueItemReader<Values> {
  findByVid(vid: string): Eventually<StoredCatalogueItem<Values> | undefined>;
  /** Those of these VIDs that are the merchant's, by VID. */
  findByVids(vids: readonly string[]): Eventually<ReadonlyMap<string, StoredCatalogueItem<Values>>>;
  /** By the merchant's own name: merchantProductId or merchantBillingPlanId. */
  findByMerchantId(id: string): Eventually<StoredCatalogueItem<Values> | undefined>;
  /** The first of a page; undefined: the page lies beyond the last. */
  findFirst(page: Page): Eventually<StoredCatalogueItem<Values> | undefined>;
  /**
   * Lists are read in parts. There may be fewer than the limit though others follow, where the items are long; then one
   * at least.
   */
  listAll(part: RowPart): Eventually<Array<StoredCatalogueItem<Values>>>;
  listByStatus(status: string, part: RowPart): Eventually<Array<StoredCatalogueItem<Values>>>;
  /** Those that entitle to that id. */
  listByEntitlementId(
    merchantEntitlementId: string,
    part: RowPart,
  ): Eventually<Array<StoredCatalogueItem<Values>>>;
}

/** The same, and changes of them. Nothing is ever taken out of a catalogue. */
export interface CatalogueItemWriter<Values> extends CatalogueItemReader<Values> {
  insert(values: Values & { readonly VID: string }, createdAt: number): Eventually<number>;
  /** Replaces all that is kept of it; its VID stays. */
  update(id: number, values: Values): Eventually<void>;
}

/** A merchant's catalogue. */
export interface CatalogueReader {
  readonly products: CatalogueItemReader<Product>;
  readonly billingPlans: CatalogueItemReader<BillingPlan>;
}

/** A merchant's catalogue within a unit of work. */
export interface CatalogueWriter extends CatalogueReader {
  readonly products: CatalogueItemWriter<Product>;
  readonly billingPlans: CatalogueItemWriter<BillingPlan>;
}
