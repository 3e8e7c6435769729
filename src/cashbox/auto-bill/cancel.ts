/** AutoBill.cancel: ends a subscription. */
import type { Work } from '../../base/work';
import type { AutoBillOperations } from '../../contract/types.generated';
import { periodStart } from '../../entitlements/billing-period';
import type { StoredAutoBill } from '../../store/auto-bills';
import type { UnitOfWork } from '../../store/store';
import { calendarOf } from '../../subscriptions/keep-auto-bill';
import { type Handler, workOf } from '../call';
import { AUTO_BILL } from '../returns';
import { cancelAutoBill } from './cancel-auto-bill';
import { requireAutoBill } from './find-auto-bill';
import { loadAutoBill } from './present';

/**
 * Within its minimum commitment, counted in billing periods, it is cancelled with `force` only
 * (documented). There are no payments: nothing is settled, refunded or sent.
 * @throws Refusal `AutoBill not specified.` · `Unable to load AutoBill:  .` · `Unable to cancel
 *   AutoBill: ….`
 */
export const cancel: Handler<AutoBillOperations['cancel']> = async (call) => {
  const { autobill: named, disentitle = false, force, cancelReasonCode } = call.input;
  return call.store.transact(call.merchant.id, async (unit) => {
    const work = workOf(call, unit);
    const autoBill = await requireAutoBill(unit, named);
    if (!force) await requireCommitment(unit, autoBill, work);
    const how = { disentitle, cancelReasonCode };
    const cancelled = await cancelAutoBill(unit, work, autoBill, how);
    return { autobill: await loadAutoBill(unit, cancelled, call) };
  });
};

async function requireCommitment(
  unit: UnitOfWork,
  autoBill: StoredAutoBill,
  { now, timeZone }: Work,
): Promise<void> {
  const { minimumCommitment: periods = 0 } = autoBill.values;
  if (periods < 1) return;
  const { plan } = await calendarOf(unit, autoBill, timeZone);
  const place = { period: 0, at: autoBill.course.planStart };
  const until = periodStart(plan, place, periods, timeZone);
  if (until !== undefined && until > now) {
    const day = new Date(until).toISOString();
    throw AUTO_BILL.notCancelled(`its minimum commitment runs until ${day}, and force is not set`);
  }
}
