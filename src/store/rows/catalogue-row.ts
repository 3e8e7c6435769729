/** Products and billing plans as they are read and written: their tables are alike. */
import type { BillingPlan, MerchantEntitlementId, Product } from '../../contract/types.generated';
import type { StoredCatalogueItem } from '../catalogue';

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

/** The columns read of an item. */
export const ITEM_COLUMNS = 'id, vid AS "VID", merchant_item_id AS "merchantItemId", document';

/** An item as it is read. */
export interface CatalogueItemRow {
  readonly id: number;
  readonly VID: string;
  readonly merchantItemId: string | undefined;
  readonly document: string;
}

/** An item from its row. */
export function toItem<Values>(
  kind: CatalogueTable<Values>,
  { id, VID, merchantItemId, document }: CatalogueItemRow,
): StoredCatalogueItem<Values> {
  const values = JSON.parse(document) as Values;
  const named = merchantItemId === undefined ? {} : { [kind.merchantId]: merchantItemId };
  return { id, values: { ...values, ...named, VID } };
}

/** The source of a catalogue item's columns, beside the merchant's name. */
export interface Indexed {
  readonly VID?: string | undefined;
  readonly status?: string | undefined;
  readonly merchantEntitlementIds?: MerchantEntitlementId[] | undefined;
}

/** The merchant's name, the status, the document. */
export function toItemColumns<Values extends Indexed>(
  { merchantId }: CatalogueTable<Values>,
  values: Values,
): unknown[] {
  const document = { ...values, VID: undefined, [merchantId]: undefined };
  return [values[merchantId], values.status, JSON.stringify(document)];
}

/** The ids that an item entitles to. */
export function entitlementIdsOf({ merchantEntitlementIds = [] }: Indexed) {
  return merchantEntitlementIds.map(({ id }) => id);
}
