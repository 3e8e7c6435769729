/**
 * The effect of an AutoBill's payments on its access. There is no payment processor: others report.
 * Decided: docs/decisions/failed-payments.md
 */
import type { Work } from '../base/work';
import { failPayment, isFinished, settlePayment, standingOf } from '../entitlements/subscription';
import { calendarOf } from '../ledger/calendar-of';
import type { StoredAutoBill } from '../store/auto-bills';
import type { UnitOfWork } from '../store/store';
import { broughtUpToDate } from './follow-item';
import { updateAutoBill } from './keep-auto-bill';

/**
 * A payment failed and is tried again: the access stays for the merchant's days of grace after the
 * day of the first failure, then ends by itself. Of one that has ended nothing changes.
 * @param final it is not tried again: the access ends now
 * @returns the AutoBill after it
 */
export async function recordFailedPayment(
  unit: UnitOfWork,
  work: Work,
  stored: StoredAutoBill,
  { final, note }: { readonly final: boolean; readonly note?: string | undefined },
): Promise<StoredAutoBill> {
  const { now, timeZone } = work;
  const autoBill = await broughtUpToDate(unit, work, stored);
  const calendar = await calendarOf(unit, autoBill, timeZone);
  if (isFinished(standingOf(autoBill.course, calendar, now))) return autoBill;
  const graceDays = await unit.autoBills.findGraceDays();
  const course = failPayment(autoBill.course, { final, graceDays, now, timeZone });
  return updateAutoBill(
    unit,
    work,
    { ...autoBill, course },
    { event: final ? 'STATUS_CHANGE' : 'TRANSACTION', reason: 'payment_failed', note },
  );
}

/**
 * A payment came after all: access lost to failed payments comes back, access ended by a
 * cancellation does not.
 * @returns the AutoBill after it
 */
export async function recordSettledPayment(
  unit: UnitOfWork,
  work: Work,
  stored: StoredAutoBill,
  { note }: { readonly note?: string | undefined },
): Promise<StoredAutoBill> {
  const autoBill = await broughtUpToDate(unit, work, stored);
  if (autoBill.course.retrySince === undefined) return autoBill;
  return updateAutoBill(
    unit,
    work,
    { ...autoBill, course: settlePayment(autoBill.course) },
    {
      event: autoBill.course.failedAt === undefined ? 'TRANSACTION' : 'STATUS_CHANGE',
      reason: 'payment_succeeded',
      note,
      restores: true,
    },
  );
}
