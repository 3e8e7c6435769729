/**
 * Plans × dates × zones: until when an AutoBill entitles, against ends that were worked out by hand. It
 * ends at 23:59:59 of the day before the billing that would follow.
 */
import { SEED } from '../harness/seed';
import { startTestServer } from '../harness/server';
import { callService } from '../harness/soap-call';
import { textOf } from '../harness/xml';

const LOS_ANGELES = 'America/Los_Angeles';
const BERLIN = 'Europe/Berlin';
const KOLKATA = 'Asia/Kolkata';

const period = (quantity: number, type: string, cycles = 1, more = '') =>
  `<periods><type>${type}</type><quantity>${quantity}</quantity><cycles>${cycles}</cycles>${more}</periods>`;
const times = (text: string) => `<timesToRun>${text}</timesToRun>`;
const every = (text: string) => `<repeatEvery>${text}</repeatEvery>`;
const validFor = (text: string) => `<entitlementsValidFor>${text}</entitlementsValidFor>`;
const FREE = '<free>true</free>';
const skip = (yes: boolean) =>
  `<skipInitialFreeWhenRepeating>${yes}</skipInitialFreeWhenRepeating>`;
const endOfLife = (moment: string) => `<endOfLifeTimestamp>${moment}</endOfLifeTimestamp>`;

/** Starts one AutoBill of a plan, and cancels it at a moment, if one is given. */
async function endOf(plan: string, start: string, timeZone: string, cancelledAt?: string) {
  // The end is asked for when it lies ahead.
  const now = Date.parse(start);
  const server = await startTestServer({ merchants: SEED, settings: { timeZone }, now });
  const call = async (operation: string, parts: string) => {
    const { body, returnString } = await callService('AutoBill', server.url, operation, parts);
    expect(returnString).toBe('OK');
    return body;
  };
  try {
    const ADA = '<account><merchantAccountId>ada-1815</merchantAccountId></account>';
    await call(
      'update',
      `<autobill><merchantAutoBillId>b</merchantAutoBillId>${ADA}` +
        `<billingPlan><merchantBillingPlanId>p</merchantBillingPlanId>${plan}` +
        '<merchantEntitlementIds><id>x</id></merchantEntitlementIds></billingPlan>' +
        `<startTimestamp>${start}</startTimestamp>` +
        '<items><product><merchantProductId>q</merchantProductId></product></items></autobill>',
    );
    if (cancelledAt !== undefined) {
      server.setNow(Date.parse(cancelledAt));
      const named = '<autobill><merchantAutoBillId>b</merchantAutoBillId></autobill>';
      await call('cancel', `${named}<disentitle>false</disentitle><force>false</force>`);
    }
    const plain = '<srd>{"autobill":["endTimestamp"]}</srd>';
    const autoBill = await call(
      'fetchByMerchantAutoBillId',
      `${plain}<merchantAutoBillId>b</merchantAutoBillId>`,
    );
    const parts = `<srd>{"entitlements":["endTimestamp"]}</srd><entitlementId>x</entitlementId>${ADA}`;
    const held = await callService(
      'Entitlement',
      server.url,
      'fetchByEntitlementIdAndAccount',
      parts,
    );
    const end = textOf(autoBill, 'endTimestamp');
    // Its entitlements end with it.
    expect(textOf(held.body, 'endTimestamp')).toBe(end);
    return end ?? 'never';
  } finally {
    await server.stop();
  }
}

