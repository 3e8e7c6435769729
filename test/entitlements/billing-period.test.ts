/** Plans × dates × zones, against ends that were worked out by hand. */
import {
  nextPeriod,
  type Period,
  periodStart,
  type Plan,
  planEnd,
} from '../../src/entitlements/billing-period';

const moment = (text: string) => Date.parse(text);
const show = (at: number | undefined) => (at === undefined ? 'never' : new Date(at).toISOString());
const every = (quantity: number, type: Period['type'], cycles = 0): Period => ({
  type,
  quantity,
  cycles,
});

/** Periods that run once, unless it is said otherwise. */
const plan = (periods: readonly Period[], more: Partial<Plan> = {}): Plan => ({
  periods,
  repeated: periods,
  times: 1,
  every: undefined,
  validFor: undefined,
  ...more,
});

/** Counted to the moment, as AutoBills of an earlier version's file are. */
const toTheMoment = (of: Plan, timeZone = 'UTC') => ({ plan: of, timeZone, wholeDays: false });
/** Counted in whole days. */
const byDays = (of: Plan, timeZone = 'UTC') => ({ plan: of, timeZone, wholeDays: true });

/** The end of the period that runs then. */
function runningEnd(periods: readonly Period[], start: number, at: number): number | undefined {
  const place = { period: 0, at: start };
  const next = nextPeriod(toTheMoment(plan(periods)), place, at);
  return next === undefined ? undefined : periodStart(toTheMoment(plan(periods)), place, next);
}

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
  // A day until 31 January, then a month of it: the last of February.
  [
    [every(1, 'Day', 1), every(1, 'Month', 1)],
    '2024-01-30T12:00:00Z',
    'UTC',
    '2024-02-29T12:00:00.000Z',
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
  expect(
    show(planEnd(toTheMoment(plan(periods), timeZone), { period: 0, at: moment(start) })),
  ).toBe(end);
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
  // Before the start the first period is the next; after the plan's end none is.
  [[every(1, 'Month')], '2024-01-01T00:00:00Z', '2024-01-31T12:00:00.000Z'],
  [[every(1, 'Month', 2)], '2025-01-01T00:00:00Z', 'never'],
  [[], '2024-02-15T00:00:00Z', 'never'],
  // Periods of no length lead nowhere, and must not be searched for ever.
  [[every(0, 'Month')], '2024-02-15T00:00:00Z', 'never'],
])('of %j the period that runs at %s ends %s', (periods, at, end) => {
  const start = moment('2024-01-31T12:00:00Z');
  expect(show(runningEnd(periods, start, moment(at)))).toBe(end);
});

const month = [every(1, 'Month', 1)];
const trialAndMonths = [every(7, 'Day', 1), every(1, 'Month', 3)];

test.each<[string, Plan, string, string]>([
  // 3 runs of one month from 31 January: months of one run on another count together, 30 April.
  ['three runs', plan(month, { times: 3 }), '2024-01-31T12:00:00Z', '2024-04-30T12:00:00.000Z'],
  ['runs without end', plan(month, { times: undefined }), '2024-01-31T12:00:00Z', 'never'],
  // 1 January + 7 days + 3 months = 8 April; 3 months more without the trial = 8 July.
  [
    'a trial that comes once',
    plan(trialAndMonths, { repeated: [every(1, 'Month', 3)], times: 2 }),
    '2024-01-01T00:00:00Z',
    '2024-07-08T00:00:00.000Z',
  ],
  // 7 days and 3 months, twice, are 6 months and 14 days: 15 July.
  [
    'a trial that comes again',
    plan(trialAndMonths, { times: 2 }),
    '2024-01-01T00:00:00Z',
    '2024-07-15T00:00:00.000Z',
  ],
  // The first 3 months of 5 years: the fifth run starts on 1 January 2028 and ends with March.
  [
    'a season each year',
    plan([every(1, 'Month', 3)], { times: 5, every: { years: 1 } }),
    '2024-01-01T00:00:00Z',
    '2028-04-01T00:00:00.000Z',
  ],
])('%s: the plan ends as worked out', (_, runs, start, end) => {
  expect(show(planEnd(toTheMoment(runs), { period: 0, at: moment(start) }))).toBe(end);
});

