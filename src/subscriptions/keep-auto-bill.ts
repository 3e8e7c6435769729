/** Saves an AutoBill, and makes the entitlements that it gives follow. */
import type { AutoBillEventType, MerchantEntitlementId } from '../contract/types.generated';
import type { Work } from '../base/work';
import { effectiveNow, isOver } from '../entitlements/entitlement';
import { readCalendar } from '../ledger/read-plan';
import { writeSourceId } from '../entitlements/source-id';
import {
  countByDays,
  type Course,
  entitledUntil,
  hasSameStatus,
  isFinished,
  nextDue,
  standingOf,
} from '../entitlements/subscription';
import {
  type AccessChange,
  type Bringing,
  followAccess,
  type GivenAccess,
} from '../entitlements/subscription-access';
import { calendarOf } from '../ledger/calendar-of';
import {
  type AutoBillCause,
  type AutoBillHappening,
  recordAutoBill,
} from '../ledger/record-auto-bill';
import { recordChange } from '../ledger/record-change';
import { STATUS_CHANGE } from '../ledger/record-course';
import { recordCourse } from '../ledger/record-due';
import type { StoredAutoBill, StoredAutoBillItem } from '../store/auto-bills';
import { allOf, givenPages } from '../store/pages';
import type { Reader, StoredEntitlement, UnitOfWork } from '../store/store';

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
  const stood = undefined;
  return follow(unit, work, { ...kept, id }, { ...cause, feedType, stood, notBefore: -Infinity });
}

/** Saves a change of an AutoBill, after what time alone changed earlier of it and of its account. */
export async function updateAutoBill(
  unit: UnitOfWork,
  work: Work,
  changed: StoredAutoBill,
  cause: Cause,
): Promise<StoredAutoBill> {
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
  await follow(unit, work, kept, { ...cause, feedType, stood, formerPlan, notBefore });
  // After the end of what it gave.
  if (isFinished(standing) && !isFinished(stood)) {
    const { reason, note } = cause;
    await recordAutoBill(unit, work, kept, 'autobill.ended', { reason, note, stood });
  }
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

interface Following extends Cause, Pick<Bringing, 'notBefore'>, Pick<AutoBillCause, 'stood'> {
  /** What the feed calls it; undefined: nothing happened to the AutoBill itself. */
  readonly feedType: AutoBillHappening | undefined;
  /** The VID of the plan that it had before; undefined: the same. */
  readonly formerPlan?: string | undefined;
}

async function follow(
  unit: UnitOfWork,
  work: Work,
  autoBill: StoredAutoBill,
  { event, feedType, reason, note, stood, formerPlan, restores, notBefore }: Following,
): Promise<StoredAutoBill> {
  const { now } = work;
  if (event) await unit.autoBills.insertEvent({ autoBill: autoBill.id, type: event, at: now });
  if (feedType) await recordAutoBill(unit, work, autoBill, feedType, { reason, note, stood });
  const held = await listGiven(unit, autoBill);
  const wanted = await listWanted(unit, work, autoBill);
  const back = restores ? ('restore' as const) : ('grant' as const);
  for (const change of followAccess(held, wanted, { back, notBefore, now })) {
    if (!change) {
      await unit.pause(LOOKED);
      continue;
    }
    const { accountId } = autoBill;
    const source = 'AutoBill' as const;
    const billingPlan = planOf(change, { autoBill, formerPlan, now });
    await recordChange(unit, work, { accountId, source, reason, note, billingPlan, ...change });
  }
  return autoBill;
}

/** What a part of the comparison costs, in changes of an entitlement. */
const LOOKED = 200;

/** The plan that gives an entitlement or, where it ends with its plan, the plan that gave it; undefined: a product does. */
function planOf(
  { sourceId, after }: AccessChange<StoredEntitlement>,
  {
    autoBill: { VID, billingPlan },
    formerPlan = billingPlan,
    now,
  }: { autoBill: StoredAutoBill; formerPlan: string | undefined; now: number },
): string | undefined {
  if (sourceId !== VID) return undefined;
  return isOver(after, now) ? formerPlan : billingPlan;
}

/** Every entitlement that an AutoBill gave, ended ones included, in no order. */
export function listGiven(
  reader: Pick<Reader, 'listEntitlementsFrom' | 'pause'>,
  { accountId, VID }: StoredAutoBill,
): Promise<StoredEntitlement[]> {
  return allOf(givenPages(reader, accountId, 'AutoBill', VID));
}

/** The entitlements an AutoBill is to give: its plan's ids and those of its products. */
async function listWanted(
  unit: UnitOfWork,
  { timeZone }: Work,
  autoBill: StoredAutoBill,
): Promise<GivenAccess[]> {
  const { course, items, VID } = autoBill;
  const plan = await unit.catalogue.billingPlans.findByVid(autoBill.billingPlan);
  const calendar = readCalendar(plan?.values ?? {}, course, timeZone);
  const end = entitledUntil(course, calendar);
  const wanted: GivenAccess[] = [];
  const add = (ids: MerchantEntitlementId[] = [], sourceId: string, span: Span) => {
    const named = new Set<string>();
    for (const { id = '', description } of ids) {
      // The first counts where an id is named twice.
      if (named.has(id)) continue;
      named.add(id);
      wanted.push({ merchantEntitlementId: id, sourceId, description, ...span });
    }
  };
  add(plan?.values.merchantEntitlementIds, VID, { start: course.planStart, end });
  await unit.pause(wanted.length);
  const spans = new Map<string, Span>();
  for (const item of items) {
    spans.set(item.product, longer(spans.get(item.product), spanOf(item, course, end)));
  }
  for (const [vid, span] of spans) {
    const product = await unit.catalogue.products.findByVid(vid);
    const sourceId = writeSourceId({ autoBill: VID, product: vid });
    const ids = product?.values.merchantEntitlementIds ?? [];
    add(ids, sourceId, span);
    await unit.pause(1 + ids.length);
  }
  return wanted;
}

interface Span {
  readonly start: number;
  readonly end: number | undefined;
}

function spanOf(
  { from, until }: StoredAutoBillItem,
  course: Course,
  end: number | undefined,
): Span {
  const ends = [until, end].filter((one) => one !== undefined);
  return {
    start: Math.max(course.start, from),
    end: ends.length === 0 ? undefined : Math.min(...ends),
  };
}

/** A product may be in an AutoBill more than once: the longest time counts. */
function longer(one: Span | undefined, other: Span): Span {
  if (!one) return other;
  const start = Math.min(one.start, other.start);
  const { end } = (one.end ?? Infinity) < (other.end ?? Infinity) ? other : one;
  return { start, end };
}
