/** Makes running AutoBills follow a change of what they are made of. */
import type { Work } from '../../base/work';
import type { BillingPlan, Product } from '../../contract/types.generated';
import { effectiveNow } from '../../entitlements/entitlement';
import { isFinished, naturalEnd, standingOf } from '../../entitlements/subscription';
import type { StoredAutoBill } from '../../store/auto-bills';
import type { UnitOfWork } from '../../store/store';
import { calendarOf, updateAutoBill } from '../../subscriptions/keep-auto-bill';
import { readPlan } from '../../subscriptions/read-plan';
import type { SavedOffer } from './save-item';

/** What a product's running AutoBills entitle to is what it entitles to now. */
export async function followProduct(
  unit: UnitOfWork,
  work: Work,
  { offer, before }: SavedOffer<Product>,
): Promise<void> {
  const { VID, merchantEntitlementIds } = offer.values;
  if (!before || same(before.merchantEntitlementIds, merchantEntitlementIds)) return;
  for (const autoBill of await unit.autoBills.listByProduct(VID)) {
    const calendar = await calendarOf(unit, autoBill, work.timeZone);
    if (isFinished(standingOf(autoBill.course, calendar, work.now))) continue;
    await updateAutoBill(unit, work, autoBill, { event: undefined, reason: 'product_changed' });
  }
}

/**
 * What a plan's running AutoBills entitle to, and until when, is what the plan says now. One that has
 * run out stays so, however long the plan is now (decided).
 */
export async function followBillingPlan(
  unit: UnitOfWork,
  work: Work,
  { offer, before }: SavedOffer<BillingPlan>,
): Promise<void> {
  if (!before) return;
  const plans = [readPlan(before), readPlan(offer.values)];
  const [was, is] = plans.map((plan) => ({ plan, timeZone: work.timeZone }));
  if (!was || !is) return;
  const sameIds = same(before.merchantEntitlementIds, offer.values.merchantEntitlementIds);
  if (sameIds && same(was, is)) return;
  for (const autoBill of await unit.autoBills.listByBillingPlan(offer.values.VID)) {
    const { course } = autoBill;
    const ends = naturalEnd(course, was) !== naturalEnd(course, is);
    const cause = {
      event: ends ? 'END_DATE_CHANGE' : undefined,
      reason: 'billing_plan_changed',
    } as const;
    const standing = standingOf(course, was, work.now);
    const end = standing === 'expired' ? naturalEnd(course, was) : naturalEnd(course, is);
    // What a shorter plan would have ended before now ends now: the access was there until now.
    const over = end !== undefined && end <= work.now;
    const until = standing === 'expired' ? end : effectiveNow(work.now);
    const ended = over ? freeze(autoBill, until) : autoBill;
    if (standing === 'expired') await unit.autoBills.update(ended);
    else if (!isFinished(standing)) await updateAutoBill(unit, work, ended, cause);
  }
}

function freeze(autoBill: StoredAutoBill, end: number | undefined): StoredAutoBill {
  const { course } = autoBill;
  return { ...autoBill, course: { ...course, endsAt: course.endsAt ?? end } };
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
