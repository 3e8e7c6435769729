/**
 * Creates AutoBills and changes them.
 * Decided: docs/decisions/autobills.md
 */
import { cut } from '../../base/quote';
import type { Work } from '../../base/work';
import type { AutoBill, AutoBillItem, Timestamp } from '../../contract/types.generated';
import { effectiveNow } from '../../entitlements/entitlement';
import {
  beginsNow,
  changePlan,
  type Course,
  isFinished,
  standingOf,
  startCourse,
} from '../../entitlements/subscription';
import type { StoredAutoBill, StoredAutoBillItem } from '../../store/auto-bills';
import type { StoredBillingPlan } from '../../store/catalogue';
import type { UnitOfWork } from '../../store/store';
import { calendarOf } from '../../ledger/calendar-of';
import { countedByDays, insertAutoBill, updateAutoBill } from '../../subscriptions/keep-auto-bill';
import { broughtUpToDate } from '../../subscriptions/follow-item';
import { findOrCreateAccount } from '../account/find-or-create';
import { findOrCreateBillingPlan } from '../catalogue/save';
import { mergeGiven, withoutAbsent } from '../catalogue/save-item';
import { AUTO_BILL, elementNotSpecified } from '../returns';
import { billAnew, billOn, requireBillingDay } from './billing-day';
import { findForUpdate } from './find-auto-bill';
import { currentItems, editItem, findItem, makeItem } from './items';

/** The elements that are kept as they are given, beside nameValues. */
const KEPT = [
  'currency',
  'customerAutoBillName',
  'sourceIp',
  'billingStatementIdentifier',
  'minimumCommitment',
  'merchantAffiliateId',
  'merchantAffiliateSubId',
  'warnOnExpiration',
  'statementFormat',
  'invoiceTerms',
  'statementOffset',
  'statementTemplateId',
  'billingPlanCampaignCode',
  'billingPlanCampaignId',
  'specifiedBillingDay',
  'billingOffset',
  'billingRule',
] as const satisfies readonly (keyof AutoBill)[];

/**
 * Saves an AutoBill as a request gives it. Absent and empty elements stay as they are; nameValues are
 * merged by name, items are replaced.
 * @throws Refusal that says what is missing, what isn't there, or what cannot be changed
 */
export async function saveAutoBill(
  unit: UnitOfWork,
  given: AutoBill,
  work: Work,
): Promise<{ autoBill: StoredAutoBill; created: boolean }> {
  given.nameValues?.forEach(({ name }, index) => {
    if (!name) throw elementNotSpecified(`autobill.nameValues[${index + 1}].name`);
  });
  requireBillingDay(given);
  const known = await findForUpdate(unit, given);
  const autoBill = known
    ? await changeAutoBill(unit, known, given, work)
    : await createAutoBill(unit, given, work);
  return { autoBill, created: !known };
}

async function createAutoBill(
  unit: UnitOfWork,
  given: AutoBill,
  work: Work,
): Promise<StoredAutoBill> {
  const account = await findOrCreateAccount(unit, given.account, 'autobill.account', work);
  const { items = [] } = given;
  if (items.length === 0) throw elementNotSpecified('autobill.items');
  const begun = startCourse(toStart(given.startTimestamp) ?? beginsNow(work.now, work.timeZone));
  const billingPlan = await findPlan(unit, given, work);
  const calendar = await calendarOf(unit, { billingPlan, course: begun }, work.timeZone);
  // Its billings are on that day from the start, even if that lies in the past.
  const course = billOn(begun, calendar, given.billingDay, begun.start);
  const made: StoredAutoBillItem[] = [];
  for (const [index, item] of items.entries()) {
    if (item.VID) throw AUTO_BILL.notSaved(`it has no item ${cut(item.VID)}`);
    const how = { from: course.start, term: { course, calendar }, work };
    made.push(await makeItem(unit, item, `autobill.items[${index + 1}]`, how));
  }
  const { merchantAutoBillId } = given;
  return insertAutoBill(
    unit,
    work,
    {
      VID: work.newId(),
      merchantAutoBillId,
      accountId: account.id,
      billingPlan,
      course,
      items: made,
      values: mergeValues({}, given),
      createdAt: work.now,
    },
    { event: 'STATUS_CHANGE', reason: 'subscription_started' },
  );
}

/** The wire has no fractions, so neither do values compared with it. */
function toStart(moment: Timestamp | undefined): Timestamp | undefined {
  return moment === undefined ? undefined : Math.floor(moment / 1000) * 1000;
}

/** The plan that is named, else the default one of the first product that has one (documented). */
async function findPlan(unit: UnitOfWork, given: AutoBill, work: Work): Promise<string> {
  const { billingPlan, items = [] } = given;
  if (billingPlan) {
    const plan = await findOrCreateBillingPlan(unit, billingPlan, 'autobill.billingPlan', work);
    return plan.values.VID;
  }
  for (const { product } of items) {
    const { defaultBillingPlan } = (product && (await findProduct(unit, product))) ?? product ?? {};
    if (defaultBillingPlan) {
      return findPlan(unit, { billingPlan: defaultBillingPlan }, work);
    }
  }
  throw elementNotSpecified('autobill.billingPlan');
}

async function findProduct(
  { catalogue: { products } }: UnitOfWork,
  { VID, merchantProductId }: NonNullable<AutoBillItem['product']>,
) {
  const found = VID
    ? await products.findByVid(VID)
    : await products.findByMerchantId(merchantProductId ?? '');
  return found?.values;
}

