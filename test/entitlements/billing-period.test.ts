/** Plans × dates × zones, against ends that were worked out by hand. */
import { type Period, planEnd, runningPeriodEnd } from '../../src/entitlements/billing-period';

const moment = (text: string) => Date.parse(text);
const show = (at: number | undefined) => (at === undefined ? 'never' : new Date(at).toISOString());
const every = (quantity: number, type: Period['type'], cycles = 0): Period => ({
  type,
  quantity,
  cycles,
});

test.each([
  // 31 January + 3 months, counted from the start: 30 April; not 29 by way of February.
  [[every(1, 'Month', 3)], '2024-01-31T12:00:00Z', 'UTC', '2024-04-30T12:00:00.000Z'],
  // A free week until 8 January, then 2 months of it: 8 March, still winter time, noon stays noon.
  [
    [every(7, 'Day', 1), every(1, 'Month', 2)],
    '2024-01-01T12:00:00-08:00',
    'America/Los_Angeles',
    '2024-03-08T20:00:00.000Z',
  ],
  // 29 February + 1 year is 28 February, + 4 years the 29th again.
  [[every(1, 'Year', 1)], '2024-02-29T00:00:00Z', 'UTC', '2025-02-28T00:00:00.000Z'],
  [[every(1, 'Year', 4)], '2024-02-29T00:00:00Z', 'UTC', '2028-02-29T00:00:00.000Z'],
  // Two weeks over 31 March 2024, when Berlin goes from +1 to +2: noon there is 11:00, then 10:00.
  [[every(2, 'Week', 1)], '2024-03-25T11:00:00Z', 'Europe/Berlin', '2024-04-08T10:00:00.000Z'],
  // 23:30 on 31 January in Los Angeles is 1 February in UTC: the zone's month ends count.
  [
    [every(1, 'Month', 1)],
    '2024-02-01T07:30:00Z',
    'America/Los_Angeles',
    '2024-03-01T07:30:00.000Z',
  ],
  // A last period without end, and no period at all.
  [[every(1, 'Month', 1), every(1, 'Year')], '2024-01-31T12:00:00Z', 'UTC', 'never'],
  [[], '2024-01-31T12:00:00Z', 'UTC', 'never'],
])('%j from %s in %s ends %s', (periods, start, timeZone, end) => {
  expect(show(planEnd(periods, moment(start), timeZone))).toBe(end);
});

test.each([
  // Months from 31 January: 29 February, 31 March, 30 April. At its end a period runs no more.
  [[every(1, 'Month')], '2024-02-15T00:00:00Z', '2024-02-29T12:00:00.000Z'],
  [[every(1, 'Month')], '2024-02-29T11:59:59Z', '2024-02-29T12:00:00.000Z'],
  [[every(1, 'Month')], '2024-02-29T12:00:00Z', '2024-03-31T12:00:00.000Z'],
  [[every(1, 'Month')], '2034-04-01T00:00:00Z', '2034-04-30T12:00:00.000Z'],
  // A day, then quarters from 1 February: 1 May, 1 August.
  [[every(1, 'Day', 1), every(3, 'Month')], '2024-01-31T13:00:00Z', '2024-02-01T12:00:00.000Z'],
  [[every(1, 'Day', 1), every(3, 'Month')], '2024-05-01T12:00:00Z', '2024-08-01T12:00:00.000Z'],
  // Before the start nothing is paid for; after the plan's end nothing more.
  [[every(1, 'Month')], '2024-01-01T00:00:00Z', '2024-01-31T12:00:00.000Z'],
  [[every(1, 'Month', 2)], '2025-01-01T00:00:00Z', '2024-03-31T12:00:00.000Z'],
  [[], '2024-02-15T00:00:00Z', 'never'],
  // Periods of no length lead nowhere, and must not be searched for ever.
  [[every(0, 'Month')], '2024-02-15T00:00:00Z', 'never'],
])('of %j the period that runs at %s ends %s', (periods, at, end) => {
  const start = moment('2024-01-31T12:00:00Z');
  expect(show(runningPeriodEnd(periods, start, moment(at), 'UTC'))).toBe(end);
});
