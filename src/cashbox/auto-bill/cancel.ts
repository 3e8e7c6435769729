/** AutoBill.cancel: ends a subscription. */
import type { AutoBillOperations } from '../../contract/types.generated';
import { cancelAutoBill } from '../../subscriptions/cancel-auto-bill';
import { type Handler, workOf } from '../call';
import { AUTO_BILL } from '../returns';
import { requireAutoBill } from './find-auto-bill';
import { loadAutoBill } from './present';

/**
 * Within its minimum commitment, counted in billing periods, it is cancelled with `force` only
 * (documented). There are no payments: nothing is settled, refunded or sent.
 * @throws Refusal `AutoBill not specified.` · `Unable to load AutoBill:  .` · `Unable to cancel
 *   AutoBill: ….`
 */
export const cancel: Handler<AutoBillOperations['cancel']> = async (call) => {
  const { autobill: named, disentitle = false, force = false, cancelReasonCode } = call.input;
  return call.store.transact(call.merchant.id, async (unit) => {
    const work = workOf(call, unit);
    const autoBill = await requireAutoBill(unit, named);
    const how = { disentitle, force, cancelReasonCode, refuse: AUTO_BILL.notCancelled };
    const cancelled = await cancelAutoBill(unit, work, autoBill, how);
    return { autobill: await loadAutoBill(unit, cancelled, call) };
  });
};
