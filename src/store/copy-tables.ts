/** The tables that a copy of a database consists of. */

/** A table, and the columns by whose values its rows are in order: alike in all databases, for texts are sorted by their bytes. */
export interface CopyTable {
  readonly name: string;
  readonly order: readonly string[];
  /** Whether each change of its rows has a line or an event of its own in the feed. */
  readonly inFeed?: true;
}

const OF_ACCOUNT = ['account_id'];

/** Those that others refer to come first. */
export const COPY_TABLES: readonly CopyTable[] = [
  { name: 'secret', order: ['name'] },
  { name: 'merchant', order: ['id'] },
  { name: 'person', order: ['id'] },
  { name: 'person_merchant', order: ['person_id', 'merchant_id'] },
  { name: 'session', order: ['digest'] },
  { name: 'api_key', order: ['id'] },
  { name: 'account', order: ['id'], inFeed: true },
  { name: 'address', order: OF_ACCOUNT, inFeed: true },
  { name: 'name_value', order: ['account_id', 'name'], inFeed: true },
  { name: 'tax_exemption', order: ['account_id', 'position'], inFeed: true },
  { name: 'user_profile', order: OF_ACCOUNT },
  { name: 'offer', order: ['id'] },
  { name: 'offer_entitlement', order: ['offer', 'merchant_entitlement_id'] },
  { name: 'customer_order', order: ['id'], inFeed: true },
  { name: 'order_line', order: ['customer_order', 'offer'], inFeed: true },
  { name: 'product', order: ['id'] },
  { name: 'product_entitlement', order: ['offer_id', 'merchant_entitlement_id'] },
  { name: 'billing_plan', order: ['id'] },
  { name: 'billing_plan_entitlement', order: ['offer_id', 'merchant_entitlement_id'] },
  { name: 'auto_bill', order: ['id'], inFeed: true },
  { name: 'auto_bill_item', order: ['auto_bill_id', 'position'], inFeed: true },
  { name: 'auto_bill_event', order: ['id'], inFeed: true },
  {
    name: 'entitlement',
    order: ['account_id', 'merchant_entitlement_id', 'source', 'source_id'],
    inFeed: true,
  },
  { name: 'ledger', order: ['id'], inFeed: true },
  { name: 'erasure', order: ['id'] },
  { name: 'event', order: ['merchant_id', 'sequence'], inFeed: true },
  { name: 'kept_answer', order: ['merchant_id', 'key'] },
  { name: 'work', order: ['id'] },
  { name: 'work_range', order: ['work_id', 'after_id'] },
  { name: 'endpoint', order: ['id'] },
  { name: 'delivery', order: ['id'] },
  { name: 'attempt', order: ['delivery', 'number'] },
];

/** What a database remembers of its own servers and of itself, and no copy has. */
export const NOT_COPIED: ReadonlySet<string> = new Set([
  'lease',
  'unit_outcome',
  'schema_step',
  'store_kind',
]);
