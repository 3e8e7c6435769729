/** Saves an AutoBill, and makes the entitlements that it gives follow. */
import type { AutoBillEventType } from '../contract/types.generated';
import type { Work } from '../base/work';
import { finishChangesOf } from '../batches/left-over';
import { effectiveNow } from '../entitlements/entitlement';
import {
  countByDays,
  hasSameStatus,
  isFinished,
  nextDue,
  standingOf,
} from '../entitlements/subscription';
import { calendarOf } from '../ledger/calendar-of';
import {
  type AutoBillCause,
  type AutoBillHappening,
  recordAutoBill,
} from '../ledger/record-auto-bill';
import { STATUS_CHANGE } from '../ledger/record-course';
import { recordCourse } from '../ledger/record-due';
import type { StoredAutoBill } from '../store/auto-bills';
import type { Reader, UnitOfWork } from '../store/store';
import { AUTO_BILL_CHANGES, giveAccess, type Giving } from './give-access';

/** Why an AutoBill is saved. */
export interface Cause {
  /** The event that fetchDeltaSince reports; undefined: nothing happened to the AutoBill itself. */
  readonly event: AutoBillEventType | undefined;
  /** For the lines of the ledger. */
  readonly reason: string;
  readonly note?: string | undefined;
  /** Whether what has ended comes back as it was; else it is given anew. */
  readonly restores?: boolean;
}

/** Saves an AutoBill that is new. Its entitlements may have begun in the past. */
export async function insertAutoBill(
  unit: UnitOfWork,
  work: Work,
  autoBill: Omit<StoredAutoBill, 'id' | 'dueAt'>,
  cause: Cause,
): Promise<StoredAutoBill> {
  const calendar = await calendarOf(unit, autoBill, work.timeZone);
  const kept = { ...autoBill, dueAt: nextDue(autoBill.course, calendar, work.now) };
  const id = await unit.autoBills.insert(kept);
  const feedType = kept.course.start > work.now ? 'autobill.modified' : 'autobill.started';
  const saved = { ...kept, id };
  await follow(unit, work, saved, { ...cause, feedType, stood: undefined, ends: false });
  return saved;
}

/** Saves a change of an AutoBill, after what time alone changed earlier of it and of its account. */
export async function updateAutoBill(
  unit: UnitOfWork,
  work: Work,
  changed: StoredAutoBill,
  cause: Cause,
): Promise<StoredAutoBill> {
  await finishChangesOf(unit, work, AUTO_BILL_CHANGES, changed.id);
  const before = await recordCourse(unit, changed.id, work);
  const autoBill = await countedByDays(unit, work, changed);
  const calendar = await calendarOf(unit, autoBill, work.timeZone);
  const kept = { ...autoBill, dueAt: nextDue(autoBill.course, calendar, work.now) };
  await unit.autoBills.update(kept);
  const was = before && (await calendarOf(unit, before, work.timeZone));
  const standing = standingOf(kept.course, calendar, work.now);
  const stood = before && was ? standingOf(before.course, was, work.now) : standing;
  if (cause.event !== STATUS_CHANGE && !hasSameStatus(stood, standing)) {
    await unit.autoBills.insertEvent({ autoBill: kept.id, type: STATUS_CHANGE, at: work.now });
  }
  const feedType = cause.event && (FEED_TYPES[cause.reason] ?? 'autobill.modified');
  const notBefore = effectiveNow(work.now);
  const formerPlan = before?.billingPlan;
  const ends = isFinished(standing) && !isFinished(stood);
  await follow(unit, work, kept, { ...cause, feedType, stood, ends, formerPlan, notBefore });
  return kept;
}

/** What the feed calls a change of an AutoBill, by its reason; all others modify it. */
const FEED_TYPES: Readonly<Record<string, AutoBillHappening>> = {
  subscription_cancelled: 'autobill.canceled',
  payment_failed: 'autobill.payment_failed',
  payment_succeeded: 'autobill.payment_succeeded',
};

/** The AutoBill as a change of it sees it: one of an earlier version's file is counted in whole days from now on. */
export async function countedByDays(
  unit: Pick<Reader, 'catalogue'>,
  { now, timeZone }: Pick<Work, 'now' | 'timeZone'>,
  autoBill: StoredAutoBill,
): Promise<StoredAutoBill> {
  const { course } = autoBill;
  if (course.wholeDays) return autoBill;
  const before = await calendarOf(unit, autoBill, timeZone);
  const days = { ...autoBill, course: { ...course, wholeDays: true } };
  const after = await calendarOf(unit, days, timeZone);
  return { ...autoBill, course: countByDays(course, { before, after }, now) };
}

interface Following
  extends Cause, Pick<AutoBillCause, 'stood'>, Pick<Giving, 'ends' | 'formerPlan'> {
  /** What the feed calls it; undefined: nothing happened to the AutoBill itself. */
  readonly feedType: AutoBillHappening | undefined;
  /** Its entitlements start no earlier, in UTC milliseconds; undefined: whenever they are to. */
  readonly notBefore?: number | undefined;
}

async function follow(
  unit: UnitOfWork,
  work: Work,
  autoBill: StoredAutoBill,
  { event, feedType, restores = false, ...giving }: Following,
): Promise<void> {
  const { reason, note, stood } = giving;
  if (event) await unit.autoBills.insertEvent({ autoBill: autoBill.id, type: event, at: work.now });
  if (feedType) await recordAutoBill(unit, work, autoBill, feedType, { reason, note, stood });
  await giveAccess(unit, work, autoBill, { ...giving, back: restores ? 'restore' : 'grant' });
}
