/**
 * The effect of an AutoBill's course on the access that it gives. Pure: no clock, no store, no wire.
 * Decided: docs/decisions/autobills.md
 */
import {
  type Calendar,
  countPeriods,
  nextPeriod,
  periodStart,
  type Place,
  planEnd,
} from './billing-period';
import { endOfDay, secondBefore, startOfDay } from './calendar-day';
import { effectiveNow } from './entitlement';
import { addInterval } from './extend';

/** The history of an AutoBill, as far as access goes. Moments are UTC milliseconds. */
export interface Course {
  readonly start: number;
  /** When the plan that it has now began; it may have had others. */
  readonly planStart: number;
  /** From where billings are counted: a delay for good moves it. */
  readonly billedFrom: Place;
  /** A billing that was put off by itself. */
  readonly moved: Place | undefined;
  /** By how many days the plan's end was put off, beside a change of the billing day. */
  readonly delayedDays: number;
  readonly cancelledAt: number | undefined;
  /** Until when it entitles since it was cancelled, or since its plan, changed later, ran out. */
  readonly endsAt: number | undefined;
  /** When the payment failed that is tried again. */
  readonly retrySince: number | undefined;
  /** Until when it entitles while a payment is tried again. */
  readonly graceUntil: number | undefined;
  /** When no payment was tried any more. */
  readonly failedAt: number | undefined;
  /**
   * Whether its periods begin at midnight. Those of a file that an earlier version wrote begin at the
   * time of day of its start, until something changes it.
   */
  readonly wholeDays: boolean;
}

/**
 * From when on something counts that is to begin at once: the last completed second, but no day before
 * today, for periods are counted in days (decided).
 */
export function beginsNow(now: number, timeZone: string): number {
  return Math.max(effectiveNow(now), startOfDay(now, timeZone));
}

