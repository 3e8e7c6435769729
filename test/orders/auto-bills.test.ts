/** Failed payments of AutoBills over REST, and what SOAP sees of them. */
import { autoBillFindings } from '../../src/store/sqlite/check-auto-bills';
import { NOW, type TestServer, testOnSqlite } from '../harness/server';
import { callAccount, callService } from '../harness/soap-call';
import { textOf } from '../harness/xml';
import { addKey } from './rest';
import { type Shop, startShop } from './shop';

const DAY = 24 * 60 * 60 * 1000;
const ADA = '<account><merchantAccountId>ada-1815</merchantAccountId></account>';
const MONTHLY =
  '<billingPlan><merchantBillingPlanId>monthly</merchantBillingPlanId>' +
  '<periods><type>Month</type></periods></billingPlan>';
const NEWS =
  '<items><product><merchantProductId>news</merchantProductId>' +
  '<merchantEntitlementIds><id>news</id></merchantEntitlementIds></product></items>';

let shop: Shop;

beforeEach(async () => {
  shop = await startShop();
  await update(`<merchantAutoBillId>ada/news</merchantAutoBillId>${ADA}${MONTHLY}${NEWS}`);
  await shop.newLines();
});

afterEach(() => shop.stop());

async function soap(operation: string, parts: string, server: TestServer = shop) {
  const reply = await callService('AutoBill', server.url, operation, parts);
  expect(reply.returnString).toBe('OK');
  return reply.body;
}

/** The single values of the AutoBill in a reply. */
const PLAIN = '<srd>{"autobill":["status","billingState"]}</srd>';

const update = (autoBill: string) => soap('update', `${PLAIN}<autobill>${autoBill}</autobill>`);

const NAMED = '<autobill><merchantAutoBillId>ada/news</merchantAutoBillId></autobill>';

/** Status and billing state, as SOAP shows them. */
async function shown(): Promise<unknown[]> {
  const reply = await soap(
    'fetchByMerchantAutoBillId',
    `${PLAIN}<merchantAutoBillId>ada/news</merchantAutoBillId>`,
  );
  return [textOf(reply, 'status'), textOf(reply, 'billingState')];
}

/** The parts of a fetchDeltaSince of a span. */
const delta = (from: string, until: string) =>
  `<timestamp>${from}</timestamp><endTimestamp>${until}</endTimestamp>` +
  '<page>0</page><pageSize>10</pageSize>';

const textsOf = (xml: string, name: string) =>
  [...xml.matchAll(new RegExp(`<${name}>([^<]*)`, 'g'))].map(([, text]) => text);

const PATH = '/autobills/ada%2Fnews';
const fail = (body: object = {}) => shop.post(`${PATH}/payment-failed`, body);
const settle = (body: object = {}) => shop.post(`${PATH}/payment-succeeded`, body);

async function isEntitled(): Promise<boolean> {
  const parts = `${ADA}<merchantEntitlementId>news</merchantEntitlementId>`;
  const { body } = await callAccount(shop.url, 'isEntitled', parts);
  return textOf(body, 'entitled') === '1';
}

/** The new lines of the ledger, without what gave the entitlement. */
async function newLines(): Promise<string[]> {
  return (await shop.newLines()).map((line) => line.replace(/by AutoBill [0-9a-f/]+, /, 'by '));
}

test('in retry the access stays for the days of grace, then ends by itself', async () => {
  const failed = await fail({ note: 'card declined' });
  expect(failed).toMatchObject({
    merchantAutoBillId: 'ada/news',
    standing: 'retrying',
    active: true,
    retrySince: '2024-06-01T12:00:00.500Z',
    graceUntil: '2024-06-09T06:59:59.000Z',
    end: '2024-06-09T06:59:59.000Z',
  });
  expect(await newLines()).toEqual([
    'ada-1815: revoke news by shop (payment_failed, card declined): 11:59:59– → 11:59:59–06:59:59',
  ]);
  shop.setNow(Date.parse('2024-06-09T06:59:58Z'));
  expect(await isEntitled()).toBe(true);
  shop.setNow(Date.parse('2024-06-09T06:59:59Z'));
  expect(await isEntitled()).toBe(false);
  expect(await shop.get(PATH)).toMatchObject({ standing: 'failed', active: false });
});

test('the grace over without a payment → failed, and told once', async () => {
  await fail();
  shop.setNow(Date.parse('2024-06-09T06:59:59Z'));
  expect(await shown()).toEqual(['Cancelled', 'Failed To Collect']);
  const span = delta('2024-06-09T06:59:59Z', '2024-06-10T00:00:00Z');
  shop.setNow(Date.parse('2024-06-10T00:00:00Z'));
  expect(textsOf(await soap('fetchDeltaSince', span), 'billingState')).toEqual([
    'Failed To Collect',
  ]);
  await settle();
  expect(await shop.get(PATH)).toMatchObject({ standing: 'active', active: true });
});

test.each([true, false])(
  'failed, then cancelled: the cancellation is told once (disentitle %s)',
  async (disentitle) => {
    await fail({ final: true });
    shop.setNow(NOW + DAY);
    const cancel = `${NAMED}<disentitle>${disentitle}</disentitle><force>false</force>`;
    await soap('cancel', cancel);
    const told = async (from: string) =>
      textsOf(
        await soap(
          'fetchDeltaSince',
          `${delta(from, '2024-07-01T00:00:00Z')}<selectEvents>CANCELLATION</selectEvents>`,
        ),
        'merchantAutoBillId',
      );
    expect(await told('2024-06-02T00:00:00Z')).toEqual(['ada/news']);
    shop.setNow(NOW + 2 * DAY);
    await soap('cancel', cancel);
    expect(await told('2024-06-03T00:00:00Z')).toEqual([]);
  },
);

