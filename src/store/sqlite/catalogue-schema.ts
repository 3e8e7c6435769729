/** The tables of the catalogue, alike for products and billing plans. */
import type { BillingPlan, Product } from '../../contract/types.generated';

/** How one kind of offer is kept. */
export interface OfferTable<Values> {
  readonly table: 'product' | 'billing_plan';
  /** The element that holds the merchant's own name. */
  readonly merchantId: keyof Values & ('merchantProductId' | 'merchantBillingPlanId');
}

export const PRODUCTS: OfferTable<Product> = { table: 'product', merchantId: 'merchantProductId' };

export const BILLING_PLANS: OfferTable<BillingPlan> = {
  table: 'billing_plan',
  merchantId: 'merchantBillingPlanId',
};

/** The step that makes them. */
export const CATALOGUE_SCHEMA = [PRODUCTS, BILLING_PLANS].map(offerTables).join('\n');

function offerTables({ table }: { table: string }): string {
  return `
  CREATE TABLE ${table} (
    id INTEGER PRIMARY KEY,
    merchant_id INTEGER NOT NULL REFERENCES merchant,
    vid TEXT NOT NULL UNIQUE,
    -- The merchant's own name for it.
    merchant_offer_id TEXT,
    status TEXT,
    -- The contract's object as JSON, without VID and the merchant's name.
    document TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    -- The id once more: a range over it is looked up in an index only under another name.
    position INTEGER NOT NULL AS (id),
    UNIQUE (merchant_id, merchant_offer_id)
  ) STRICT;

  CREATE INDEX ${table}_listed ON ${table} (merchant_id, position);
  CREATE INDEX ${table}_status ON ${table} (merchant_id, status, position);

  -- What it entitles to, for those who ask which offers entitle to an id.
  CREATE TABLE ${table}_entitlement (
    offer_id INTEGER NOT NULL REFERENCES ${table},
    merchant_entitlement_id TEXT NOT NULL,
    merchant_id INTEGER NOT NULL REFERENCES merchant,
    PRIMARY KEY (offer_id, merchant_entitlement_id)
  ) STRICT, WITHOUT ROWID;

  CREATE INDEX ${table}_entitlement_id
    ON ${table}_entitlement (merchant_id, merchant_entitlement_id);
  `;
}
