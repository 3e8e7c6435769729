/** AutoBill.delayBillingToDate: puts the next billing off to a date. */
import { DateTime } from 'luxon';
import type { AutoBillOperations, Timestamp } from '../../contract/types.generated';
import type { Handler } from '../call';
import { AUTO_BILL } from '../returns';
import { delay } from './delay';

/**
 * On that day of the server's zone, at the time of day of the billing that is put off (decided).
 * @throws Refusal `Date to delay to must be specified and have a length.` · `Must specify AutoBill to
 *   delay billing for.` · `Unable to delay billing to date: ….` (documented) · `Unable to load
 *   AutoBill:  .`
 */
export const delayBillingToDate: Handler<AutoBillOperations['delayBillingToDate']> = async (
  call,
) => {
  const { newBillingDate: date } = call.input;
  if (!date) throw AUTO_BILL.dateNotSpecified();
  return delay(call, {
    refuse: AUTO_BILL.notDelayedTo,
    moveTo: (due, zone) => onDay(date, due, zone),
  });
};

function onDay(date: string, due: Timestamp, zone: string): Timestamp | string {
  const { year, month, day, isValid } = DateTime.fromISO(date.slice(0, 10), { zone });
  if (!isValid) return `${date} is not a date`;
  const before = DateTime.fromMillis(due, { zone });
  const to = before.set({ year, month, day });
  return to.startOf('day') > before.startOf('day')
    ? to.toMillis()
    : `${date} is not after the next billing on ${before.toFormat('yyyy-MM-dd')}`;
}
