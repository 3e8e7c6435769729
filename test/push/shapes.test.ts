/** The fields of messages, held against those of recorded ones for the same state. */
import { NOW } from '../harness/server';
import { el, type PushShop, startPushShop } from './push-shop';
import { type Parsed, sampleOf, shapeOf } from './samples';

let shop: PushShop;
beforeEach(async () => {
  shop = await startPushShop();
});
afterEach(() => shop.stop());

/** Fields of one message that the other lacks. */
function differences(ours: Parsed | undefined, name: string): { more: string[]; less: string[] } {
  const [mine, theirs] = [shapeOf(ours), shapeOf(sampleOf(name))];
  return {
    more: mine.filter((field) => !theirs.includes(field)).sort(),
    less: theirs.filter((field) => !mine.includes(field)).sort(),
  };
}

const DAY = 24 * 60 * 60 * 1000;

const text = (fields: Readonly<Record<string, string>>) =>
  Object.entries(fields)
    .map(([name, value]) => el(name, value))
    .join('');

const ACCOUNT = {
  merchantAccountId: 'account-1001',
  name: 'Sample Person',
  emailTypePreference: 'html',
};

const product = el(
  'product',
  text({ merchantProductId: 'product-1001', status: 'Active' }),
  el('descriptions', text({ language: 'EN', description: 'Sample product' })),
  el('merchantEntitlementIds', text({ id: 'access-1001', description: 'Sample access' })),
  el('nameValues', text({ name: 'sample:key', value: 'value' })),
  el('prices', text({ currency: 'AUD', amount: '15.00' })),
);
const plan = el(
  'billingPlan',
  text({ merchantBillingPlanId: 'plan-1002', status: 'Active', description: 'Sample plan' }),
  el(
    'periods',
    text({ type: 'Month', quantity: '1', cycles: '0' }),
    el('prices', text({ amount: '0', currency: 'AUD' })),
  ),
);
const item = (...parts: string[]) =>
  el('items', text({ merchantAutoBillItemId: 'item-1001' }), product, ...parts);

const autoBill = (...parts: string[]) =>
  shop.soap(
    'AutoBill',
    'update',
    el('autobill', text({ merchantAutoBillId: 'subscription-1001', currency: 'AUD' }), ...parts),
  );

/** What an AutoBill of CashBox has and is no business of this server: what is billed, and when. */
const BILLED = (place: string) =>
  [
    ...['amount', 'currency', 'timestamp'].map((name) => `nextBilling.${name} string`),
    ...['itemType', 'name', 'quantity', 'sku', 'taxType'].map(
      (name) => `nextBilling.transactionItems[].${name} string`,
    ),
    'nextBilling.transactionItems[].total number',
  ].map((field) => `${place}.${field}`);

test('an AutoBill and its entitlement: each field of the recorded messages, and none else', async () => {
  await autoBill(el('account', text(ACCOUNT)), plan, item());
  const [, start, entitlement] = await shop.take();
  const started = differences(start, 'autobills/start');
  // The recorded one had another account, product and plan.
  expect(started.less).toEqual([
    'content.account.emailAddress string',
    'content.items[].product.taxClassification string',
    'content.items[].startDate string',
    'content.sourceIp string',
  ]);
  expect(differences(entitlement, 'entitlement/start')).toEqual({ more: [], less: [] });

  await autoBill(el('billingDay', '10'));
  const [modify] = await shop.take();
  const modified = differences(modify, 'autobills/modify');
  expect(modified.less).toEqual([
    'content.autobill.items[].campaignId string',
    'content.autobill.items[].startDate string',
    ...BILLED('content.autobill'),
  ]);

  await shop.passTo(NOW + DAY);
  await shop.soap(
    'AutoBill',
    'cancel',
    el('autobill', text({ merchantAutoBillId: 'subscription-1001' })),
    el('disentitle', '1'),
  );
  const [entitled, stop] = await shop.take();
  expect(differences(entitled, 'entitlement/stop')).toEqual({ more: [], less: [] });
  const stopped = differences(stop, 'autobills/stop');
  expect(stopped.less).toEqual([
    'content.items[].campaignId string',
    'content.items[].startDate string',
    ...BILLED('content'),
  ]);
  expect([stopped.more, modified.more]).toEqual([[], []]);
  expect(stop?.content).toMatchObject({
    status: 'Expired',
    billingState: 'Billing Completed',
    subscriptionBalance: 0,
    endTimestamp: '2024-06-02T04:59:59-07:00',
    items: [{ removedDate: '2024-06-02T04:59:59-07:00', index: '0', quantity: '1' }],
  });
});

