/** Writes down that AutoBills started or ended by time alone. Decided: docs/decisions/feed.md */
import { TIME, type Work } from '../base/work';
import { nextDue, standingOf } from '../entitlements/subscription';
import type { StoredAutoBill } from '../store/auto-bills';
import type { UnitOfWork } from '../store/store';
import { calendarOf } from './calendar-of';
import { recordAutoBill } from './record-auto-bill';

/** Until when things are due, in UTC milliseconds, and on whose calendar periods are counted. */
export type DueWork = Pick<Work, 'now' | 'timeZone'>;

/** The event of an AutoBill that is reported where no other is requested. */
export const STATUS_CHANGE = 'STATUS_CHANGE';

/** A change of where an AutoBill stands that is due. */
export interface CourseStep {
  /** UTC milliseconds. */
  readonly at: number;
  /** Whether it starts then; else it ends. */
  readonly starts: boolean;
}

/** What is due of an AutoBill by a moment, in order: it may have started and ended meanwhile. */
export async function listCourseSteps(
  unit: Pick<UnitOfWork, 'catalogue'>,
  autoBill: StoredAutoBill,
  { now, timeZone }: DueWork,
): Promise<CourseStep[]> {
  const { course } = autoBill;
  const steps: CourseStep[] = [];
  let at = autoBill.dueAt;
  if (at === undefined || at > now) return steps;
  const calendar = await calendarOf(unit, autoBill, timeZone);
  while (at !== undefined && at <= now) {
    steps.push({ at, starts: at === course.start });
    at = nextDue(course, calendar, at);
  }
  return steps;
}

/**
 * Writes the next of these steps down, dated when it happened.
 * @param autoBill as it is kept
 * @returns the AutoBill after it
 */
export async function recordCourseStep(
  unit: UnitOfWork,
  autoBill: StoredAutoBill,
  { at, starts }: CourseStep,
  { now, timeZone }: DueWork,
): Promise<StoredAutoBill> {
  const { id, course } = autoBill;
  const calendar = await calendarOf(unit, autoBill, timeZone);
  if (!starts) {
    const type = course.cancelledAt === undefined ? 'EXPIRATION' : 'END';
    await unit.autoBills.insertEvent({ autoBill: id, type, at });
  }
  await unit.autoBills.insertEvent({ autoBill: id, type: STATUS_CHANGE, at });
  const byTime = { now, timeZone, actor: TIME, callId: undefined };
  const stood = standingOf(course, calendar, at - 1);
  const type = starts ? 'autobill.started' : 'autobill.ended';
  await recordAutoBill(unit, byTime, autoBill, type, { at, stood });
  const kept = { ...autoBill, dueAt: nextDue(course, calendar, at) };
  await unit.autoBills.update(kept);
  return kept;
}
