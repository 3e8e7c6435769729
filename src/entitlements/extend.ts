/**
 * The rules for extending an entitlement, to a date or by an interval on the calendar. Pure.
 * Decided: docs/decisions/extension.md
 */
import { DateTime } from 'luxon';
import { zoneOf } from '../base/zone';
import type { EntitlementState } from './entitlement';

/** Whole years, months, weeks and days; none of them negative. */
export interface Interval {
  readonly years: number;
  readonly months: number;
  readonly weeks: number;
  readonly days: number;
}

const LAST_YEAR = 9999;

/**
 * Moves the end to a later moment. One that has ended is extended, too, from the end that it had
 * (decided).
 * @param to UTC milliseconds
 * @returns the state after it, or a sentence that says why it cannot be
 */
export function extendTo(current: EntitlementState, to: number): EntitlementState | string {
  if (current.end === undefined) return 'the entitlement has no end';
  if (to < current.end) return 'the extension date is before the end of the entitlement';
  return { ...current, end: to };
}

/**
 * Moves the end by an interval on the calendar of a zone: a month from 31 January is the last day of
 * February, and across a change of the clocks the local time of day stays.
 * @param timeZone an IANA name
 * @returns the state after it, or a sentence that says why it cannot be
 */
export function extendBy(
  current: EntitlementState,
  interval: Interval,
  timeZone: string,
): EntitlementState | string {
  if (current.end === undefined) return 'the entitlement has no end';
  const negative = Object.entries(interval).find(([, count]: [string, number]) => count < 0);
  if (negative) return `${negative[0]} of the interval is negative`;
  const to = addInterval(current.end, interval, timeZone);
  return to === undefined ? `the new end is after the year ${LAST_YEAR}` : { ...current, end: to };
}

/**
 * A moment so much later on the calendar of a zone, as `extendBy` counts.
 * @param moment UTC milliseconds
 * @returns undefined when a dateTime on the wire could not name it
 */
export function addInterval(
  moment: number,
  interval: Partial<Interval>,
  timeZone: string,
): number | undefined {
  const to = DateTime.fromMillis(moment, { zone: zoneOf(timeZone) }).plus({ ...interval });
  // In UTC: a dateTime on the wire names no moment beyond, in whatever zone.
  return to.isValid && to.toUTC().year <= LAST_YEAR ? to.toMillis() : undefined;
}