test.each([
  // A day is a day of the calendar: one that begins at noon ends with it.
  [period(1, 'Day'), '2024-03-09T12:00:00-08:00', LOS_ANGELES, '2024-03-09T23:59:59-08:00'],
  // Three weeks from 28 October: 18 November. Clocks went back on 3 November.
  [period(3, 'Week'), '2024-10-28T12:00:00-07:00', LOS_ANGELES, '2024-11-17T23:59:59-08:00'],
  // Berlin went forward on 31 March: a month from 15 March is 15 April.
  [period(1, 'Month'), '2024-03-15T08:00:00+01:00', BERLIN, '2024-04-14T23:59:59+02:00'],
  // 31 January + 1 month is 29 February in 2024; + 3 months is 30 April.
  [period(1, 'Month'), '2024-01-31T00:00:00-08:00', LOS_ANGELES, '2024-02-28T23:59:59-08:00'],
  [period(1, 'Month', 3), '2024-01-31T00:00:00-08:00', LOS_ANGELES, '2024-04-29T23:59:59-07:00'],
  // Quarters: 2 × 3 months from 31 August 2023 is 29 February 2024.
  [period(3, 'Month', 2), '2023-08-31T00:00:00+02:00', BERLIN, '2024-02-28T23:59:59+01:00'],
  // 29 February + 1 year is 28 February; + 4 years the 29th again.
  [period(1, 'Year'), '2024-02-29T10:00:00+05:30', KOLKATA, '2025-02-27T23:59:59+05:30'],
  [period(1, 'Year', 4), '2024-02-29T10:00:00+05:30', KOLKATA, '2028-02-28T23:59:59+05:30'],
  // 1 February in Kolkata is 31 January in UTC: a month is 1 March there.
  [period(1, 'Month'), '2024-02-01T02:00:00+05:30', KOLKATA, '2024-02-29T23:59:59+05:30'],
  // A free week until 8 January, then two months: 8 March.
  [
    period(7, 'Day', 1, FREE) + period(1, 'Month', 2),
    '2024-01-01T00:00:00Z',
    'UTC',
    '2024-03-07T23:59:59+00:00',
  ],
  // Three months at one price and three at another count as six from the 31st: 31 July, not the 30th.
  [
    period(1, 'Month', 3) + period(1, 'Month', 3),
    '2024-01-31T00:00:00Z',
    'UTC',
    '2024-07-30T23:59:59+00:00',
  ],
  // Without end: the last period repeats, or the whole of them does.
  [period(1, 'Month', 0), '2024-01-31T00:00:00Z', 'UTC', 'never'],
  [period(7, 'Day') + period(1, 'Month', 0), '2024-01-31T00:00:00Z', 'UTC', 'never'],
  [period(1, 'Month') + times('unlimited'), '2024-01-31T00:00:00Z', 'UTC', 'never'],
  [period(1, 'Month') + times('0'), '2024-01-31T00:00:00Z', 'UTC', 'never'],
  // Twice a month from 31 January is 31 March.
  [period(1, 'Month') + times('2'), '2024-01-31T00:00:00Z', 'UTC', '2024-03-30T23:59:59+00:00'],
  // A free week and a month, twice, but free once: 8 January, 8 February, 8 March.
  [
    period(1, 'Week', 1, FREE) + period(1, 'Month') + times('2') + skip(true),
    '2024-01-01T00:00:00Z',
    'UTC',
    '2024-03-07T23:59:59+00:00',
  ],
  // So it is where nothing is said of it; else it is free again: 15 February, 15 March.
  [
    period(1, 'Week', 1, FREE) + period(1, 'Month') + times('2'),
    '2024-01-01T00:00:00Z',
    'UTC',
    '2024-03-07T23:59:59+00:00',
  ],
  [
    period(1, 'Week', 1, FREE) + period(1, 'Month') + times('2') + skip(false),
    '2024-01-01T00:00:00Z',
    'UTC',
    '2024-03-14T23:59:59+00:00',
  ],
  // Observed: four months from 12 February, 06:31:12.
  [period(4, 'Month'), '2018-02-12T06:31:12-08:00', LOS_ANGELES, '2018-06-11T23:59:59-07:00'],
  // No renewal after the plan's life: months from 31 January, the last one begins on 31 March.
  [
    period(1, 'Month', 0) + endOfLife('2024-04-15T00:00:00Z'),
    '2024-01-31T00:00:00Z',
    'UTC',
    '2024-04-29T23:59:59+00:00',
  ],
  // The renewal of that very moment is none; a plan whose life is over runs for one period.
  [
    period(1, 'Month', 0) + endOfLife('2024-03-31T00:00:00Z'),
    '2024-01-31T00:00:00Z',
    'UTC',
    '2024-03-30T23:59:59+00:00',
  ],
  [
    period(1, 'Month', 0) + endOfLife('2023-01-01T00:00:00Z'),
    '2024-01-31T00:00:00Z',
    'UTC',
    '2024-02-28T23:59:59+00:00',
  ],
  // The first three months of each of five years: the fifth run begins on 1 January 2028.
  [
    period(1, 'Month', 3) + times('5') + every('1 year'),
    '2024-01-01T00:00:00Z',
    'UTC',
    '2028-03-31T23:59:59+00:00',
  ],
  // Paid for a month, entitled for six from the start; and for ever.
  [
    period(1, 'Month') + validFor('6 months'),
    '2024-01-31T00:00:00Z',
    'UTC',
    '2024-07-30T23:59:59+00:00',
  ],
  [period(1, 'Month') + validFor('forever'), '2024-01-31T00:00:00Z', 'UTC', 'never'],
  // Nothing is said of periods: nothing ends it.
  ['', '2024-01-31T00:00:00Z', 'UTC', 'never'],
])('%s from %s in %s entitles until %s', async (plan, start, timeZone, end) => {
  expect(await endOf(plan, start, timeZone)).toBe(end);
});

test.each([
  // Months from 31 January, midnight in Los Angeles: 29 February, 31 March (summer time), 30 April.
  ['2024-02-15T00:00:00-08:00', '2024-02-28T23:59:59-08:00'],
  ['2024-02-29T00:00:00-08:00', '2024-03-30T23:59:59-07:00'],
  ['2024-03-30T23:59:58-07:00', '2024-03-30T23:59:59-07:00'],
  ['2024-04-01T00:00:00-07:00', '2024-04-29T23:59:59-07:00'],
  // Years later the day is still the last of the month: 31 January 2034 + … = 28 February 2034.
  ['2034-02-01T00:00:00-08:00', '2034-02-27T23:59:59-08:00'],
])('monthly from 31 January, cancelled at %s, entitles until %s', async (at, end) => {
  const start = '2024-01-31T00:00:00-08:00';
  expect(await endOf(period(1, 'Month', 0), start, LOS_ANGELES, at)).toBe(end);
});
