/** The two kinds of item, products and billing plans, and how they differ. */
import type {
  BillingPlan,
  MerchantEntitlementId,
  NameValuePair,
  Product,
} from '../../contract/types.generated';
import type {
  CatalogueReader,
  CatalogueWriter,
  CatalogueItemReader,
  CatalogueItemWriter,
} from '../../store/catalogue';
import { BILLING_PLAN, type CatalogueStrings, PRODUCT } from '../returns';

/** The common part of products and billing plans. */
export interface CatalogueItem {
  VID?: string | undefined;
  status?: 'Active' | 'Suspended' | undefined;
  nameValues?: NameValuePair[] | undefined;
  merchantEntitlementIds?: MerchantEntitlementId[] | undefined;
}

/** One kind of catalogue item. */
export interface CatalogueKind<Values extends CatalogueItem> {
  /** Its name in a request. */
  readonly element: 'product' | 'billingPlan';
  /** The element that holds the merchant's own name. */
  readonly merchantId: keyof Values & ('merchantProductId' | 'merchantBillingPlanId');
  readonly strings: CatalogueStrings;
  readonly reader: (catalogue: CatalogueReader) => CatalogueItemReader<Values>;
  readonly writer: (catalogue: CatalogueWriter) => CatalogueItemWriter<Values>;
}

export const PRODUCTS: CatalogueKind<Product> = {
  element: 'product',
  merchantId: 'merchantProductId',
  strings: PRODUCT,
  reader: ({ products }) => products,
  writer: ({ products }) => products,
};

export const BILLING_PLANS: CatalogueKind<BillingPlan> = {
  element: 'billingPlan',
  merchantId: 'merchantBillingPlanId',
  strings: BILLING_PLAN,
  reader: ({ billingPlans }) => billingPlans,
  writer: ({ billingPlans }) => billingPlans,
};

/** The merchant's own name for a catalogue item. */
export function merchantIdOf<Values extends CatalogueItem>(
  { merchantId }: CatalogueKind<Values>,
  values: Values,
): string | undefined {
  return values[merchantId] as string | undefined;
}
