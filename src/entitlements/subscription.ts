/**
 * What an AutoBill's course means for the access that it gives. Pure: no clock, no store, no wire.
 * Decided: docs/decisions/autobills.md
 */
import {
  countPeriods,
  nextPeriod,
  type Place,
  type Plan,
  periodStart,
  planEnd,
} from './billing-period';
import { effectiveNow } from './entitlement';
import { addInterval } from './extend';

/** What happened to an AutoBill so far, as far as access goes. Moments are UTC milliseconds. */
export interface Course {
  readonly start: number;
  /** When the plan that it has now began; it may have had others. */
  readonly planStart: number;
  /** From where billings are counted: a delay for good moves it. */
  readonly billedFrom: Place;
  /** A billing that was put off by itself. */
  readonly moved: Place | undefined;
  /** By how many days the plan's end was put off. */
  readonly delayedDays: number;
  readonly cancelledAt: number | undefined;
  /** Until when it entitles since it was cancelled, or since its plan, changed later, ran out. */
  readonly endsAt: number | undefined;
  /** When the payment failed that is tried again. */
  readonly retrySince: number | undefined;
  /** Until when it entitles while a payment is tried again. */
  readonly graceUntil: number | undefined;
  /** When it was given up to try again. */
  readonly failedAt: number | undefined;
}

/** The course of a subscription whose plan begins at that moment. */
export function startCourse(start: number): Course {
  return {
    ...{ start, planStart: start, billedFrom: { period: 0, at: start }, moved: undefined },
    ...{ delayedDays: 0, cancelledAt: undefined, endsAt: undefined },
    ...{ retrySince: undefined, graceUntil: undefined, failedAt: undefined },
  };
}

/** A plan, and the IANA zone on whose calendar its periods are counted. */
export interface Calendar {
  readonly plan: Plan;
  readonly timeZone: string;
}

/** Where an AutoBill may stand. */
export const STANDINGS = [
  'pending',
  'active',
  'retrying',
  'cancelling',
  'cancelled',
  'failed',
  'expired',
] as const;

export type Standing = (typeof STANDINGS)[number];

/** Where it stands at that moment. */
export function standingOf(course: Course, calendar: Calendar, now: number): Standing {
  const { failedAt, cancelledAt, endsAt, start, retrySince } = course;
  if (failedAt !== undefined) return 'failed';
  if (cancelledAt !== undefined) {
    return endsAt !== undefined && endsAt > now && start <= now ? 'cancelling' : 'cancelled';
  }
  if (start > now) return 'pending';
  const end = endsAt ?? naturalEnd(course, calendar);
  if (end !== undefined && end <= now) return 'expired';
  return retrySince === undefined ? 'active' : 'retrying';
}

/** Whether it will not entitle again, unless it failed and is paid after all. */
export function isFinished(standing: Standing): boolean {
  return standing === 'cancelled' || standing === 'failed' || standing === 'expired';
}

/**
 * When it ends if nothing happens: with the last period of its plan, or as long after the plan's
 * start as the plan entitles.
 * @returns undefined: it has no end
 */
export function naturalEnd(course: Course, { plan, timeZone }: Calendar): number | undefined {
  const { planStart, delayedDays } = course;
  if (plan.validFor === 'forever') return undefined;
  const end = plan.validFor
    ? addInterval(planStart, plan.validFor, timeZone)
    : planEnd(plan, planStart, timeZone);
  if (end === undefined || delayedDays === 0) return end;
  return addInterval(end, { days: delayedDays }, timeZone);
}

/** Until when it entitles, as far as that is known; undefined: without end. */
export function entitledUntil(course: Course, calendar: Calendar): number | undefined {
  const { endsAt, graceUntil, failedAt } = course;
  const ends = [endsAt ?? naturalEnd(course, calendar), graceUntil, failedAt];
  const known = ends.filter((end) => end !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}

/**
 * The next billing after that moment, with its number: at the start of each period but none at the
 * plan's end.
 */
export function nextBilling(
  { billedFrom, moved }: Course,
  { plan, timeZone }: Calendar,
  at: number,
): Place | undefined {
  if (moved && moved.at > at) return moved;
  const count = countPeriods(plan);
  const period = nextPeriod(plan, billedFrom, at, timeZone);
  if (period === undefined || period === count) return undefined;
  const begins = periodStart(plan, billedFrom, period, timeZone);
  return begins === undefined ? undefined : { period, at: begins };
}

/**
 * Cancels it: it entitles until the end of the period that runs, for that is paid (documented); a plan
 * without periods has nothing paid, and ends at once.
 * @param disentitle it entitles no more from now on (documented)
 */
export function cancel(
  course: Course,
  calendar: Calendar,
  { disentitle, now }: { readonly disentitle: boolean; readonly now: number },
): Course {
  const cancelledAt = course.cancelledAt ?? now;
  if (course.start > now) return { ...course, cancelledAt, endsAt: course.start };
  const atOnce = effectiveNow(now);
  const paid = nextBilling(course, calendar, now)?.at ?? naturalEnd(course, calendar) ?? atOnce;
  const endsAt = disentitle ? atOnce : paid;
  return { ...course, cancelledAt, endsAt: Math.min(endsAt, course.endsAt ?? endsAt) };
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

/** Puts the next billing off, and the end with it (documented). */
export function delayBilling(course: Course, { from, to, days, permanent }: Delay): Course {
  const place = { period: from.period, at: to };
  const delayedDays = course.delayedDays + days;
  return permanent
    ? { ...course, billedFrom: place, moved: undefined, delayedDays }
    : { ...course, moved: place, delayedDays };
}

/** Gives it another plan from that moment on; what was put off of the old one is gone. */
export function changePlan(course: Course, at: number): Course {
  const planStart = Math.max(at, course.start);
  const billedFrom = { period: 0, at: planStart };
  return { ...course, planStart, billedFrom, moved: undefined, delayedDays: 0 };
}

/**
 * A payment failed. While it is tried again the access stays for the days of grace, counted from the
 * first failure; then it ends by itself (decided).
 * @param final it is not tried again: the access ends now
 */
export function failPayment(
  course: Course,
  {
    final,
    graceDays,
    now,
    timeZone,
  }: {
    readonly final: boolean;
    readonly graceDays: number;
    readonly now: number;
    readonly timeZone: string;
  },
): Course {
  const retrySince = course.retrySince ?? now;
  const graceUntil =
    course.graceUntil ?? addInterval(effectiveNow(now), { days: graceDays }, timeZone);
  const failing = { ...course, retrySince, graceUntil };
  return final ? { ...failing, failedAt: effectiveNow(now) } : failing;
}

/** It was paid after all: what failed payments took comes back, what was cancelled doesn't. */
export function settlePayment(course: Course): Course {
  return { ...course, retrySince: undefined, graceUntil: undefined, failedAt: undefined };
}
