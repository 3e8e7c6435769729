/** AutoBills as a reply shows them: parts that srd leaves out aren't read. */
import { listOrPages, mapPages } from '../../base/pages';
import { oneOf } from '../../contract/one-of';
import { partOf, type Selection } from '../../contract/selection';
import type {
  AutoBill,
  AutoBillItem,
  AutoBillStatus,
  BillingState,
  Product,
  Timestamp,
} from '../../contract/types.generated';
import { billingDayOf, type Calendar } from '../../entitlements/billing-period';
import {
  entitledUntil,
  nextBilling,
  type Standing,
  standingOf,
} from '../../entitlements/subscription';
import type { StoredAutoBill, StoredAutoBillItem } from '../../store/auto-bills';
import type { Reader } from '../../store/store';
import { calendarOf } from '../../ledger/calendar-of';
import { presentAccount } from '../account/load-account';
import type { Call } from '../call';
import { AUTO_BILL_DEFAULTS, ITEM_DEFAULTS } from '../catalogue/defaults';
import { AUTO_BILL } from '../returns';
import { presentBillingPlan, presentProduct } from '../catalogue/present-item';

/**
 * Where an AutoBill stands, in the words of the contract. Versions before the present ones know fewer
 * statuses: an AutoBill that is not billed any more is Cancelled there, and Suspended when payments failed (a guess).
 */
const STATUS: Readonly<Record<Standing, AutoBillStatus>> = {
  pending: oneOf('Pending Activation', 'Active'),
  active: 'Active',
  retrying: 'Active',
  cancelling: oneOf('Pending Cancel', 'Cancelled'),
  cancelled: 'Cancelled',
  failed: oneOf<AutoBillStatus>('Suspended' as AutoBillStatus, 'Cancelled'),
  expired: oneOf('Expired', 'Cancelled'),
};

/** Observed: Billing Completed beside Pending Cancel. The rest is read from the names (a guess). */
const BILLING_STATE: Readonly<Record<Standing, BillingState>> = {
  pending: 'Unbilled',
  active: 'Good Standing',
  retrying: 'In Retry',
  cancelling: 'Billing Completed',
  cancelled: 'Billing Completed',
  failed: 'Failed To Collect',
  expired: 'Billing Completed',
};

/** Where an AutoBill stood at a moment, as far as what is kept of it does not say so. */
export interface AutoBillStand {
  /** UTC milliseconds. */
  readonly at: Timestamp;
  readonly standing: Standing;
  readonly start: Timestamp;
  /** Until when it entitles; undefined: without end. */
  readonly end: Timestamp | undefined;
  readonly billingDay: number;
}

/** The parts of a call that presenting needs. */
type Viewer = Pick<Call<unknown>, 'timeZone' | 'selection'>;

/** The AutoBill of a reply. @returns undefined when srd wants none */
export async function loadAutoBill(
  reader: Reader,
  autoBill: StoredAutoBill,
  call: Viewer,
): Promise<AutoBill | undefined> {
  const wanted = partOf(call.selection, 'autobill');
  return wanted && presentAutoBill(reader, autoBill, wanted, call);
}

/**
 * The same for the part of the response that holds several.
 * @param pages read outside of a unit of work, or the first of them in one
 */
export async function loadAutoBills(
  reader: Reader,
  pages: AsyncGenerator<readonly StoredAutoBill[]>,
  call: Viewer,
): Promise<AutoBill[] | undefined> {
  const wanted = partOf(call.selection, 'autobills');
  if (wanted === undefined) return undefined;
  const present = async (page: readonly StoredAutoBill[]) => {
    const loaded: AutoBill[] = [];
    for (const one of page) {
      loaded.push(await presentAutoBill(reader, one, wanted, call));
      // Each costs some look-ups.
      await reader.pause(WEIGHT);
    }
    return loaded;
  };
  return listOrPages(mapPages(pages, present));
}

/** The same, of some at least. @throws Refusal 404 `No AutoBills found for the Account.` */
export async function requireAutoBills(
  reader: Reader,
  pages: AsyncGenerator<readonly StoredAutoBill[]>,
  call: Viewer,
): Promise<AutoBill[] | undefined> {
  const loaded = await loadAutoBills(reader, pages, call);
  const none = loaded ? loaded.length === 0 : (await pages.next()).done;
  if (none) throw AUTO_BILL.noneOfAccount();
  return loaded;
}

