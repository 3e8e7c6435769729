/** Billings that move to other days, and the end of the plan with them. Pure: no clock, no store, no wire. */
import {
  type Calendar,
  countPeriods,
  keepsDayOfMonth,
  nextPeriod,
  periodStart,
  type Place,
  planEnd,
} from './billing-period';
import { dayOfMonth, daysBetween, firstSuchDay, startOfNextDay } from './calendar-day';
import { type Course, countedFrom } from './subscription';

/**
 * Bills it on that day of the month, or the last one of a shorter month (documented). The period that
 * runs is not cut short: the billing after it falls on the next such day to come, and the plan ends where the
 * billing after its last one would fall. What put the end off further than the billings still does
 * (decided).
 */
export function billOnDay(
  course: Course,
  calendar: Calendar,
  { billingDay, now }: { readonly billingDay: number; readonly now: number },
): Course {
  const { billedFrom } = course;
  if (billedFrom.billingDay === billingDay) return course;
  const counted = countOnDay(calendar, billedFrom, { billingDay, now });
  return { ...course, billedFrom: counted, delayedDays: daysBeyondBillings(course, calendar) };
}

/** From where billings are counted when they fall on that day of the month from now on. */
function countOnDay(
  calendar: Calendar,
  from: Place,
  { billingDay, now }: { readonly billingDay: number; readonly now: number },
): Place {
  const { timeZone } = calendar;
  const { period, at } = periodAt(calendar, from, now);
  const place = { period, at, billingDay };
  if (!keepsDayOfMonth(calendar.plan)) return place;
  if (period > 0 && at > now) {
    return { ...place, at: firstSuchDay(at, billingDay, timeZone) };
  }
  const next = periodStart(calendar, place, period + 1);
  if (next === undefined || next > now) return place;
  // A period that earlier changes made longer: the day has passed, and the period runs on.
  const begins = firstSuchDay(startOfNextDay(now, timeZone), billingDay, timeZone);
  return { period: period + 1, at: begins, billingDay };
}

/**
 * The period that runs and its beginning: that of the next billing where it was put off for good, the
 * plan's end where the last one is over.
 */
function periodAt(calendar: Calendar, from: Place, now: number): Place {
  const next = nextPeriod(calendar, from, now);
  const period = next === undefined ? countPeriods(calendar.plan) : next - 1;
  if (period === undefined || period <= from.period) return from;
  return { period, at: periodStart(calendar, from, period) ?? from.at };
}

/** By how many days the plan ends later than its billings do: single ones were put off. */
function daysBeyondBillings(course: Course, calendar: Calendar): number {
  const { delayedDays, billedFrom } = course;
  // The length of time that such a plan entitles for has nothing to do with billings.
  if (calendar.plan.validFor) return delayedDays;
  const later = daysLater(calendar, countedFrom(course), billedFrom) ?? delayedDays;
  return Math.max(0, delayedDays - later);
}

/** How many days later a plan ends when it is counted from another place. @returns undefined: it has no end */
function daysLater(calendar: Calendar, from: Place, other: Place): number | undefined {
  const [was, is] = [from, other].map((place) => planEnd(calendar, place));
  if (was === undefined || is === undefined) return undefined;
  return daysBetween(was, is, calendar.timeZone);
}

/** A delay of the next billing. */
export interface Delay {
  /** When the billing was due. */
  readonly from: Place;
  readonly to: number;
  readonly days: number;
  /** Whether every later billing moves with it. */
  readonly permanent: boolean;
}

/**
 * Puts the next billing off, and the end by as many days (documented); to its own date nothing
 * changes. A delay for good gives it the billing day that it falls on.
 */
export function delayBilling(
  course: Course,
  calendar: Calendar,
  { from, to, days, permanent }: Delay,
): Course {
  if (to === from.at) return course;
  const delayedDays = course.delayedDays + days;
  if (!permanent) return { ...course, moved: { period: from.period, at: to }, delayedDays };
  const known = course.billedFrom.billingDay;
  const billingDay = known === undefined ? undefined : dayOfMonth(to, calendar.timeZone);
  const billedFrom = { period: from.period, at: to, billingDay };
  const delayed = { ...course, billedFrom, moved: undefined };
  // Counted with the billings, the end has moved already, if not by as many days in every month.
  if (known === undefined || calendar.plan.validFor) return { ...delayed, delayedDays };
  return {
    ...delayed,
    delayedDays: delayedDays - (daysLater(calendar, course.billedFrom, billedFrom) ?? days),
  };
}
