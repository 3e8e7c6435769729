/** AutoBill.modify: changes the products of a subscription, and its plan. */
import type { Work } from '../../base/work';
import type {
  AutoBillItem,
  AutoBillItemModification,
  AutoBillOperations,
  BillingPlan,
  Timestamp,
} from '../../contract/types.generated';
import { effectiveNow } from '../../entitlements/entitlement';
import {
  beginsNow,
  isFinished,
  lastMoment,
  nextBilling,
  standingOf,
} from '../../entitlements/subscription';
import type { StoredAutoBill, StoredAutoBillItem } from '../../store/auto-bills';
import type { StoredBillingPlan } from '../../store/catalogue';
import type { UnitOfWork } from '../../store/store';
import { calendarOf } from '../../ledger/calendar-of';
import { countedByDays, updateAutoBill } from '../../subscriptions/keep-auto-bill';
import { broughtUpToDate } from '../../subscriptions/follow-item';
import { type Call, type Handler, workOf } from '../call';
import { requireCatalogueItem } from '../catalogue/find-item';
import { BILLING_PLANS } from '../catalogue/kinds';
import { AUTO_BILL } from '../returns';
import { refuseItemCampaign } from './campaigns';
import { transactUnlessDry } from './dry-run';
import { requireAutoBill } from './find-auto-bill';
import { currentItems, editItem, findItem, makeItem } from './items';
import { loadAutoBill } from './present';
import { changePlanTo } from './save';

type ModifyCall = Call<AutoBillOperations['modify']['input']>;

/**
 * Items are added and taken out now or, with effectiveDate `nextBill`, when the period that runs
 * ends; editing changes what is kept of an item and must be asked for by itself (documented). Another
 * plan must be there, and runs from now on. Nothing is charged.
 * @throws Refusal `AutoBill not specified.` · `Unable to load AutoBill:  .` · `Unable to modify
 *   AutoBill: ….` · what products and plan are refused for
 */
export const modify: Handler<AutoBillOperations['modify']> = async (call) => {
  const { autobill: named, autoBillItemModifications: asked = [], dryrun } = call.input;
  const { changeBillingPlanTo: billingPlan } = call.input;
  if (asked.some(isEdit) && asked.some((one) => !isEdit(one))) {
    throw AUTO_BILL.notModified('editAutoBillItem must be used by itself');
  }
  for (const { addAutoBillItem, editAutoBillItem } of asked) {
    refuseItemCampaign(addAutoBillItem ?? editAutoBillItem ?? {});
  }
  return transactUnlessDry(call, dryrun, async (unit) => {
    const work = workOf(call, unit);
    const known = await broughtUpToDate(unit, work, await requireAutoBill(unit, named));
    const autoBill = await countedByDays(unit, work, known);
    const turn = await effectiveDate(unit, autoBill, work, call.input.effectiveDate);
    const plan =
      billingPlan && isNamed(billingPlan) ? await requirePlan(unit, billingPlan) : undefined;
    const planned = await changePlanTo(unit, autoBill, plan, work);
    const items = await modifyItems(unit, planned, { call, work, ...turn });
    const modified = await updateAutoBill(
      unit,
      work,
      { ...planned, items },
      {
        event: planned === autoBill ? 'MODIFICATION' : 'CHANGE_PLAN',
        reason: 'subscription_modified',
      },
    );
    return { autobill: await loadAutoBill(unit, modified, call) };
  });
};

function isEdit({ editAutoBillItem }: AutoBillItemModification): boolean {
  return editAutoBillItem !== undefined;
}

function isNamed({ VID, merchantBillingPlanId }: BillingPlan): boolean {
  return Boolean(VID ?? merchantBillingPlanId);
}

async function requirePlan(
  { catalogue }: UnitOfWork,
  plan: BillingPlan,
): Promise<StoredBillingPlan> {
  return requireCatalogueItem(BILLING_PLANS, catalogue, plan, 'changeBillingPlanTo');
}

/** Removed items entitle until `until`, added ones from `from` on. */
interface Turn {
  readonly until: Timestamp;
  readonly from: Timestamp;
}

/** `today`, as when it is absent, is now; `nextBill` the next billing (documented values). */
async function effectiveDate(
  unit: UnitOfWork,
  autoBill: StoredAutoBill,
  { now, timeZone }: Work,
  text: string | undefined,
): Promise<Turn> {
  const { course } = autoBill;
  const calendar = await calendarOf(unit, autoBill, timeZone);
  if (course.cancelledAt !== undefined || isFinished(standingOf(course, calendar, now))) {
    throw AUTO_BILL.notModified('it is cancelled or has ended');
  }
  if (!text || text === 'today') {
    const [until, from] = [effectiveNow(now), beginsNow(now, timeZone)];
    return { until: Math.max(until, course.start), from: Math.max(from, course.start) };
  }
  if (text !== 'nextBill') throw AUTO_BILL.notModified('effectiveDate must be today or nextBill');
  const next = nextBilling(course, calendar, now);
  if (!next) throw AUTO_BILL.notModified('no billing follows');
  return { until: lastMoment(next.at, calendar), from: next.at };
}

async function modifyItems(
  unit: UnitOfWork,
  { items: before, ...autoBill }: StoredAutoBill,
  { call, work, from, until }: Turn & { call: ModifyCall; work: Work },
): Promise<StoredAutoBillItem[]> {
  const { autoBillItemModifications: asked = [] } = call.input;
  const calendar = await calendarOf(unit, autoBill, work.timeZone);
  let items = [...before];
  const require = (named: AutoBillItem) => requireItem(unit, currentItems(items, work.now), named);
  for (const [
    index,
    { removeAutoBillItem, addAutoBillItem, editAutoBillItem },
  ] of asked.entries()) {
    const path = `autoBillItemModifications[${index + 1}].addAutoBillItem`;
    if (removeAutoBillItem) {
      const removed = await require(removeAutoBillItem);
      items = items.map((item) => (item === removed ? { ...item, until } : item));
    }
    if (addAutoBillItem) {
      const how = { from, term: { course: autoBill.course, calendar }, work };
      items.push(await makeItem(unit, addAutoBillItem, path, how));
    }
    if (editAutoBillItem) {
      const known = await require(editAutoBillItem);
      items = items.map((item) => (item === known ? editItem(item, editAutoBillItem) : item));
    }
  }
  return items;
}

/** Named by VID, by the merchant's id, by its index as replies show it, or by its product (documented). */
async function requireItem(
  unit: UnitOfWork,
  items: readonly StoredAutoBillItem[],
  named: AutoBillItem,
): Promise<StoredAutoBillItem> {
  const { VID, merchantAutoBillItemId, index, product } = named;
  const found = await findItem(unit, items, named);
  if (VID || merchantAutoBillItemId || index === undefined) {
    if (!found) throw AUTO_BILL.notModified('it has no such item');
    return found;
  }
  const item = items[index];
  if (!item) throw AUTO_BILL.notModified(`it has no item of index ${index}`);
  if (product && found?.product !== item.product) {
    throw AUTO_BILL.notModified(`its item of index ${index} is of another product`);
  }
  return item;
}
