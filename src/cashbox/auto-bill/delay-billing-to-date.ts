/** AutoBill.delayBillingToDate: puts the next billing off to a date. */
import { DateTime } from 'luxon';
import { cut } from '../../base/quote';
import type { AutoBillOperations, Timestamp } from '../../contract/types.generated';
import type { Handler } from '../call';
import { AUTO_BILL } from '../returns';
import { delay } from './delay';

/**
 * Takes a date, or a dateTime: the day that it falls on in the server's zone. The day of the next billing itself
 * is accepted, and changes nothing (observed).
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

function onDay(text: string, due: Timestamp, zone: string): Timestamp | string {
  // Of a date alone its zone is no matter: the day is the server's.
  const date = /T|\d \d/.test(text) ? text.replace(' ', 'T') : text.slice(0, 10);
  const day = DateTime.fromISO(date, { zone }).startOf('day');
  if (!day.isValid) return `${cut(text)} is not a date`;
  const before = DateTime.fromMillis(due, { zone }).startOf('day');
  if (day < before)
    return `${cut(text)} is before the next billing on ${before.toFormat('yyyy-MM-dd')}`;
  return day.toMillis();
}
