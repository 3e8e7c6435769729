/** What the sweep sends: for each operation what it refuses, and what succeeds on the demo data. */
import type { Demo } from '../../src/demo';
import type { Given } from './minimal-request';

const XYZ = { merchantAccountId: 'xyz123' };
const ABC = { merchantAccountId: 'abc456' };

/** Accounts beside those of the demo: for families, a merger and a look-up by externalId. */
export const MORE_ACCOUNTS: Demo['accounts'] = [
  { account: { merchantAccountId: 'child', parentMerchantAccountId: 'abc456' }, entitlements: [] },
  {
    account: { merchantAccountId: 'to-part', parentMerchantAccountId: 'abc456' },
    entitlements: [],
  },
  { account: { merchantAccountId: 'to-join', externalId: 'crm-1' }, entitlements: [] },
  {
    account: { merchantAccountId: 'to-merge' },
    entitlements: [{ merchantEntitlementId: 'merged', description: 'Comes with it' }],
  },
];

/** What refuses an operation that takes whatever it is given. */
const NO_SRD = { srd: 'everything' };

/** What a request needs, beside what the schema requires, to be refused: most need nothing. */
export const REFUSED: Readonly<Record<string, Given>> = {
  'Account.update': { account: { VID: 'none' } },
  'Account.fetchCreatedSince': { page: '-1' },
  'Diagnostic.getHello': NO_SRD,
  'Diagnostic.putHello': NO_SRD,
  'Diagnostic.echoString': NO_SRD,
  'Diagnostic.echoStringByProxy': NO_SRD,
  'Diagnostic.echoBoolean': NO_SRD,
  'Diagnostic.echoDateTime': NO_SRD,
};

const ALL_TIME = { timestamp: '2000-01-01T00:00:00Z', endTimestamp: '2099-01-01T00:00:00Z' };

/** What a request needs to succeed, once for each operation that is implemented. */
export const SUCCESSFUL: Readonly<Record<string, (vid: string) => Given>> = {
  'Account.update': () => ({ account: { ...XYZ, nameValues: { name: 'tier', value: '<gold>' } } }),
  'Account.fetchByMerchantAccountId': () => XYZ,
  'Account.fetchByVid': (vid) => ({ vid }),
  'Account.grantEntitlement': () => ({
    account: XYZ,
    entitlement: {
      merchantEntitlementId: 'news',
      description: 'Größe <L>',
      startTimestamp: '2024-01-01T00:00:00Z',
      endTimestamp: '2099-01-01T00:00:00Z',
    },
  }),
  'Account.revokeEntitlement': () => ({ account: XYZ, merchantEntitlementId: 'forum' }),
  'Account.isEntitled': () => ({ account: XYZ, merchantEntitlementId: 'bac' }),
  'Account.extendEntitlementToDate': () => ({
    account: ABC,
    entitlement: { merchantEntitlementId: 'archive' },
    extensionDate: '2100-01-01T00:00:00Z',
  }),
  'Account.extendEntitlementByInterval': () => ({
    account: ABC,
    merchantEntitlementId: 'magazine',
    interval: { years: '10', months: '1', weeks: '1', days: '1' },
  }),
  'Account.fetchByEmail': () => ({ emailAddress: 'xyz123@example.com' }),
  'Account.fetchByExternalId': () => ({ externalId: 'crm-1' }),
  'Account.fetchCreatedSince': () => ({ ...ALL_TIME, page: '0', pageSize: '3' }),
  'Account.addChildren': () => ({
    parent: ABC,
    child: { merchantAccountId: 'to-join' },
    force: 'true',
    payerReplacementBehavior: 'ReplaceOnAllAutoBills',
  }),
  'Account.removeChildren': () => ({ parent: ABC, child: { merchantAccountId: 'to-part' } }),
  'Account.fetchFamily': () => ({ account: ABC }),
  'Account.transfer': () => ({
    targetAccount: XYZ,
    sourceAccount: { merchantAccountId: 'to-merge' },
  }),
  'Diagnostic.getHello': () => ({}),
  'Diagnostic.putHello': () => ({ clientString: 'Grüße & <Küsse>' }),
  'Diagnostic.echoString': () => ({ clientString: '' }),
  'Diagnostic.echoStringByProxy': () => ({ version: '4.3', clientString: 'x' }),
  'Diagnostic.echoBoolean': () => ({ clientBoolean: '1' }),
  'Diagnostic.echoDateTime': () => ({ clientDateTime: '1969-12-31T23:59:59.5Z' }),
  'Entitlement.fetchByAccount': () => ({ account: ABC, showAll: 'true', includeChildren: 'true' }),
  'Entitlement.fetchByEntitlementIdAndAccount': () => ({ entitlementId: 'archive', account: ABC }),
  'Entitlement.fetchDeltaSince': () => ({ ...ALL_TIME, page: '0', pageSize: '1000' }),
};
