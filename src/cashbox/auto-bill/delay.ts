/** Puts off the next billing of an AutoBill, by days or to a date. */
import { DateTime } from 'luxon';
import type { Refusal } from '../../base/refusal';
import type { AutoBill, Timestamp } from '../../contract/types.generated';
import { delayBilling } from '../../entitlements/billing-moves';
import { daysBetween } from '../../entitlements/calendar-day';
import { nextBilling, standingOf } from '../../entitlements/subscription';
import { calendarOf } from '../../ledger/calendar-of';
import { countedByDays, updateAutoBill } from '../../subscriptions/keep-auto-bill';
import { broughtUpToDate } from '../../subscriptions/follow-item';
import { type Call, workOf } from '../call';
import { AUTO_BILL } from '../returns';
import { requireAutoBill } from './find-auto-bill';
import { loadAutoBill } from './present';

interface DelayInput {
  readonly autobill?: AutoBill | undefined;
  readonly movePermanently?: boolean | undefined;
}

/** How one operation delays. */
export interface DelayKind {
  /** Makes its refusal of a reason. */
  readonly refuse: (reason: string) => Refusal;
  /** When a billing that is due then is due instead; a string says why that cannot be. */
  readonly moveTo: (due: Timestamp, timeZone: string) => Timestamp | string;
}

/**
 * Delays the next billing, and puts the end off by the same number of days (documented).
 * @throws Refusal `Must specify AutoBill to delay billing for.` · `Unable to load AutoBill:  .` · the
 *   kind's
 */
export async function delay(
  call: Call<DelayInput>,
  { refuse, moveTo }: DelayKind,
): Promise<{
  autobill: AutoBill | undefined;
  nextBillingDate: string;
  nextBillingCurrency: string | undefined;
}> {
  const { input } = call;
  const { movePermanently: permanent = false } = input;
  return call.store.transact(call.merchant.id, async (unit) => {
    const work = workOf(call, unit);
    const named = await requireAutoBill(unit, input.autobill, AUTO_BILL.nothingToDelay);
    const known = await broughtUpToDate(unit, work, named);
    const autoBill = await countedByDays(unit, work, known);
    const { course } = autoBill;
    const calendar = await calendarOf(unit, autoBill, work.timeZone);
    const standing = standingOf(course, calendar, work.now);
    const running = standing === 'pending' || standing === 'active' || standing === 'retrying';
    const from = running ? nextBilling(course, calendar, work.now) : undefined;
    if (!from) throw refuse('no billing follows');
    const to = moveTo(from.at, work.timeZone);
    if (typeof to === 'string') throw refuse(to);
    const days = daysBetween(from.at, to, work.timeZone);
    const delayed = await updateAutoBill(
      unit,
      work,
      { ...autoBill, course: delayBilling(course, calendar, { from, to, days, permanent }) },
      { event: 'DELAY_BILL', reason: 'billing_delayed' },
    );
    return {
      autobill: await loadAutoBill(unit, delayed, call),
      nextBillingDate: DateTime.fromMillis(to, { zone: work.timeZone }).toFormat('yyyy-MM-dd'),
      nextBillingCurrency: autoBill.values.currency,
    };
  });
}
