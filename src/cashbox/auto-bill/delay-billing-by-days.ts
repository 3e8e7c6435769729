/** AutoBill.delayBillingByDays: puts the next billing off by a number of days. */
import type { AutoBillOperations } from '../../contract/types.generated';
import { addInterval } from '../../entitlements/extend';
import type { Handler } from '../call';
import { AUTO_BILL } from '../returns';
import { delay } from './delay';

/**
 * @throws Refusal `Days to delay must be a positive integer.` · `Must specify AutoBill to delay billing
 *   for.` (documented) · `Unable to load AutoBill:  .` · `Unable to delay billing by days: ….`
 */
export const delayBillingByDays: Handler<AutoBillOperations['delayBillingByDays']> = async (
  call,
) => {
  const { delayDays: days = 0 } = call.input;
  if (days < 1) throw AUTO_BILL.daysNotPositive();
  return delay(call, {
    refuse: AUTO_BILL.notDelayedBy,
    moveTo: (due, timeZone) =>
      addInterval(due, { days }, timeZone) ?? 'the date is after the year 9999',
  });
};
