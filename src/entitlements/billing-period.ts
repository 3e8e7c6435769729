/** When the billing periods of a plan begin and end, on the calendar of a zone. Pure. */
import { addInterval, type Interval } from './extend';

/** How long one billing period is, and how often it comes. */
export interface Period {
  readonly type: 'Day' | 'Week' | 'Month' | 'Year';
  /** So many days, weeks, months or years; at least 1. */
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
}

/** Where counting begins: so many periods have passed at that moment, in UTC milliseconds. */
export interface Place {
  readonly period: number;
  readonly at: number;
}

const UNITS: Readonly<Record<Period['type'], keyof Interval>> = {
  Day: 'days',
  Week: 'weeks',
  Month: 'months',
  Year: 'years',
};

/** The length of so many periods of one kind. */
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
  plan: Plan,
  { period, at: from }: Place,
  number: number,
  timeZone: string,
): number | undefined {
  const count = countPeriods(plan);
  if (plan.periods.length === 0 || (count !== undefined && number > count)) return undefined;
  let at: number | undefined = from;
  let index = period;
  while (index < number && at !== undefined) {
    const step = nextStep(plan, index, number - index, number === count);
    at = addInterval(at, step.interval, timeZone);
    index += step.periods;
  }
  return at;
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
function nextStep(plan: Plan, index: number, left: number, toTheEnd: boolean): Step {
  const first = countCycles(plan.periods);
  if (first === undefined || plan.times === 1) return likePeriods(plan.periods, index, left);
  const alike = plan.repeated === plan.periods;
  const length = countCycles(plan.repeated) ?? 1;
  const within = alike ? index % length : index < first ? index : (index - first) % length;
  const inFirst = !alike && index < first;
  const run = inFirst
    ? { periods: plan.periods, length: first }
    : { periods: plan.repeated, length };
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
 * When a plan ends that starts at that moment.
 * @returns UTC milliseconds; undefined: never, or after the year 9999
 */
export function planEnd(plan: Plan, start: number, timeZone: string): number | undefined {
  const count = countPeriods(plan);
  return count === undefined
    ? undefined
    : periodStart(plan, { period: 0, at: start }, count, timeZone);
}

/**
 * The number of the first period that begins after a moment, or of the plan's end.
 * @returns undefined when none does by the year 9999
 */
export function nextPeriod(
  plan: Plan,
  place: Place,
  at: number,
  timeZone: string,
): number | undefined {
  // A period of no length would never lead past the moment.
  if (plan.periods.some(({ quantity, cycles }) => quantity < 1 || cycles < 0)) return undefined;
  if (at < place.at) return place.period;
  const after = (number: number): boolean => {
    const begins = periodStart(plan, place, number, timeZone);
    return begins === undefined || begins > at;
  };
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
  return periodStart(plan, place, high, timeZone) === undefined ? undefined : high;
}
