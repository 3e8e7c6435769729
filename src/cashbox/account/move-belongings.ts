/** Moves one of the things that an account has to another account, with the lines that the ledger gets of it. */
import { DateTime } from 'luxon';
import type { Work } from '../../base/work';
import { finishChangesOf } from '../../batches/left-over';
import { standingOf } from '../../entitlements/subscription';
import { calendarOf } from '../../ledger/calendar-of';
import { changeParent } from '../../ledger/record-account';
import { recordAutoBill } from '../../ledger/record-auto-bill';
import type { StoredAutoBill } from '../../store/auto-bills';
import type { StoredAccount, UnitOfWork } from '../../store/store';
import { ORDER_CHANGES } from '../../orders/change-order';
import type { StoredOrder } from '../../store/orders';
import { AUTO_BILL_CHANGES } from '../../subscriptions/give-access';
import { broughtUpToDate } from '../../subscriptions/follow-item';
import { mergePairs } from '../catalogue/save-item';
import { nameOf } from '../../store/accounts';
import type { Transfer } from '../../ledger/move-access';

/** What the move of an AutoBill or of a child costs, in changes of an entitlement. */
const WEIGHT = 10;

/**
 * An AutoBill says whose it was, and since when it is no more (documented). What it gave is left to the caller. Guess:
 * how the day is written.
 * @returns the AutoBill after it
 */
export async function moveAutoBill(
  unit: UnitOfWork,
  work: Work,
  { source, target }: Transfer,
  stored: StoredAutoBill,
): Promise<StoredAutoBill> {
  await finishChangesOf(unit, work, AUTO_BILL_CHANGES, stored.id);
  const autoBill = await broughtUpToDate(unit, work, stored);
  const { now, timeZone } = work;
  const date = DateTime.fromMillis(now, { zone: timeZone }).toFormat('yyyy-MM-dd');
  const nameValues = mergePairs(autoBill.values.nameValues, [
    { name: 'VIN_MERCHANT_CUSTOMER_ID_UPDATED_FROM', value: nameOf(source) },
    { name: 'VIN_MERCHANT_CUSTOMER_ID_UPDATED_DATE', value: date },
  ]);
  const values = { ...autoBill.values, nameValues };
  const marked = { ...autoBill, values, accountId: target.id };
  await unit.autoBills.update(marked);
  await unit.autoBills.insertEvent({ autoBill: autoBill.id, type: 'MODIFICATION', at: now });
  const stood = standingOf(autoBill.course, await calendarOf(unit, autoBill, timeZone), now);
  const cause = { reason: 'transferred', stood };
  await recordAutoBill(unit, work, marked, 'autobill.modified', cause);
  await unit.pause(WEIGHT);
  return marked;
}

/** An order is the target's. What it gave is left to the caller. */
export async function moveOrder(
  unit: UnitOfWork,
  work: Work,
  { target }: Transfer,
  { id }: StoredOrder,
): Promise<void> {
  await finishChangesOf(unit, work, ORDER_CHANGES, id);
  await unit.orders.moveOrder(id, target.id);
}

/** The target becomes its parent. */
export async function moveChild(
  unit: UnitOfWork,
  work: Work,
  { target }: Transfer,
  child: StoredAccount,
): Promise<void> {
  await changeParent(unit, work, child, nameOf(target));
  await unit.pause(WEIGHT);
}