testOnSqlite(
  'cancelled within the second in which its grace ends: check finds nothing wrong',
  async () => {
    await fail();
    shop.setNow(Date.parse('2024-06-09T06:59:59.800Z'));
    await soap('cancel', `${NAMED}<disentitle>true</disentitle><force>false</force>`);
    expect([...autoBillFindings(shop.database)]).toEqual([]);
  },
);

test('another failure neither prolongs the grace nor writes a line', async () => {
  await fail();
  await newLines();
  shop.setNow(NOW + 3 * DAY);
  expect(await fail()).toMatchObject({ graceUntil: '2024-06-09T06:59:59.000Z' });
  expect(await newLines()).toEqual([]);
});

test('a payment after the grace restores the access, with its line', async () => {
  await fail();
  await newLines();
  shop.setNow(NOW + 10 * DAY);
  const settled = await settle({ note: 'paid by transfer' });
  expect(settled).toMatchObject({ standing: 'active', active: true });
  expect(settled).not.toHaveProperty('end');
  expect(settled).not.toHaveProperty('retrySince');
  expect(await isEntitled()).toBe(true);
  expect(await newLines()).toEqual([
    'ada-1815: expire news by latchkey: 11:59:59–06:59:59 → 11:59:59–06:59:59',
    'ada-1815: restore news by shop (payment_succeeded, paid by transfer): 11:59:59–06:59:59 → 11:59:59–',
  ]);
});

test('given up, the access ends at once, and a payment still restores it', async () => {
  const failed = await fail({ final: true });
  expect(failed).toMatchObject({ standing: 'failed', active: false });
  expect(await isEntitled()).toBe(false);
  const shown = await soap(
    'fetchByMerchantAutoBillId',
    `${PLAIN}<merchantAutoBillId>ada/news</merchantAutoBillId>`,
  );
  expect([textOf(shown, 'status'), textOf(shown, 'billingState')]).toEqual([
    'Cancelled',
    'Failed To Collect',
  ]);
  expect(await settle()).toMatchObject({ standing: 'active', active: true });
  expect((await newLines()).map((line) => line.split(':')[1])).toEqual([
    ' revoke news by shop (payment_failed)',
    ' restore news by shop (payment_succeeded)',
  ]);
});

test("the merchant's own days of grace count", async () => {
  await shop.operate(async ({ autoBills }) => autoBills.updateGraceDays(0));
  expect(await fail()).toMatchObject({ active: false, graceUntil: '2024-06-01T11:59:59.000Z' });
});

test('a payment does not undo a cancellation', async () => {
  await fail();
  const named = '<autobill><merchantAutoBillId>ada/news</merchantAutoBillId></autobill>';
  await soap('cancel', `${named}<disentitle>false</disentitle><force>false</force>`);
  shop.setNow(NOW + 10 * DAY);
  // Paid until the first period ends, a month after its start.
  expect(await settle()).toMatchObject({ standing: 'cancelling', end: '2024-07-01T06:59:59.000Z' });
  shop.setNow(NOW + 40 * DAY);
  await newLines();
  expect(await fail({ final: true })).toMatchObject({ standing: 'cancelled', active: false });
  expect(await settle()).toMatchObject({ standing: 'cancelled', active: false });
  expect(await newLines()).toEqual([]);
});

test('a payment that succeeds when none failed changes nothing', async () => {
  expect(await settle()).toMatchObject({ standing: 'active' });
  expect(await newLines()).toEqual([]);
});

test('what is repeated with one Idempotency-Key is done once', async () => {
  const send = (path: string) =>
    shop.call('POST', `${PATH}/${path}`, { body: {}, headers: { 'Idempotency-Key': 'k1' } });
  const first = await send('payment-failed');
  shop.setNow(NOW + DAY);
  await settle();
  expect((await send('payment-failed')).body).toEqual(first.body);
  expect(await shop.get(PATH)).toMatchObject({ standing: 'active' });
  expect((await send('payment-succeeded')).status).toBe(422);
});

test('an AutoBill without an id is named by its VID', async () => {
  const made = await update(ADA + MONTHLY + NEWS);
  const vid = textOf(made, 'VID') ?? '';
  const shown = await shop.get(`/autobills/${vid}`);
  expect(shown).toMatchObject({ VID: vid, standing: 'active' });
  expect(shown).not.toHaveProperty('merchantAutoBillId');
});

test('one that is not there, or is another merchant’s, is not found', async () => {
  const message = 'There is no AutoBill none.';
  expect(await shop.get('/autobills/none', 404)).toMatchObject({ message });
  expect(await shop.post('/autobills/none/payment-failed', {}, 404)).toMatchObject({ message });
  expect(await shop.post('/autobills/none/payment-succeeded', {}, 404)).toMatchObject({ message });
  await shop.post(`${PATH}/payment-failed`, { final: 'yes' }, 400);
  await addKey(shop, 'plain_soap', 'theirs', 'lk_key-of-another-merchant');
  const theirs = await shop.call('POST', `${PATH}/payment-failed`, {
    body: {},
    key: 'lk_key-of-another-merchant',
  });
  expect(theirs.status).toBe(404);
  expect(await newLines()).toEqual([]);
});