/** What presenting one costs, in rows of a list. */
const WEIGHT = 5;

async function presentAutoBill(
  reader: Reader,
  autoBill: StoredAutoBill,
  wanted: Selection,
  { timeZone }: Omit<Viewer, 'selection'>,
): Promise<AutoBill> {
  const now = reader.now();
  const { course } = autoBill;
  const calendar = await calendarOf(reader, autoBill, timeZone);
  const stand = {
    at: now,
    standing: standingOf(course, calendar, now),
    start: course.start,
    end: entitledUntil(course, calendar),
    billingDay: billingDayOf(calendar, course.billedFrom),
  };
  return {
    ...(await presentAutoBillAt(reader, autoBill, wanted, stand)),
    nextBilling: presentNextBilling(autoBill, calendar, now),
  };
}

/**
 * An AutoBill as it stood at a moment, without its next billing.
 * @param autoBill with the items and the plan that it had then
 * @param wanted what of it is wanted
 */
export async function presentAutoBillAt(
  reader: Reader,
  autoBill: StoredAutoBill,
  wanted: Selection,
  { at, standing, start, end, billingDay }: AutoBillStand,
): Promise<AutoBill> {
  const { VID, merchantAutoBillId, values } = autoBill;
  return {
    ...AUTO_BILL_DEFAULTS,
    ...values,
    ...(await presentParts(reader, autoBill, wanted, at)),
    VID,
    merchantAutoBillId,
    status: STATUS[standing],
    billingState: BILLING_STATE[standing],
    startTimestamp: start,
    endTimestamp: end,
    billingDay,
  };
}

/** When the next billing is due; its amount is no business of this server. */
function presentNextBilling(
  { course, values }: StoredAutoBill,
  calendar: Calendar,
  now: Timestamp,
) {
  const { currency } = values;
  const standing = standingOf(course, calendar, now);
  const billed = standing === 'pending' || standing === 'active' || standing === 'retrying';
  const next = billed ? nextBilling(course, calendar, now) : undefined;
  return next && { timestamp: next.at, currency };
}

async function presentParts(
  reader: Reader,
  autoBill: StoredAutoBill,
  wanted: Selection,
  now: Timestamp,
): Promise<AutoBill> {
  const ofAccount = partOf(wanted, 'account');
  const account = ofAccount && (await reader.findAccount(autoBill.accountId));
  const wantsPlan = partOf(wanted, 'billingPlan') !== undefined;
  const plan = wantsPlan
    ? await reader.catalogue.billingPlans.findByVid(autoBill.billingPlan)
    : undefined;
  const ofItems = partOf(wanted, 'items');
  return {
    account: account && (await presentAccount(reader, account, ofAccount, now)),
    billingPlan: plan && presentBillingPlan(plan),
    items: ofItems && (await presentItems(reader, autoBill, ofItems, now)),
  };
}

/** An item as versions before 5.0 have it, too. */
interface OlderItem extends AutoBillItem {
  readonly startTimestamp: Timestamp;
  readonly endTimestamp: Timestamp | undefined;
}

/** Those that are part of it, or will be. */
async function presentItems(
  reader: Reader,
  { items, course }: StoredAutoBill,
  wanted: Selection,
  now: Timestamp,
): Promise<AutoBillItem[]> {
  const present = items.filter(({ until }) => until === undefined || until > now);
  const presented: OlderItem[] = [];
  // Many items may be of one product: it is read and written once.
  const products = new Map<string, Product | undefined>();
  for (const [index, { VID, from, until = course.endsAt, values, product }] of present.entries()) {
    if (!products.has(product)) {
      products.set(product, await presentItemProduct(reader, product, wanted));
    }
    presented.push({
      ...ITEM_DEFAULTS,
      ...values,
      VID,
      index,
      addedDate: from,
      removedDate: until,
      startTimestamp: from,
      endTimestamp: until,
      product: products.get(product),
    });
  }
  return presented;
}

async function presentItemProduct(
  { catalogue }: Reader,
  product: StoredAutoBillItem['product'],
  wanted: Selection,
) {
  const ofProduct = partOf(wanted, 'product');
  const found = ofProduct && (await catalogue.products.findByVid(product));
  return found && presentProduct(catalogue, found, ofProduct);
}
