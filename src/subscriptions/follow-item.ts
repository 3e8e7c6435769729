/**
 * Makes running AutoBills follow a change of their products and plan.
 * Decided: docs/decisions/work.md
 */
import type { Work, WorkTools } from '../base/work';
import type { BillingPlan, MerchantEntitlementId, Product } from '../contract/types.generated';
import type { Calendar } from '../entitlements/billing-period';
import { effectiveNow } from '../entitlements/entitlement';
import { readCalendar } from '../ledger/read-plan';
import {
  type Course,
  isFinished,
  naturalEnd,
  paidUntil,
  standingOf,
} from '../entitlements/subscription';
import { beginWork, doShare, type WorkKind } from '../batches/long-work';
import { calendarOf } from '../ledger/calendar-of';
import type { StoredAutoBill } from '../store/auto-bills';
import type { StoredCatalogueItem } from '../store/catalogue';
import type { UnitOfWork } from '../store/store';
import { AUTO_BILL_ERASURES } from './erase-auto-bill';
import { countedByDays, updateAutoBill } from './keep-auto-bill';

/** A product or plan after a change. */
interface Changed<Values> {
  readonly item: StoredCatalogueItem<Values>;
  /** Its values before; undefined: it is new. */
  readonly before: Values | undefined;
}

/** Brings an AutoBill's access up to date with its product. */
export const PRODUCT_WORK: WorkKind = {
  name: 'product',
  weight: 20,
  walk: ({ autoBills }) => autoBills.ofProduct,
  visit: async (unit, work, row) => {
    const autoBill = await unit.autoBills.find(row);
    if (!autoBill) return;
    const calendar = await calendarOf(unit, autoBill, work.timeZone);
    if (isFinished(standingOf(autoBill.course, calendar, work.now))) return;
    await updateAutoBill(unit, work, autoBill, { event: undefined, reason: 'product_changed' });
  },
};

/** A product's running AutoBills entitle to the product's present ids. */
export async function followProduct(
  unit: UnitOfWork,
  work: Work,
  { item, before }: Changed<Product>,
): Promise<void> {
  const { id: subject, values } = item;
  if (!before || sameIds(before, values)) return;
  const name = values.merchantProductId ?? values.VID;
  await beginWork(unit, work, PRODUCT_WORK, { subject, name, detail: undefined });
}

/** Brings an AutoBill up to date with its plan; `detail` is the plan as it was. */
export const BILLING_PLAN_WORK: WorkKind = {
  name: 'billing plan',
  weight: 50,
  walk: ({ autoBills }) => autoBills.ofBillingPlan,
  visit: async (unit, work, row, { detail = '{}' }) => {
    const autoBill = await unit.autoBills.find(row);
    if (autoBill) await followPlan(unit, work, autoBill, JSON.parse(detail) as BillingPlan);
  },
};

/**
 * A plan's running AutoBills follow the plan's present ids and periods. One that has
 * run out stays so, however long the plan is now (decided).
 */
export async function followBillingPlan(
  unit: UnitOfWork,
  work: Work,
  { item, before }: Changed<BillingPlan>,
): Promise<void> {
  if (!before) return;
  const { id: subject, values } = item;
  const days = (plan: BillingPlan) => readCalendar(plan, { wholeDays: true }, work.timeZone);
  if (sameIds(before, values) && same(days(before), days(values))) return;
  const name = values.merchantBillingPlanId ?? values.VID;
  const kept = { ...before, merchantEntitlementIds: undefined, nameValues: undefined };
  await beginWork(unit, work, BILLING_PLAN_WORK, { subject, name, detail: JSON.stringify(kept) });
}

async function followPlan(
  unit: UnitOfWork,
  work: Work,
  known: StoredAutoBill,
  before: BillingPlan,
): Promise<void> {
  const was = readCalendar(before, known.course, work.timeZone);
  const autoBill = await countedByDays(unit, work, known);
  const { course } = autoBill;
  const is = await calendarOf(unit, autoBill, work.timeZone);
  const ends = naturalEnd(course, was) !== naturalEnd(course, is);
  const cause = {
    event: ends ? 'END_DATE_CHANGE' : undefined,
    reason: 'billing_plan_changed',
  } as const;
  const standing = standingOf(course, was, work.now);
  const end = standing === 'expired' ? naturalEnd(course, was) : naturalEnd(course, is);
  const over = end !== undefined && end <= work.now;
  const until = () => (standing === 'expired' ? end : endsNow(course, is, work.now));
  const ended = over ? freeze(autoBill, until()) : autoBill;
  if (standing === 'expired') await unit.autoBills.update(ended);
  else if (!isFinished(standing)) await updateAutoBill(unit, work, ended, cause);
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

interface Entitling {
  readonly merchantEntitlementIds?: MerchantEntitlementId[] | undefined;
}

function sameIds(one: Entitling, other: Entitling): boolean {
  return same(one.merchantEntitlementIds, other.merchantEntitlementIds);
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/**
 * Does what changes of its plan and products, and erasures of its account, have left to do with an AutoBill, before it is
 * changed itself.
 * @returns the AutoBill after it
 */
export async function broughtUpToDate(
  unit: UnitOfWork,
  tools: WorkTools,
  autoBill: StoredAutoBill,
): Promise<StoredAutoBill> {
  if (!(await unit.longWork.hasAny())) return autoBill;
  const { id: row, accountId, items } = autoBill;
  const { products, billingPlans } = unit.catalogue;
  let any = false;
  for (const kind of AUTO_BILL_ERASURES) {
    if (await doShare(unit, tools, kind, { subject: accountId, row })) any = true;
  }
  const plan = await billingPlans.findByVid(autoBill.billingPlan);
  if (plan && (await doShare(unit, tools, BILLING_PLAN_WORK, { subject: plan.id, row })))
    any = true;
  const vids = [...new Set(items.map(({ product }) => product))];
  for (const { id: subject } of (await products.findByVids(vids)).values()) {
    if (await doShare(unit, tools, PRODUCT_WORK, { subject, row })) any = true;
  }
  return any ? ((await unit.autoBills.find(row)) ?? autoBill) : autoBill;
}
