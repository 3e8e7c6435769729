/**
 * Which folder of src/ may import which: `test/architecture` holds every file to it, and
 * docs/architecture.md shows it as a picture.
 */

export interface Rule {
  /** The folders of src/ whose values and types may be imported. */
  readonly values: readonly string[];
  /** Those whose types may be imported, and nothing that is there at run time. */
  readonly types: readonly string[];
}

/** The imports allowed to a folder that wires everything. */
export const ANYTHING = 'anything of src';

/** By folder of src/. A folder that isn't here needs a decision first. */
export const RULES: Readonly<Record<string, Rule>> = {
  // app, main, cli, demo: the files of src/ itself wire everything.
  '.': { values: [ANYTHING], types: [] },
  commands: { values: [ANYTHING], types: [] },
  base: { values: [], types: [] },
  config: { values: ['base'], types: [] },
  contract: { values: ['base'], types: [] },
  discovery: { values: ['base', 'contract'], types: [] },
  entitlements: { values: ['base'], types: [] },
  soap: { values: ['base', 'contract'], types: [] },
  // REST calls as such: no store, merchant or rule.
  rest: { values: ['base'], types: [] },
  health: { values: ['store'], types: [] },
  // The record of every change of an entitlement, for every API.
  ledger: { values: ['base', 'entitlements', 'batches', 'store'], types: ['contract'] },
  // Changes of what accounts are granted, for every API.
  grants: { values: ['base', 'entitlements', 'ledger', 'store'], types: ['contract'] },
  // Work of many rows: its batches, and one row's share.
  batches: { values: ['base', 'store'], types: [] },
  // The meaning of an AutoBill's course, for every API.
  subscriptions: {
    values: ['base', 'entitlements', 'ledger', 'batches', 'store'],
    types: ['contract'],
  },
  orders: { values: ['base', 'entitlements', 'ledger', 'batches', 'store'], types: [] },
  access: { values: ['base', 'store'], types: [] },
  cashbox: {
    values: [
      'base',
      'contract',
      'access',
      'entitlements',
      'ledger',
      'grants',
      'batches',
      'orders',
      'store',
      'subscriptions',
    ],
    types: [],
  },
  api: {
    values: [
      'base',
      'access',
      'rest',
      'feed',
      'entitlements',
      'ledger',
      'grants',
      'batches',
      'orders',
      'erasure',
      'store',
      'subscriptions',
      'support',
      'webhooks',
      'push',
    ],
    types: [],
  },
  // Lines of the ledger and what is written down beside them, as events.
  feed: { values: ['base', 'entitlements', 'ledger', 'store', 'subscriptions'], types: [] },
  // Endpoints, their formats, and the way of a message to each.
  webhooks: { values: ['base', 'feed', 'ledger', 'store'], types: [] },
  // CashBox's push notifications: formats of messages, whose objects are those of SOAP's replies.
  push: {
    values: [
      'base',
      'contract',
      'soap',
      'entitlements',
      'ledger',
      'cashbox',
      'feed',
      'store',
      'webhooks',
    ],
    types: [],
  },
  // What is erased of a person, and what stays.
  erasure: {
    values: ['base', 'entitlements', 'ledger', 'batches', 'orders', 'store', 'subscriptions'],
    types: [],
  },
  // Support's questions: what is this, what may it do, why. It reads, and changes nothing.
  support: {
    values: ['base', 'entitlements', 'ledger', 'orders', 'store', 'subscriptions'],
    types: [],
  },
  // What people in a browser ask that /v1 doesn't, and the pages that do.
  console: {
    values: [
      'base',
      'soap',
      'access',
      'rest',
      'api',
      'cashbox',
      'entitlements',
      'ledger',
      'grants',
      'orders',
      'store',
      'subscriptions',
      'support',
    ],
    types: ['contract'],
  },
  // What happens without a call: supervised loops of small batches.
  background: {
    values: [
      'base',
      'entitlements',
      'ledger',
      'batches',
      'orders',
      'erasure',
      'store',
      'subscriptions',
      'webhooks',
    ],
    types: [],
  },
  // A server that tests steer: clocks, faults, journal, data as a whole.
  simulation: {
    values: [
      'base',
      'contract',
      'soap',
      'rest',
      'discovery',
      'access',
      'ledger',
      'grants',
      'orders',
      'subscriptions',
      'background',
      'store',
      'webhooks',
      'proxy',
    ],
    types: [],
  },
  // What differs between two replies, by the contract.
  comparison: { values: ['base', 'contract', 'soap'], types: [] },
  // The files of wire cases: read, shown, sent.
  cases: { values: ['base', 'soap'], types: ['store'] },
  // Between clients and another endpoint: recorded, answered in its stead, held against it.
  proxy: { values: ['base', 'contract', 'soap', 'cases', 'comparison'], types: [] },
  // What an operator sees: metrics, spans, and what they are put around.
  metrics: { values: ['base', 'rest', 'store'], types: ['soap', 'access', 'webhooks'] },
  // The library for tests: the server, and its control over HTTP.
  testing: { values: [ANYTHING], types: [] },
  store: { values: ['base'], types: ['contract', 'entitlements'] },
};