test('a billing in a later run of a yearly season is found', () => {
  const runs = plan([every(1, 'Month', 3)], { times: undefined, every: { years: 1 } });
  const place = { period: 0, at: moment('2024-01-01T00:00:00Z') };
  // After March 2025 comes January 2026: 2 runs of 3 have passed.
  const next = nextPeriod(toTheMoment(runs), place, moment('2025-03-15T00:00:00Z'));
  expect(next).toBe(6);
  expect(show(periodStart(toTheMoment(runs), place, 6))).toBe('2026-01-01T00:00:00.000Z');
});

test('periods over two thousand years are found at once', () => {
  const days = plan([every(1, 'Day', 1), every(2, 'Day', 1)], { times: undefined });
  const place = { period: 0, at: moment('0001-01-01T00:00:00Z') };
  // 2024-01-01 is 738,885 days later = 246,295 runs of 3 days: a run begins just then.
  const next = nextPeriod(toTheMoment(days), place, moment('2024-01-01T00:00:00Z'));
  expect(next).toBe(2 * 246_295 + 1);
});

describe('in whole days', () => {
  test.each([
    // The day counts, not the time of day: on 10 March 2024 Los Angeles has 23 hours.
    [[every(1, 'Day', 1)], '2024-03-09T12:00:00-08:00', '2024-03-10T08:00:00.000Z'],
    [[every(1, 'Day', 2)], '2024-03-09T23:59:59-08:00', '2024-03-11T07:00:00.000Z'],
    // Observed: four months from 12 February, 06:31:12.
    [[every(1, 'Month', 4)], '2018-02-12T06:31:12-08:00', '2018-06-12T07:00:00.000Z'],
    // It is 31 January in Los Angeles, 1 February in UTC.
    [[every(1, 'Month', 1)], '2024-02-01T07:30:00Z', '2024-02-29T08:00:00.000Z'],
  ])('%j from %s: another would begin %s', (periods, start, end) => {
    const place = { period: 0, at: moment(start) };
    expect(show(planEnd(byDays(plan(periods), 'America/Los_Angeles'), place))).toBe(end);
  });

  test('a period has begun from midnight on', () => {
    const months = byDays(plan([every(1, 'Month')]));
    const place = { period: 0, at: moment('2024-01-31T12:00:00Z') };
    expect(nextPeriod(months, place, moment('2024-02-28T23:59:59Z'))).toBe(1);
    expect(nextPeriod(months, place, moment('2024-02-29T00:00:00Z'))).toBe(2);
  });
});

describe('with a billing day', () => {
  const begins = (of: Plan, from: string, billingDay: number, numbers: readonly number[]) => {
    const place = { period: 0, at: moment(from), billingDay };
    return numbers.map((number) => show(periodStart(byDays(of), place, number)).slice(0, 10));
  };
  const months = plan([every(1, 'Month')]);
  const trial = plan([every(7, 'Day', 1), every(1, 'Month')]);
  const quarters = plan([every(3, 'Month', 4)], { times: undefined });

  test.each<[string, Plan, string, number, string[]]>([
    // Later in the month: of the same month. Nothing is shorter than a month.
    ['later', months, '2024-06-01', 15, ['2024-06-01', '2024-07-15', '2024-08-15']],
    ['earlier', months, '2024-06-20', 5, ['2024-06-20', '2024-08-05', '2024-09-05']],
    ['the 31st', months, '2024-01-15', 31, ['2024-01-15', '2024-02-29', '2024-03-31']],
    [
      'the 30th from the 31st',
      months,
      '2024-01-31',
      30,
      ['2024-01-31', '2024-03-30', '2024-04-30'],
    ],
    // A week until 8 June; a month from there is 8 July.
    ['after a trial', trial, '2024-06-01', 15, ['2024-06-01', '2024-06-08', '2024-07-15']],
    ['in quarters', quarters, '2024-06-20', 5, ['2024-06-20', '2024-10-05', '2025-01-05']],
  ])('%s', (_, of, from, day, expected) => {
    expect(begins(of, `${from}T12:00:00Z`, day, [0, 1, 2])).toEqual(expected);
  });

  test('weeks have no day of the month', () => {
    expect(begins(plan([every(1, 'Week')]), '2024-06-01T12:00:00Z', 15, [1])).toEqual([
      '2024-06-08',
    ]);
  });
});
