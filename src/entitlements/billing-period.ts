/** When the billing periods of a plan begin and end, on the calendar of a zone. Pure. */
import { dayOfMonth, monthOfBillings, onDayOfMonth, startOfDay } from './calendar-day';
import { addInterval, type Interval } from './extend';

/** How long one billing period is, and how often it comes. */
export interface Period {
  readonly type: 'Day' | 'Week' | 'Month' | 'Year';
  /** The number of days, weeks, months or years; at least 1. */
  readonly quantity: number;
  /** How many such periods follow one another; 0: without end. */
  readonly cycles: number;
}

/** A plan's periods, and how often the whole of them comes. */
export interface Plan {
  readonly periods: readonly Period[];
  /** Those of every run but the first; the same list where all runs are alike. */
  readonly repeated: readonly Period[];
  /** How often they run; undefined: without end. */
  readonly times: number | undefined;
  /** From the start of one run to that of the next; undefined: one follows on another. */
  readonly every: Partial<Interval> | undefined;
  /** How long the plan entitles, whatever its periods say; undefined: as long as they run. */
  readonly validFor: Partial<Interval> | 'forever' | undefined;
  /** No period but the first begins from then on; UTC milliseconds. */
  readonly endOfLife?: number | undefined;
}

/** A plan, and how its periods are counted. */
export interface Calendar {
  readonly plan: Plan;
  /** An IANA name. */
  readonly timeZone: string;
  /** Whether periods begin at midnight; else at the time of day at which the first one began. */
  readonly wholeDays: boolean;
}

/** Where counting begins: the period of that number begins at that moment, in UTC milliseconds. */
export interface Place {
  readonly period: number;
  readonly at: number;
  /** The day of the month, 1 to 31, on which periods of months and years begin, if not on that of `at`. */
  readonly billingDay?: number | undefined;
}

const UNITS: Readonly<Record<Period['type'], keyof Interval>> = {
  Day: 'days',
  Week: 'weeks',
  Month: 'months',
  Year: 'years',
};

/** The length of a number of periods of one kind. */
export function lengthOf({ type, quantity }: Pick<Period, 'type' | 'quantity'>, count = 1) {
  return { [UNITS[type]]: count * quantity };
}

/**
 * When the period of that number begins, counted from 0; of the number that follows the last one,
 * when the plan ends. Each run of like periods is counted from its own start: a month from
 * 31 January ends on the last of February, the next one on 31 March (decided).
 * @returns undefined when the plan has no such period, or when it lies beyond the year 9999
 */
export function periodStart(
  { plan, timeZone, wholeDays }: Calendar,
  place: Place,
  number: number,
): number | undefined {
  const count = countPeriods(plan);
  if (plan.periods.length === 0 || (count !== undefined && number > count)) return undefined;
  const billingDay = keepsDayOfMonth(plan) ? place.billingDay : undefined;
  let at: number | undefined = wholeDays ? startOfDay(place.at, timeZone) : place.at;
  let index = place.period;
  let inMonths = false;
  while (index < number && at !== undefined) {
    const step = nextStep(plan, index, number - index, number === count, billingDay);
    if (billingDay !== undefined && !inMonths && isOfMonths(step.interval)) {
      // Counted from the first of a month, no month is too short for the day.
      at = monthOfBillings(at, billingDay, timeZone);
      inMonths = true;
    }
    at = addInterval(at, step.interval, timeZone);
    index += step.periods;
  }
  return at !== undefined && inMonths ? onDayOfMonth(at, billingDay ?? 1, timeZone) : at;
}

/** Whether billings can stay on a day of the month: no days or weeks follow on months. */
export function keepsDayOfMonth({ periods, repeated, times, every }: Plan): boolean {
  const first = periods.findIndex(isMonthly);
  if (first < 0 || !periods.slice(first).every(isMonthly)) return false;
  if (times === 1) return true;
  return repeated.every(isMonthly) && (!every || (first === 0 && isOfMonths(every)));
}

function isMonthly({ type }: Period): boolean {
  return type === 'Month' || type === 'Year';
}

function isOfMonths({ weeks = 0, days = 0 }: Partial<Interval>): boolean {
  return weeks === 0 && days === 0;
}

/**
 * The day of the month on which billings fall: that which was asked for, else that on which the first
 * period of months begins, or where counting begins.
 */
