/** Makes running AutoBills follow a change of their products and plan. */
import type { Work } from '../../base/work';
import type { BillingPlan, Product } from '../../contract/types.generated';
import type { Calendar } from '../../entitlements/billing-period';
import { effectiveNow } from '../../entitlements/entitlement';
import {
  type Course,
  isFinished,
  naturalEnd,
  paidUntil,
  standingOf,
} from '../../entitlements/subscription';
import type { StoredAutoBill } from '../../store/auto-bills';
import type { UnitOfWork } from '../../store/store';
import { calendarOf, countedByDays, updateAutoBill } from '../../subscriptions/keep-auto-bill';
import { readCalendar } from '../../subscriptions/read-plan';
import type { SavedCatalogueItem } from './save-item';

/** A product's running AutoBills entitle to the product's present ids. */
export async function followProduct(
  unit: UnitOfWork,
  work: Work,
  { item, before }: SavedCatalogueItem<Product>,
): Promise<void> {
  const { VID, merchantEntitlementIds } = item.values;
  if (!before || same(before.merchantEntitlementIds, merchantEntitlementIds)) return;
  for (const autoBill of await unit.autoBills.listByProduct(VID)) {
    const calendar = await calendarOf(unit, autoBill, work.timeZone);
    if (isFinished(standingOf(autoBill.course, calendar, work.now))) continue;
    await updateAutoBill(unit, work, autoBill, { event: undefined, reason: 'product_changed' });
  }
}

/**
 * A plan's running AutoBills follow the plan's present ids and periods. One that has
 * run out stays so, however long the plan is now (decided).
 */
export async function followBillingPlan(
  unit: UnitOfWork,
  work: Work,
  { item, before }: SavedCatalogueItem<BillingPlan>,
): Promise<void> {
  if (!before) return;
  const calendar = (plan: BillingPlan, course: Pick<Course, 'wholeDays'>) =>
    readCalendar(plan, course, work.timeZone);
  const wholeDays = { wholeDays: true };
  const sameIds = same(before.merchantEntitlementIds, item.values.merchantEntitlementIds);
  if (sameIds && same(calendar(before, wholeDays), calendar(item.values, wholeDays))) return;
  for (const known of await unit.autoBills.listByBillingPlan(item.values.VID)) {
    const was = calendar(before, known.course);
    const autoBill = await countedByDays(unit, work, known);
    const { course } = autoBill;
    const is = calendar(item.values, course);
    const ends = naturalEnd(course, was) !== naturalEnd(course, is);
    const cause = {
      event: ends ? 'END_DATE_CHANGE' : undefined,
      reason: 'billing_plan_changed',
    } as const;
    const standing = standingOf(course, was, work.now);
    const end = standing === 'expired' ? naturalEnd(course, was) : naturalEnd(course, is);
    const over = end !== undefined && end <= work.now;
    const until = standing === 'expired' ? end : endsNow(course, is, work.now);
    const ended = over ? freeze(autoBill, until) : autoBill;
    if (standing === 'expired') await unit.autoBills.update(ended);
    else if (!isFinished(standing)) await updateAutoBill(unit, work, ended, cause);
  }
}

/**
 * Access that a shorter plan would have ended earlier ends now: it was there until now. Where the
 * plan's life alone is over, the period that runs is paid for.
 */
function endsNow(course: Course, calendar: Calendar, now: number): number {
  const { plan } = calendar;
  const end = naturalEnd(course, { ...calendar, plan: { ...plan, endOfLife: undefined } });
  const runs = end === undefined || end > now;
  return (runs ? paidUntil(course, calendar, now) : undefined) ?? effectiveNow(now);
}

function freeze(autoBill: StoredAutoBill, end: number | undefined): StoredAutoBill {
  const { course } = autoBill;
  return { ...autoBill, course: { ...course, endsAt: course.endsAt ?? end } };
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
