/** The sweep's requests: for each operation one that it refuses, and one that succeeds on the demo data. */
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

/** A refused request for an operation that takes any input. */
const NO_SRD = { srd: 'everything' };

/** Input that a request needs, beside the schema's minimum, to be refused: most need none. */
export const REFUSED: Readonly<Record<string, Given>> = {
  'Account.update': { account: { VID: 'none' } },
  'Account.fetchCreatedSince': { page: '-1' },
  'BillingPlan.fetchByBillingPlanStatus': NO_SRD,
  'BillingPlan.fetchAll': { page: '-1' },
  'Product.fetchAll': { pageSize: '100001' },
  'Diagnostic.getHello': NO_SRD,
  'Diagnostic.putHello': NO_SRD,
  'Diagnostic.echoString': NO_SRD,
  'Diagnostic.echoStringByProxy': NO_SRD,
  'Diagnostic.echoBoolean': NO_SRD,
  'Diagnostic.echoDateTime': NO_SRD,
};

const ALL_TIME = { timestamp: '2000-01-01T00:00:00Z', endTimestamp: '2099-01-01T00:00:00Z' };

/** The sources of entitlements, in the order in which the sweep makes them: the plan before the product. */
const PLAN = { merchantBillingPlanId: 'monthly' };
const PRODUCT = { merchantProductId: 'magazine' };
const BILL = { merchantAutoBillId: 'xyz-magazine' };
const ENTITLING = { merchantEntitlementId: 'archive' };

/**
 * Input that a request needs to succeed, once for each operation that is implemented.
 * @param vid of the operation's class: of the account, plan or product that the others name
 */
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
  'BillingPlan.update': () => ({
    billingPlan: {
      ...PLAN,
      description: 'Each month',
      periods: { type: 'Month', quantity: '1', prices: { amount: '9.90', currency: 'EUR' } },
      merchantEntitlementIds: { id: 'archive', description: 'All <issues>' },
      seasonSet: { seasons: { startDate: '2024-04-01', endDate: '2024-09-30' } },
    },
  }),
  'BillingPlan.fetchByVid': (vid) => ({ vid }),
  'BillingPlan.fetchByMerchantBillingPlanId': () => PLAN,
  'BillingPlan.fetchByBillingPlanStatus': () => ({ status: 'Active' }),
  'BillingPlan.fetchAll': () => ({}),
  'BillingPlan.fetchByMerchantEntitlementId': () => ENTITLING,
  'Product.update': () => ({
    product: {
      ...PRODUCT,
      descriptions: { language: 'en', description: 'Magazine' },
      defaultBillingPlan: PLAN,
      defaultRatePlan: { ratedUnit: { nameSingular: 'issue' }, includedUnits: '1.5' },
      nameValues: { name: 'paper', value: '' },
      merchantEntitlementIds: { id: 'archive' },
      prices: { amount: '9.90', token: { merchantTokenId: 'coin' } },
    },
    duplicateBehavior: 'Fail',
  }),
  'Product.fetchByVid': (vid) => ({ vid }),
  'Product.fetchByMerchantProductId': () => PRODUCT,
  'Product.fetchAll': () => ({ page: '0', pageSize: '1' }),
  'Product.fetchByMerchantEntitlementId': () => ENTITLING,
  'AutoBill.update': () => ({
    autobill: {
      ...BILL,
      account: XYZ,
      billingPlan: PLAN,
      items: { product: PRODUCT, quantity: '1', nameValues: { name: 'seat', value: '<1>' } },
      startTimestamp: '2024-01-31T12:00:00-08:00',
      currency: 'EUR',
    },
    dryrun: 'false',
  }),
  'Product.fetchByAccount': () => ({ account: XYZ }),
  'AutoBill.fetchByVid': (vid) => ({ vid }),
  'AutoBill.fetchByMerchantAutoBillId': () => BILL,
  'AutoBill.fetchByAccount': () => ({ account: XYZ, page: '0', pageSize: '1' }),
  'AutoBill.fetchByAccountAndProduct': () => ({ account: XYZ, product: PRODUCT }),
  'AutoBill.fetchByEmail': () => ({ email: 'xyz123@example.com' }),
  'AutoBill.fetchDeltaSince': () => ({ ...ALL_TIME, page: '0', pageSize: '10' }),
  'AutoBill.delayBillingByDays': () => ({ autobill: BILL, delayDays: '3' }),
  'AutoBill.delayBillingToDate': () => ({ autobill: BILL, newBillingDate: '2098-12-31' }),
  'AutoBill.modify': () => ({
    autobill: BILL,
    effectiveDate: 'today',
    autoBillItemModifications: { addAutoBillItem: { product: PRODUCT } },
  }),
  'AutoBill.cancel': () => ({ autobill: BILL, cancelReasonCode: '101' }),
  'Account.stopAutoBilling': () => ({ account: XYZ, disentitle: 'true' }),
  'Diagnostic.getHello': () => ({}),
  'Diagnostic.putHello': () => ({ clientString: 'hello world' }),
  'Diagnostic.echoString': () => ({ clientString: '' }),
  'Diagnostic.echoStringByProxy': () => ({ version: '4.3', clientString: 'x' }),
  'Diagnostic.echoBoolean': () => ({ clientBoolean: '1' }),
  'Diagnostic.echoDateTime': () => ({ clientDateTime: '1969-12-31T23:59:59.5Z' }),
  'Entitlement.fetchByAccount': () => ({ account: ABC, showAll: 'true', includeChildren: 'true' }),
  'Entitlement.fetchByEntitlementIdAndAccount': () => ({ entitlementId: 'archive', account: ABC }),
  'Entitlement.fetchDeltaSince': () => ({ ...ALL_TIME, page: '0', pageSize: '1000' }),
};