/** The course of a subscription whose plan begins at that moment. */
export function startCourse(start: number): Course {
  return {
    start,
    planStart: start,
    billedFrom: { period: 0, at: start },
    moved: undefined,
    delayedDays: 0,
    cancelledAt: undefined,
    endsAt: undefined,
    retrySince: undefined,
    graceUntil: undefined,
    failedAt: undefined,
    wholeDays: true,
  };
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

/** Where it stands at that moment. Days of grace that are over without a payment have failed it. */
export function standingOf(course: Course, calendar: Calendar, now: number): Standing {
  const { failedAt, cancelledAt, endsAt, start, retrySince, graceUntil = Infinity } = course;
  if (failedAt !== undefined) return 'failed';
  const end = endsAt ?? naturalEnd(course, calendar);
  if (graceUntil <= now && graceUntil < (end ?? Infinity)) return 'failed';
  if (cancelledAt !== undefined) {
    return endsAt !== undefined && endsAt > now && start <= now ? 'cancelling' : 'cancelled';
  }
  if (start > now) return 'pending';
  if (end !== undefined && end <= now) return 'expired';
  return retrySince === undefined ? 'active' : 'retrying';
}

/** Whether both show as one status: a payment that is tried again doesn't change it. */
export function hasSameStatus(one: Standing, other: Standing): boolean {
  const shown = (standing: Standing) => (standing === 'retrying' ? 'active' : standing);
  return shown(one) === shown(other);
}

/** Whether it will not entitle again, unless it failed and is paid after all. */
export function isFinished(standing: Standing): boolean {
  return standing === 'cancelled' || standing === 'failed' || standing === 'expired';
}

/** Of a moment at which a period begins: until when the one before it entitles. */
export function lastMoment(begins: number, { wholeDays }: Pick<Calendar, 'wholeDays'>): number {
  return wholeDays ? secondBefore(begins) : begins;
}

/**
 * When it ends if nothing happens: with the last period of its plan, or once the plan's time of
 * entitlement since its start is over; at 23:59:59 of the day before (observed).
 * @returns undefined: it has no end
 */
export function naturalEnd(course: Course, calendar: Calendar): number | undefined {
  const after = planOver(course, calendar);
  return after === undefined ? undefined : lastMoment(after, calendar);
}

/** When the next period would begin, or what the plan entitles to is over. */
function planOver(course: Course, calendar: Calendar): number | undefined {
  const { planStart, delayedDays } = course;
  const { plan, timeZone, wholeDays } = calendar;
  if (plan.validFor === 'forever') return undefined;
  const from = wholeDays ? startOfDay(planStart, timeZone) : planStart;
  const end = plan.validFor
    ? addInterval(from, plan.validFor, timeZone)
    : planEnd(calendar, countedFrom(course));
  const delayed =
    end && delayedDays !== 0 ? addInterval(end, { days: delayedDays }, timeZone) : end;
  const ends = [delayed, plan.validFor ? undefined : renewalAfterEndOfLife(course, calendar)];
  const known = ends.filter((one) => one !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}

/** From where the plan's end is counted: from its start or, where a billing day was given, with the billings. */
export function countedFrom({ planStart, billedFrom }: Course): Place {
  return billedFrom.billingDay === undefined ? { period: 0, at: planStart } : billedFrom;
}

/** When the first renewal would be due that the end of the plan's life prevents (documented). */
function renewalAfterEndOfLife(course: Course, calendar: Calendar): number | undefined {
  const { endOfLife } = calendar.plan;
  if (endOfLife === undefined) return undefined;
  // The first billing is no renewal, even if it was put off.
  const first = [course.billedFrom, course.moved].map((one) => (one?.period === 0 ? one.at : 0));
  return billingAfter(course, calendar, Math.max(endOfLife - 1, course.planStart, ...first))?.at;
}

/** Until when it entitles, as far as that is known; undefined: without end. */
export function entitledUntil(course: Course, calendar: Calendar): number | undefined {
  const { endsAt, graceUntil, failedAt } = course;
  const ends = [endsAt ?? naturalEnd(course, calendar), graceUntil, failedAt];
  const known = ends.filter((end) => end !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}

/** When time alone changes where it stands next: it starts, or it ends; undefined: never. */
export function nextDue(course: Course, calendar: Calendar, now: number): number | undefined {
  const end = entitledUntil(course, calendar);
  if (end !== undefined && (end <= now || end <= course.start)) return undefined;
  return course.start > now ? course.start : end;
}

/**
 * The next billing after that moment, with its number: at the start of each period, but none at the
 * plan's end, and no renewal after the end of the plan's life.
 */
export function nextBilling(course: Course, calendar: Calendar, at: number): Place | undefined {
  const next = billingAfter(course, calendar, at);
  const { endOfLife = Infinity } = calendar.plan;
  return next && next.period > 0 && next.at >= endOfLife ? undefined : next;
}

function billingAfter(
  { billedFrom, moved }: Course,
  calendar: Calendar,
  at: number,
): Place | undefined {
  if (moved && moved.at > at) return moved;
  const period = nextPeriod(calendar, billedFrom, at);
  if (period === undefined || period === countPeriods(calendar.plan)) return undefined;
  const begins = periodStart(calendar, billedFrom, period);
  return begins === undefined ? undefined : { period, at: begins };
}

/**
 * When the period of that number begins, put off or not; of the number that follows the last one, when
 * the plan ends.
 * @returns undefined: it began before billings were counted anew, or it never does
 */
export function billingAt(
  { billedFrom, moved }: Course,
  calendar: Calendar,
  period: number,
): number | undefined {
  if (moved?.period === period) return moved.at;
  return period < billedFrom.period ? undefined : periodStart(calendar, billedFrom, period);
}

/** The end of the period that runs, whether or not another follows; undefined: none runs. */
export function paidUntil(course: Course, calendar: Calendar, now: number): number | undefined {
  const next = billingAfter(course, calendar, now)?.at;
  return next === undefined ? undefined : lastMoment(next, calendar);
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
  const next = nextBilling(course, calendar, now)?.at;
  const paid = next === undefined ? naturalEnd(course, calendar) : lastMoment(next, calendar);
  // In the last second of a period, what is paid for is over.
  const until = disentitle || paid === undefined || paid <= now ? atOnce : paid;
  const endsAt = Math.max(course.start, Math.min(until, course.endsAt ?? until));
  return { ...course, cancelledAt, endsAt };
}

/**
 * Counts one of an earlier version's file in whole days from now on. Its present access is paid for: it
 * entitles until the period that runs is over, even if its plan's life ended before.
 * @param before its calendar as it was counted so far
 * @param after the same in whole days
 */
export function countByDays(
  course: Course,
  { before, after }: { readonly before: Calendar; readonly after: Calendar },
  now: number,
): Course {
  if (course.wholeDays) return course;
  const counted = { ...course, wholeDays: true };
  const gives = (entitledUntil(course, before) ?? Infinity) > now;
  const ended = (naturalEnd(counted, after) ?? Infinity) <= now;
  if (!gives || !ended || course.endsAt !== undefined) return counted;
  return { ...counted, endsAt: paidUntil(counted, after, now) ?? effectiveNow(now) };
}

/** Gives it another plan from that moment on, without the old plan's delays and billing day. */
export function changePlan(course: Course, at: number): Course {
  const planStart = Math.max(at, course.start);
  const billedFrom = { period: 0, at: planStart };
  return { ...course, planStart, billedFrom, moved: undefined, delayedDays: 0 };
}

/**
 * A payment failed. While it is tried again the access stays for the days of grace after the day of
 * the first failure, and ends by itself at 23:59:59 of the last of them; without such days it ends
 * now (decided).
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
  const graceUntil = course.graceUntil ?? endOfGrace(now, graceDays, timeZone);
  const failing = { ...course, retrySince, graceUntil };
  return final ? { ...failing, failedAt: effectiveNow(now) } : failing;
}

function endOfGrace(now: number, graceDays: number, timeZone: string): number | undefined {
  if (graceDays === 0) return effectiveNow(now);
  const last = addInterval(now, { days: graceDays }, timeZone);
  return last === undefined ? undefined : endOfDay(last, timeZone);
}

/** It was paid after all: access lost to failed payments comes back, cancelled access doesn't. */
export function settlePayment(course: Course): Course {
  return { ...course, retrySince: undefined, graceUntil: undefined, failedAt: undefined };
}
