/** Writes the course of AutoBills into the feed. Decided: docs/decisions/feed.md */
import type { Work } from '../base/work';
import { billingDayOf } from '../entitlements/billing-period';
import { readCalendar } from './read-plan';
import { entitledUntil, type Standing, standingOf } from '../entitlements/subscription';
import type { StoredAutoBill } from '../store/auto-bills';
import type { AutoBillDocument, RecordedType } from '../store/events';
import type { Reader, UnitOfWork } from '../store/store';
import { recordEvent } from './record-event';

/** What the feed calls what happened to an AutoBill. */
export type AutoBillHappening = Extract<RecordedType, `autobill.${string}`>;

/** Why, how it stood before, and when if not now. */
export interface AutoBillCause {
  /** Undefined: it is new. */
  readonly stood: Standing | undefined;
  readonly reason?: string | undefined;
  readonly note?: string | undefined;
  readonly at?: number;
}

/** Adds an event to the feed, with the AutoBill as it is at that moment. */
export async function recordAutoBill(
  unit: UnitOfWork,
  work: Pick<Work, 'actor' | 'callId' | 'now' | 'timeZone'>,
  autoBill: StoredAutoBill,
  type: AutoBillHappening,
  { at = work.now, stood, ...cause }: AutoBillCause,
): Promise<void> {
  const document = await describe(unit, autoBill, { at, stood, timeZone: work.timeZone });
  const { id: subject, accountId } = autoBill;
  await recordEvent(unit, work, { type, at, accountId, subject, document, ...cause });
}

async function describe(
  { catalogue: { billingPlans, products } }: Reader,
  { VID, merchantAutoBillId, course, items, billingPlan }: StoredAutoBill,
  { at, stood, timeZone }: Pick<AutoBillCause, 'stood'> & { at: number; timeZone: string },
): Promise<AutoBillDocument> {
  const plan = (await billingPlans.findByVid(billingPlan))?.values;
  const named = await products.findByVids(items.map(({ product }) => product));
  const calendar = readCalendar(plan ?? {}, course, timeZone);
  const { start, cancelledAt, retrySince, graceUntil, failedAt } = course;
  return {
    VID,
    merchantAutoBillId,
    standing: standingOf(course, calendar, at),
    stood,
    start,
    end: entitledUntil(course, calendar),
    cancelledAt,
    retrySince,
    graceUntil,
    failedAt,
    billingDay: billingDayOf(calendar, course.billedFrom),
    billingPlan: { VID: billingPlan, id: plan?.merchantBillingPlanId },
    items: items.map(({ product, from, until, ...item }) => ({
      VID: item.VID,
      id: item.values.merchantAutoBillItemId,
      product: { VID: product, id: named.get(product)?.values.merchantProductId },
      from,
      until,
    })),
  };
}
