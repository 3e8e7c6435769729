/** The items of an AutoBill as requests give them: each stands for a product. */
import { DateTime } from 'luxon';
import type { Work } from '../../base/work';
import type { AutoBillItem, Timestamp } from '../../contract/types.generated';
import { type Calendar, nextPeriod, periodStart } from '../../entitlements/billing-period';
import { startOfDay } from '../../entitlements/calendar-day';
import { addInterval } from '../../entitlements/extend';
import { type Course, lastMoment } from '../../entitlements/subscription';
import type { StoredAutoBillItem } from '../../store/auto-bills';
import type { UnitOfWork } from '../../store/store';
import { readInterval } from '../../ledger/read-interval';
import { findOrCreateProduct } from '../catalogue/save';
import { withoutAbsent } from '../catalogue/save-item';
import { AUTO_BILL, elementNotSpecified } from '../returns';

/** The course of the AutoBill, and the calendar of its plan. */
export interface Term {
  readonly course: Course;
  readonly calendar: Calendar;
}

/**
 * An item that is new.
 * @param path where it stands in the request, for messages
 * @param from when it becomes part of the AutoBill
 * @throws Refusal that says what is missing or wrong
 */
export async function makeItem(
  unit: UnitOfWork,
  given: AutoBillItem,
  path: string,
  { from, term, work }: { from: Timestamp; term: Term; work: Work },
): Promise<StoredAutoBillItem> {
  if (!given.product) throw elementNotSpecified(`${path}.product`);
  const product = await findOrCreateProduct(unit, given.product, `${path}.product`, work);
  const starts = Math.max(from, readStartDate(given, path, from, term.calendar.timeZone) ?? from);
  return {
    VID: work.newId(),
    product: product.values.VID,
    from: starts,
    until: cyclesEnd(given, starts, term),
    values: valuesOf(given),
  };
}

/** The elements of an item that are kept as given; tokens are no business of this server. */
function valuesOf(given: AutoBillItem): AutoBillItem {
  const { merchantAutoBillItemId, amount, currency, ratePlan, nameValues, quantity } = given;
  const { cycles, startDate, campaignCode, campaignId } = given;
  return withoutAbsent({
    merchantAutoBillItemId,
    amount,
    currency,
    ratePlan,
    nameValues,
    quantity,
    cycles,
    startDate,
    campaignCode,
    campaignId,
  });
}

/** An item with its newly given elements; its product and its time stay. */
export function editItem(item: StoredAutoBillItem, given: AutoBillItem): StoredAutoBillItem {
  const values = valuesOf({ ...given, cycles: undefined, startDate: undefined });
  return { ...item, values: { ...item.values, ...values } };
}

/**
 * The item that is meant: by VID, else by the merchant's id, else by its product.
 * @param items those that are part of the AutoBill now
 */
export async function findItem(
  { catalogue: { products } }: UnitOfWork,
  items: readonly StoredAutoBillItem[],
  { VID, merchantAutoBillItemId: id, product }: AutoBillItem,
): Promise<StoredAutoBillItem | undefined> {
  if (VID) return items.find((item) => item.VID === VID);
  if (id) return items.find(({ values }) => values.merchantAutoBillItemId === id);
  if (!product) return undefined;
  const named = product.VID
    ? await products.findByVid(product.VID)
    : await products.findByMerchantId(product.merchantProductId ?? '');
  return items.find((item) => item.product === named?.values.VID);
}

/** Those that are part of an AutoBill now, or will be. */
export function currentItems(items: readonly StoredAutoBillItem[], now: Timestamp) {
  return items.filter(({ until }) => until === undefined || until > now);
}

/**
 * A date, or a length of time after the item would start otherwise (documented); both are midnight in
 * the server's zone (decided).
 */
function readStartDate(
  { startDate }: AutoBillItem,
  path: string,
  from: Timestamp,
  zone: string,
): Timestamp | undefined {
  const text = startDate?.trim();
  if (!text) return undefined;
  if (/^\d+\s*seasons?$/i.test(text)) {
    throw AUTO_BILL.notSaved(`${path}.startDate is in seasons, which are not supported`);
  }
  const interval = readInterval(text);
  if (interval) {
    const moment = addInterval(from, interval, zone);
    if (moment === undefined) throw AUTO_BILL.notSaved(`${path}.startDate is after the year 9999`);
    return startOfDay(moment, zone);
  }
  const moment = DateTime.fromISO(text, { zone });
  if (!moment.isValid) {
    throw AUTO_BILL.notSaved(
      `${path}.startDate is not a date, nor a length of time such as 3 days`,
    );
  }
  return moment.toMillis();
}

/** An item for a number of billing periods ends with the last of them. */
function cyclesEnd(
  { cycles }: AutoBillItem,
  from: Timestamp,
  { course: { billedFrom }, calendar }: Term,
): Timestamp | undefined {
  if (!cycles || cycles < 0) return undefined;
  const next = nextPeriod(calendar, billedFrom, from);
  if (next === undefined) return undefined;
  const after = periodStart(calendar, billedFrom, next - 1 + cycles);
  return after === undefined ? undefined : lastMoment(after, calendar);
}
