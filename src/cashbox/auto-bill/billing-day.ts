/** The day of the month on which an AutoBill is billed, as requests give it. */
import type { Work } from '../../base/work';
import type { AutoBill, Timestamp } from '../../contract/types.generated';
import { billOnDay } from '../../entitlements/billing-moves';
import { billingDayOf, type Calendar } from '../../entitlements/billing-period';
import { type Course, standingOf } from '../../entitlements/subscription';
import type { StoredAutoBill } from '../../store/auto-bills';
import type { UnitOfWork } from '../../store/store';
import { calendarOf } from '../../ledger/calendar-of';
import { AUTO_BILL } from '../returns';

/** @throws Refusal where a month has no such day */
export function requireBillingDay({ billingDay = 1 }: AutoBill): void {
  if (billingDay < 1 || billingDay > 31) {
    throw AUTO_BILL.notSaved('billingDay must be from 1 to 31');
  }
}

/** The same AutoBill, billed on that day from now on. @throws Refusal when it has ended */
export async function billAnew(
  unit: UnitOfWork,
  autoBill: StoredAutoBill,
  { now, timeZone }: Pick<Work, 'now' | 'timeZone'>,
  billingDay: number | undefined,
): Promise<StoredAutoBill> {
  const calendar = await calendarOf(unit, autoBill, timeZone);
  const course = billOn(autoBill.course, calendar, billingDay, now);
  // Its plan would end later, and it would run again.
  if (course !== autoBill.course && standingOf(autoBill.course, calendar, now) === 'expired') {
    throw AUTO_BILL.notSaved('it has ended, and its billingDay cannot be changed');
  }
  return { ...autoBill, course };
}

/** A client that sends back the day on which it is billed anyway changes nothing. */
export function billOn(
  course: Course,
  calendar: Calendar,
  billingDay: number | undefined,
  now: Timestamp,
): Course {
  if (!billingDay || billingDay === billingDayOf(calendar, course.billedFrom)) return course;
  return billOnDay(course, calendar, { billingDay, now });
}