export function billingDayOf(calendar: Calendar, place: Place): number {
  const { plan, timeZone } = calendar;
  if (place.billingDay !== undefined) return place.billingDay;
  const before = plan.periods.slice(0, plan.periods.findIndex(isMonthly));
  const first = keepsDayOfMonth(plan) ? (countCycles(before) ?? 0) : 0;
  const begins = first > place.period ? periodStart(calendar, place, first) : undefined;
  return dayOfMonth(begins ?? place.at, timeZone);
}

/** How many periods a plan has; undefined: without end, as one is without periods. */
export function countPeriods(plan: Plan): number | undefined {
  const first = countCycles(plan.periods);
  if (first === undefined || plan.times === undefined) return undefined;
  return first + (plan.times - 1) * (countCycles(plan.repeated) ?? 0);
}

function countCycles(periods: readonly Period[]): number | undefined {
  if (periods.length === 0 || periods.some(({ cycles }) => cycles === 0)) return undefined;
  return periods.reduce((count, { cycles }) => count + cycles, 0);
}

interface Step {
  readonly periods: number;
  readonly interval: Partial<Interval>;
}

/** Like periods together, and whole runs together: else counting over years would take long. */
function nextStep(
  plan: Plan,
  index: number,
  left: number,
  toTheEnd: boolean,
  billingDay: number | undefined,
): Step {
  const first = countCycles(plan.periods);
  if (first === undefined || plan.times === 1) return likePeriods(plan.periods, index, left);
  const alike = plan.repeated === plan.periods;
  const length = countCycles(plan.repeated) ?? 1;
  const within = alike ? index % length : index < first ? index : (index - first) % length;
  const inFirst = !alike && index < first;
  const run = inFirst
    ? { periods: plan.periods, length: first }
    : { periods: plan.repeated, length };
  // Days at the beginning and months after them are counted one after the other.
  if (inFirst && billingDay !== undefined && !plan.every) {
    return likePeriods(plan.periods, index, Math.min(left, first - index));
  }
  // The last run ends with its periods, not where another would begin.
  const last = plan.every && toTheEnd ? 1 : 0;
  const runs = Math.min(Math.floor(left / run.length) - last, inFirst ? 1 : Infinity);
  return within === 0 && runs > 0
    ? { periods: runs * run.length, interval: multiply(plan.every ?? sum(run.periods), runs) }
    : likePeriods(run.periods, within, left);
}

function likePeriods(periods: readonly Period[], index: number, left: number): Step {
  let passed = index;
  for (const period of periods) {
    const { cycles } = period;
    if (cycles === 0 || passed < cycles) {
      const count = cycles === 0 ? left : Math.min(left, cycles - passed);
      return { periods: count, interval: lengthOf(period, count) };
    }
    passed -= cycles;
  }
  throw new RangeError(`there is no period ${index}`);
}

function sum(periods: readonly Period[]): Partial<Interval> {
  const total = { years: 0, months: 0, weeks: 0, days: 0 };
  for (const { type, quantity, cycles } of periods) total[UNITS[type]] += quantity * cycles;
  return total;
}

function multiply(interval: Partial<Interval>, factor: number): Partial<Interval> {
  return Object.fromEntries(Object.entries(interval).map(([unit, n]) => [unit, n * factor]));
}

/**
 * When the next period would begin after the plan's last one.
 * @returns UTC milliseconds; undefined: never, or after the year 9999
 */
export function planEnd(calendar: Calendar, place: Place): number | undefined {
  const count = countPeriods(calendar.plan);
  return count === undefined ? undefined : periodStart(calendar, place, count);
}

/**
 * The number of the first period that begins after a moment, or of the plan's end.
 * @returns undefined when none does by the year 9999
 */
export function nextPeriod(calendar: Calendar, place: Place, at: number): number | undefined {
  const { plan } = calendar;
  // A period of no length would never lead past the moment.
  if (plan.periods.some(({ quantity, cycles }) => quantity < 1 || cycles < 0)) return undefined;
  const after = (number: number): boolean => {
    const begins = periodStart(calendar, place, number);
    return begins === undefined || begins > at;
  };
  if (after(place.period)) {
    return periodStart(calendar, place, place.period) === undefined ? undefined : place.period;
  }
  // Periods follow one another in time: the first that begins later is found by halving.
  let length = 1;
  while (!after(place.period + length)) length *= 2;
  let high = place.period + length;
  let low = place.period + Math.floor(length / 2);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (after(middle)) high = middle;
    else low = middle;
  }
  return periodStart(calendar, place, high) === undefined ? undefined : high;
}
