/** Cancels an AutoBill, whichever operation asks for it. */
import type { Work } from '../../base/work';
import { cancel, standingOf } from '../../entitlements/subscription';
import type { StoredAutoBill } from '../../store/auto-bills';
import type { UnitOfWork } from '../../store/store';
import { calendarOf, updateAutoBill } from '../../subscriptions/keep-auto-bill';

/** How it is cancelled. */
export interface Cancellation {
  readonly disentitle: boolean;
  readonly cancelReasonCode: string | undefined;
}

/**
 * It entitles until the end of the period that runs or, disentitled, no longer (documented). One that
 * was cancelled before can still be disentitled; of one that has ended nothing changes (decided).
 */
export async function cancelAutoBill(
  unit: UnitOfWork,
  work: Work,
  autoBill: StoredAutoBill,
  { disentitle, cancelReasonCode }: Cancellation,
): Promise<StoredAutoBill> {
  const { now, timeZone } = work;
  const calendar = await calendarOf(unit, autoBill, timeZone);
  const standing = standingOf(autoBill.course, calendar, now);
  if (standing === 'expired' || standing === 'cancelled') return autoBill;
  if (standing === 'cancelling' && !disentitle) return autoBill;
  const course = cancel(autoBill.course, calendar, { disentitle, now });
  const cancelReason = cancelReasonCode
    ? { reason_code: cancelReasonCode }
    : autoBill.values.cancelReason;
  const cancelled = { ...autoBill, course, values: { ...autoBill.values, cancelReason } };
  return updateAutoBill(unit, work, cancelled, {
    ...{ event: 'CANCELLATION', reason: 'subscription_cancelled' },
    note: cancelReasonCode && `cancelReasonCode ${cancelReasonCode}`,
  });
}
