/** Makes the entitlements that an AutoBill gives follow it: those of its plan, and of its products. */
import type { MerchantEntitlementId } from '../contract/types.generated';
import type { Work } from '../base/work';
import { type LongChange, makeLongChange, restKind } from '../batches/long-change';
import type { WorkKind } from '../batches/long-work';
import { isOver } from '../entitlements/entitlement';
import { writeSourceId } from '../entitlements/source-id';
import { type Course, entitledUntil } from '../entitlements/subscription';
import {
  type AccessChange,
  type Bringing,
  followAccess,
  type GivenAccess,
} from '../entitlements/subscription-access';
import { readCalendar } from '../ledger/read-plan';
import { MOVED_AUTO_BILL } from '../ledger/move-access';
import { type AutoBillCause, recordAutoBill } from '../ledger/record-auto-bill';
import { recordChange } from '../ledger/record-change';
import type { StoredAutoBill, StoredAutoBillItem } from '../store/auto-bills';
import { LONG_CHANGES } from '../store/long-work';
import { allOf, givenPages } from '../store/pages';
import type { Reader, StoredEntitlement, UnitOfWork } from '../store/store';

/** How access follows, and why. */
export interface Giving
  extends Pick<Bringing, 'back'>, Pick<AutoBillCause, 'reason' | 'note' | 'stood'> {
  /** New entitlements start no earlier, in UTC milliseconds; undefined: whenever they are to. */
  readonly notBefore?: number | undefined;
  /** The VID of the plan that it had before; undefined: the same. */
  readonly formerPlan?: string | undefined;
  /** Whether the AutoBill has ended: the feed tells so after the end of what it gave. */
  readonly ends: boolean;
}

/** What is left of such a change. */
interface Kept extends Giving {
  /** When it was made, in UTC milliseconds. */
  readonly at: number;
}

/** Finishes such a change; `detail` is a Kept. */
export const AUTO_BILL_ACCESS = restKind({
  name: LONG_CHANGES[0],
  isSuperseded: true,
  find: async (unit, work, row, detail) => {
    const autoBill = await unit.autoBills.find(row);
    return autoBill && changeOf(work, autoBill, JSON.parse(detail) as Kept);
  },
});

/** What may be left of changes of an AutoBill. */
export const AUTO_BILL_CHANGES: readonly WorkKind[] = [AUTO_BILL_ACCESS, MOVED_AUTO_BILL];

/** Changes what an AutoBill gives to what it is to give from now on: the rest of much in further units of work. */
export async function giveAccess(
  unit: UnitOfWork,
  work: Work,
  autoBill: StoredAutoBill,
  giving: Giving,
): Promise<void> {
  const { id: subject, VID: name } = autoBill;
  const kept: Kept = { ...giving, at: work.now };
  const about = { subject, name, detail: JSON.stringify(kept) };
  const change = changeOf(work, autoBill, kept);
  await makeLongChange(unit, work, { kind: AUTO_BILL_ACCESS, about, ...change });
}

type Change = AccessChange<StoredEntitlement>;

function changeOf(
  { timeZone }: Pick<Work, 'timeZone'>,
  autoBill: StoredAutoBill,
  { back, notBefore = -Infinity, at: now, reason, note, stood, formerPlan, ends }: Kept,
): Pick<LongChange<Change>, 'list' | 'make' | 'isSame' | 'end'> {
  const { id, accountId, merchantAutoBillId } = autoBill;
  const source = 'AutoBill' as const;
  return {
    list: async (unit) => {
      const held = await listGiven(unit, autoBill);
      const wanted = await listWanted(unit, timeZone, autoBill);
      // All at the moment of the change, in whatever unit they are written.
      return followAccess(held, wanted, { back, notBefore, now });
    },
    make: (unit, work, change) => {
      const billingPlan = planOf(change, { autoBill, formerPlan, now });
      return recordChange(unit, work, { accountId, source, reason, note, billingPlan, ...change });
    },
    isSame: async (unit) => {
      const present = await unit.autoBills.find(id);
      // The feed has its name.
      return present?.accountId === accountId && present.merchantAutoBillId === merchantAutoBillId;
    },
    end: async (unit, work) => {
      if (!ends) return;
      await recordAutoBill(unit, work, autoBill, 'autobill.ended', { reason, note, stood });
    },
  };
}

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
  timeZone: string,
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