function mergeValues(known: AutoBill, given: AutoBill): AutoBill {
  const kept = Object.fromEntries(KEPT.map((element) => [element, given[element]])) as AutoBill;
  const merged = { ...known, ...withoutAbsent(kept) };
  return given.nameValues
    ? { ...merged, nameValues: mergeGiven(known.nameValues, given.nameValues) }
    : merged;
}

async function changeAutoBill(
  unit: UnitOfWork,
  stored: StoredAutoBill,
  given: AutoBill,
  work: Work,
): Promise<StoredAutoBill> {
  await requireOwner(unit, stored, given);
  if (given.status === 'Active' && stored.course.cancelledAt !== undefined) {
    throw AUTO_BILL.notSaved('it is cancelled, and cannot be active again');
  }
  const known = await countedByDays(unit, work, await broughtUpToDate(unit, work, stored));
  const moved = restart(known, given, work.now);
  const planned = await changePlanTo(unit, moved, await namedPlan(unit, given, work), work);
  // One that starts at another time keeps the day on which it is to be billed.
  const kept = planned === moved ? known.course.billedFrom.billingDay : undefined;
  const billed = await billAnew(unit, planned, work, given.billingDay ?? kept);
  const items = await replaceItems(unit, billed, given, work);
  const changed = {
    ...billed,
    merchantAutoBillId: given.merchantAutoBillId ?? known.merchantAutoBillId,
    items,
    values: mergeValues(known.values, given),
  };
  const event =
    planned !== moved ? 'CHANGE_PLAN' : moved !== known ? 'START_DATE_CHANGE' : 'MODIFICATION';
  return updateAutoBill(unit, work, changed, { event, reason: 'subscription_modified' });
}

async function requireOwner(
  unit: UnitOfWork,
  { accountId }: StoredAutoBill,
  { account: named }: AutoBill,
): Promise<void> {
  if (!named?.VID && !named?.merchantAccountId) return;
  const account = named.VID
    ? await unit.findAccountByVid(named.VID)
    : await unit.findAccountByMerchantAccountId(named.merchantAccountId ?? '');
  if (account?.id !== accountId) throw AUTO_BILL.notSaved('it belongs to another account');
}

/** One that has not started yet may start at another time. */
function restart(
  autoBill: StoredAutoBill,
  { startTimestamp }: AutoBill,
  now: Timestamp,
): StoredAutoBill {
  const start = toStart(startTimestamp);
  const { course, items } = autoBill;
  if (start === undefined || start === course.start) return autoBill;
  if (course.start <= now) {
    throw AUTO_BILL.notSaved('it has started, and its startTimestamp cannot be changed');
  }
  const moved: Course = { ...startCourse(start), ...failuresOf(course) };
  return {
    ...autoBill,
    course: moved,
    items: items.map((item) => (item.from === course.start ? { ...item, from: start } : item)),
  };
}

function failuresOf({ cancelledAt, endsAt, retrySince, graceUntil, failedAt }: Course) {
  return { cancelledAt, endsAt, retrySince, graceUntil, failedAt };
}

async function namedPlan(
  unit: UnitOfWork,
  { billingPlan: named }: AutoBill,
  work: Work,
): Promise<StoredBillingPlan | undefined> {
  if (!named?.VID && !named?.merchantBillingPlanId) return undefined;
  return findOrCreateBillingPlan(unit, named, 'autobill.billingPlan', work);
}

/** Another plan runs from now on. @returns the same object where it stays. @throws Refusal */
export async function changePlanTo(
  unit: UnitOfWork,
  autoBill: StoredAutoBill,
  plan: StoredBillingPlan | undefined,
  { now, timeZone }: Work,
): Promise<StoredAutoBill> {
  const billingPlan = plan?.values.VID ?? autoBill.billingPlan;
  if (billingPlan === autoBill.billingPlan) return autoBill;
  const calendar = await calendarOf(unit, autoBill, timeZone);
  if (isFinished(standingOf(autoBill.course, calendar, now))) {
    throw AUTO_BILL.notModified('it has ended');
  }
  const course = changePlan(autoBill.course, beginsNow(now, timeZone));
  return { ...autoBill, billingPlan, course };
}

/** The given items; all others are taken out now. */
async function replaceItems(
  unit: UnitOfWork,
  autoBill: StoredAutoBill,
  { items: given = [] }: AutoBill,
  work: Work,
): Promise<readonly StoredAutoBillItem[]> {
  if (given.length === 0) return autoBill.items;
  const { course } = autoBill;
  const { now, timeZone } = work;
  const present = currentItems(autoBill.items, now);
  const calendar = await calendarOf(unit, autoBill, timeZone);
  const from = Math.max(beginsNow(now, timeZone), course.start);
  const kept = new Map<StoredAutoBillItem, StoredAutoBillItem>();
  const added: StoredAutoBillItem[] = [];
  for (const [index, item] of given.entries()) {
    const left = present.filter((one) => !kept.has(one));
    const known = await findItem(unit, left, item);
    if (known) kept.set(known, editItem(known, item));
    else if (item.VID) throw AUTO_BILL.notSaved(`it has no item ${cut(item.VID)}`);
    else {
      const how = { from, term: { course, calendar }, work };
      added.push(await makeItem(unit, item, `autobill.items[${index + 1}]`, how));
    }
  }
  const until = effectiveNow(now);
  const changed = autoBill.items.map((item) => {
    const stays = kept.get(item) ?? (present.includes(item) ? undefined : item);
    return stays ?? { ...item, until };
  });
  return [...changed, ...added];
}
