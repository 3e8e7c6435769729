/** The tables of the catalogue, alike for products and billing plans. */
import type { BillingPlan, Product } from '../../contract/types.generated';

/** How one kind of catalogue item is kept. */
export interface CatalogueTable<Values> {
  readonly table: 'product' | 'billing_plan';
  /** The element that holds the merchant's own name. */
  readonly merchantId: keyof Values & ('merchantProductId' | 'merchantBillingPlanId');
}

export const PRODUCTS: CatalogueTable<Product> = {
  table: 'product',
  merchantId: 'merchantProductId',
};

export const BILLING_PLANS: CatalogueTable<BillingPlan> = {
  table: 'billing_plan',
  merchantId: 'merchantBillingPlanId',
};
