/** The two kinds of offer, products and billing plans, and how they differ. */
import type {
  BillingPlan,
  MerchantEntitlementId,
  NameValuePair,
  Product,
} from '../../contract/types.generated';
import type {
  CatalogueReader,
  CatalogueWriter,
  OfferReader,
  OfferWriter,
} from '../../store/catalogue';
import { BILLING_PLAN, type OfferStrings, PRODUCT } from '../returns';

/** What products and billing plans have in common. */
export interface Offer {
  VID?: string | undefined;
  status?: 'Active' | 'Suspended' | undefined;
  nameValues?: NameValuePair[] | undefined;
  merchantEntitlementIds?: MerchantEntitlementId[] | undefined;
}

/** One kind of offer. */
export interface OfferKind<Values extends Offer> {
  /** Its name in a request. */
  readonly element: 'product' | 'billingPlan';
  /** The element that holds the merchant's own name. */
  readonly merchantId: keyof Values & ('merchantProductId' | 'merchantBillingPlanId');
  readonly strings: OfferStrings;
  readonly reader: (catalogue: CatalogueReader) => OfferReader<Values>;
  readonly writer: (catalogue: CatalogueWriter) => OfferWriter<Values>;
}

export const PRODUCTS: OfferKind<Product> = {
  element: 'product',
  merchantId: 'merchantProductId',
  strings: PRODUCT,
  reader: ({ products }) => products,
  writer: ({ products }) => products,
};

export const BILLING_PLANS: OfferKind<BillingPlan> = {
  element: 'billingPlan',
  merchantId: 'merchantBillingPlanId',
  strings: BILLING_PLAN,
  reader: ({ billingPlans }) => billingPlans,
  writer: ({ billingPlans }) => billingPlans,
};

/** The merchant's own name for an offer. */
export function merchantIdOf<Values extends Offer>(
  { merchantId }: OfferKind<Values>,
  values: Values,
): string | undefined {
  return values[merchantId] as string | undefined;
}
