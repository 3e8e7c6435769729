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

const UNITS: Readonly<Record<Period['type'], keyof Interval>> = {
  Day: 'days',
  Week: 'weeks',
  Month: 'months',
  Year: 'years',
};

/**
 * When the period of that number begins, counted from 0; of the number that follows the last one,
 * when the plan ends. Each run of like periods is counted from its own start: a month from
 * 31 January ends on the last of February, the next one on 31 March (decided).
 * @param start UTC milliseconds
 * @returns undefined when the plan has no such period, or when it lies beyond the year 9999
 */
export function periodStart(
  periods: readonly Period[],
  start: number,
  number: number,
  timeZone: string,
): number | undefined {
  let left = number;
  let from: number | undefined = start;
  for (const period of periods) {
    const count = period.cycles === 0 ? left : Math.min(left, period.cycles);
    from = addInterval(from, { [UNITS[period.type]]: count * period.quantity }, timeZone);
    left -= count;
    if (left === 0 || from === undefined) return from;
  }
  return left === 0 ? from : undefined;
}

/** How many periods a plan has; undefined: without end, as one is without periods. */
export function countPeriods(periods: readonly Period[]): number | undefined {
  if (periods.length === 0 || periods.some(({ cycles }) => cycles === 0)) return undefined;
  return periods.reduce((count, { cycles }) => count + cycles, 0);
}

/**
 * When the plan ends.
 * @returns UTC milliseconds; undefined: never, or after the year 9999
 */
export function planEnd(
  periods: readonly Period[],
  start: number,
  timeZone: string,
): number | undefined {
  const count = countPeriods(periods);
  return count === undefined ? undefined : periodStart(periods, start, count, timeZone);
}

/**
 * The end of the period that runs at a moment: until then a subscription is paid for. Before the
 * start it is the start, and after the plan's end that end.
 * @returns undefined when no period ends after it by the year 9999
 */
export function runningPeriodEnd(
  periods: readonly Period[],
  start: number,
  at: number,
  timeZone: string,
): number | undefined {
  if (at < start) return start;
  const end = planEnd(periods, start, timeZone);
  if (end !== undefined && end <= at) return end;
  // A period of no length would never lead past the moment.
  if (periods.some(({ quantity, cycles }) => quantity < 1 || cycles < 0)) return undefined;
  const after = (number: number): boolean => {
    const begins = periodStart(periods, start, number, timeZone);
    return begins === undefined || begins > at;
  };
  // Periods follow one another in time: the first that begins later is found by halving.
  let high = 1;
  while (!after(high)) high *= 2;
  let low = high / 2;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (after(middle)) high = middle;
    else low = middle;
  }
  return periodStart(periods, start, high, timeZone);
}
