/**
 * What each text column of the schema may hold of a person, and what the erasure of an account does with it.
 * docs/erasure.md says the same in words.
 */

/**
 * erased: emptied, or its row removed. pseudonym: replaced where it says who somebody is. staff: about those who work
 * for the merchant. none: of the merchant's own catalogue, random, a digest, or one of a fixed list of words.
 */
export type Holds = 'erased' | 'pseudonym' | 'staff' | 'none';

export const COLUMNS: Readonly<Record<string, Readonly<Record<string, Holds>>>> = {
  merchant: { login: 'staff', password_hash: 'staff' },
  api_key: {
    name: 'staff',
    digest: 'none',
    scope: 'none',
    created_by: 'staff',
    revoked_by: 'staff',
  },
  // Those who work for the merchants, and not for long: what a cookie holds, as a digest.
  person: {
    ...{ name: 'staff', password_hash: 'staff', role: 'staff', created_by: 'staff' },
    removed_by: 'staff',
  },
  session: { digest: 'none' },
  account: {
    vid: 'none',
    merchant_account_id: 'pseudonym',
    external_id: 'pseudonym',
    // Another account's id: it has a pseudonym when that one is erased.
    parent_merchant_account_id: 'pseudonym',
    default_currency: 'erased',
    email_address: 'erased',
    email_type_preference: 'erased',
    preferred_language: 'erased',
    company: 'erased',
    name: 'erased',
    tax_type: 'erased',
  },
  address: {
    ...{ vid: 'erased', name: 'erased', addr1: 'erased', addr2: 'erased', addr3: 'erased' },
    ...{ city: 'erased', county: 'erased', district: 'erased', postal_code: 'erased' },
    ...{ country: 'erased', phone: 'erased', fax: 'erased', latitude: 'erased' },
    longitude: 'erased',
  },
  name_value: { name: 'erased', value: 'erased' },
  tax_exemption: { region: 'erased', exemption_id: 'erased' },
  user_profile: { firstname: 'erased', lastname: 'erased' },
  entitlement: {
    merchant_entitlement_id: 'none',
    source: 'none',
    source_id: 'pseudonym',
    description: 'pseudonym',
  },
  ledger: {
    merchant_entitlement_id: 'none',
    source: 'none',
    source_id: 'pseudonym',
    action: 'none',
    actor: 'staff',
    note: 'erased',
    reason: 'none',
    soap_id: 'none',
    before_description: 'pseudonym',
    after_description: 'pseudonym',
  },
  offer: { offer_id: 'none', name: 'none' },
  offer_entitlement: { merchant_entitlement_id: 'none' },
  customer_order: { order_id: 'pseudonym', state: 'none' },
  order_line: { state: 'none', reason: 'none' },
  kept_answer: { key: 'erased', fingerprint: 'erased', body: 'erased' },
  product: { vid: 'none', merchant_item_id: 'none', status: 'none', document: 'none' },
  product_entitlement: { merchant_entitlement_id: 'none' },
  billing_plan: { vid: 'none', merchant_item_id: 'none', status: 'none', document: 'none' },
  billing_plan_entitlement: { merchant_entitlement_id: 'none' },
  auto_bill: { vid: 'none', merchant_auto_bill_id: 'pseudonym', document: 'erased' },
  auto_bill_item: { vid: 'none', document: 'erased' },
  auto_bill_event: { type: 'none' },
  lease: { name: 'none', holder: 'none' },
  event: {
    type: 'none',
    actor: 'staff',
    reason: 'none',
    note: 'erased',
    soap_id: 'none',
    document: 'erased',
  },
  // The name of a user is a VID there; what an erasure looks for is kept until it is done.
  work: { kind: 'none', name: 'none', actor: 'staff', soap_id: 'none' },
  work_range: { detail: 'erased' },
  secret: { name: 'none', value: 'none' },
  erasure: { actor: 'staff', soap_id: 'none' },
  // The addresses of the merchant's own programs.
  endpoint: {
    ...{ endpoint_id: 'none', kind: 'none', format: 'none', url: 'none', settings: 'none' },
    ...{ secrets: 'none', created_by: 'staff', disabled_reason: 'none' },
  },
  delivery: { message_id: 'none', event: 'none', body: 'erased', state: 'none' },
  attempt: { failure: 'none', answer: 'erased' },
};
