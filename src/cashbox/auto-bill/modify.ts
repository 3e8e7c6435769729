/** AutoBill.modify: changes the products of a subscription, and its plan. */
import type { Work } from '../../base/work';
import type {
  AutoBillItemModification,
  AutoBillOperations,
  Timestamp,
} from '../../contract/types.generated';
import { effectiveNow } from '../../entitlements/entitlement';
import { isFinished, nextBilling, standingOf } from '../../entitlements/subscription';
import type { StoredAutoBill, StoredAutoBillItem } from '../../store/auto-bills';
import type { UnitOfWork } from '../../store/store';
import { calendarOf, updateAutoBill } from '../../subscriptions/keep-auto-bill';
import { type Call, type Handler, workOf } from '../call';
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
 * plan runs from now on. Nothing is charged.
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
    const autoBill = await requireAutoBill(unit, named);
    const at = await effectiveDate(unit, autoBill, work, call.input.effectiveDate);
    const planned = await changePlanTo(unit, autoBill, { billingPlan }, work);
    const items = await modifyItems(unit, planned, { call, work, at });
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

/** `today`, as when it is absent, is now; `nextBill` the next billing (documented values). */
async function effectiveDate(
  unit: UnitOfWork,
  { course, ...autoBill }: StoredAutoBill,
  { now, timeZone }: Work,
  text: string | undefined,
): Promise<Timestamp> {
  const calendar = await calendarOf(unit, autoBill, timeZone);
  if (course.cancelledAt !== undefined || isFinished(standingOf(course, calendar, now))) {
    throw AUTO_BILL.notModified('it is cancelled or has ended');
  }
  const today = Math.max(effectiveNow(now), course.start);
  if (!text || text === 'today') return today;
  if (text !== 'nextBill') throw AUTO_BILL.notModified('effectiveDate must be today or nextBill');
  const next = nextBilling(course, calendar, now);
  if (!next) throw AUTO_BILL.notModified('no billing follows');
  return next.at;
}

async function modifyItems(
  unit: UnitOfWork,
  { items: before, ...autoBill }: StoredAutoBill,
  { call, work, at }: { call: ModifyCall; work: Work; at: Timestamp },
): Promise<StoredAutoBillItem[]> {
  const { autoBillItemModifications: asked = [] } = call.input;
  const calendar = await calendarOf(unit, autoBill, work.timeZone);
  let items = [...before];
  const require = async (named: AutoBillItemModification['addAutoBillItem'] = {}) => {
    const item = await findItem(unit, currentItems(items, work.now), named);
    if (!item) throw AUTO_BILL.notModified('it has no such item');
    return item;
  };
  for (const [
    index,
    { removeAutoBillItem, addAutoBillItem, editAutoBillItem },
  ] of asked.entries()) {
    const path = `autoBillItemModifications[${index + 1}].addAutoBillItem`;
    if (removeAutoBillItem) {
      const removed = await require(removeAutoBillItem);
      items = items.map((item) => (item === removed ? { ...item, until: at } : item));
    }
    if (addAutoBillItem) {
      const how = { from: at, term: { course: autoBill.course, calendar }, work };
      items.push(await makeItem(unit, addAutoBillItem, path, how));
    }
    if (editAutoBillItem) {
      const known = await require(editAutoBillItem);
      items = items.map((item) => (item === known ? editItem(item, editAutoBillItem) : item));
    }
  }
  return items;
}