test('an account: each field of the recorded messages, and none else', async () => {
  const address = { country: 'US', district: 'CA', city: 'Sampletown', phone: '5555550100' };
  const save = (fields: Readonly<Record<string, string>>, at: Readonly<Record<string, string>>) =>
    shop.soap('Account', 'update', el('account', text(fields), el('shippingAddress', text(at))));
  const fields = {
    ...ACCOUNT,
    warnBeforeAutobilling: '1',
    defaultCurrency: 'AUD',
    emailAddress: 'person-1002@example.com',
    preferredLanguage: 'EN',
  };
  await save(fields, address);
  await save(
    { ...fields, emailAddress: 'person-1003@example.com' },
    { ...address, name: 'Sample Person', addr1: '1 Sample Street' },
  );
  const [create, change] = await shop.take();
  expect(differences(create, 'accounts/create')).toEqual({ more: [], less: [] });
  expect(differences(change, 'accounts/data change')).toEqual({ more: [], less: [] });
  expect(change?.content['old_emailAddress']).toBe('person-1002@example.com');
  expect(change?.content['account']).toMatchObject({ warnBeforeAutobilling: '1' });
});

test('a grant and a plan: the ten fields as they were decided', async () => {
  const named = el('account', el('merchantAccountId', 'account-2001'));
  await shop.soap('Account', 'update', named);
  await shop.soap(
    'Account',
    'grantEntitlement',
    named,
    el(
      'entitlement',
      text({ merchantEntitlementId: 'access-2001', endTimestamp: '2025-08-10T13:04:51-07:00' }),
    ),
  );
  const [, granted] = await shop.take();
  expect(granted?.content).toEqual({
    ...sampleOf('entitlement/start by a grant').content,
    startTimestamp: '2024-06-01 04:59:59',
    endTimestamp: '2025-08-10 13:04:51',
  });
  expect(Object.keys(granted?.header ?? {}).sort()).toEqual(
    Object.keys(sampleOf('entitlement/start by a grant').header).sort(),
  );
  expect(granted?.header).toMatchObject({
    message_id: expect.stringMatching(/^[0-9a-f]{40}$/) as string,
    author_id: expect.stringMatching(/^[0-9a-f]{40}$/) as string,
    merchant_vid: expect.stringMatching(/^[0-9a-f]{40}$/) as string,
    x_el_id: expect.stringMatching(/^\d+$/) as string,
    submitted: '2024-06-01T05:00:00.500000-0700',
    event_timestamp: '2024-06-01 05:00:00',
    soap_version: '22_0',
  });
  await shop.soap(
    'AutoBill',
    'update',
    el(
      'autobill',
      text({ merchantAutoBillId: 'subscription-1002' }),
      named,
      el(
        'billingPlan',
        text({ merchantBillingPlanId: 'plan-1001' }),
        el('periods', text({ type: 'Month', cycles: '0' })),
        el('merchantEntitlementIds', text({ id: 'access-2001' })),
      ),
      el('items', el('product', text({ merchantProductId: 'product-1003' }))),
    ),
  );
  const messages = await shop.take();
  expect(messages.at(-1)?.content).toEqual({
    ...sampleOf('entitlement/start by a plan').content,
    startTimestamp: '2024-06-01 04:59:59',
  });
});
