/** Moves one of the things that an account has to another account, with the lines that the ledger gets of it. */
import { DateTime } from 'luxon';
import type { Work } from '../../base/work';
import { join } from '../../entitlements/course';
import { isOver, revoke } from '../../entitlements/entitlement';
import { standingOf } from '../../entitlements/subscription';
import { calendarOf } from '../../ledger/calendar-of';
import { changeParent } from '../../ledger/record-account';
import { recordAutoBill } from '../../ledger/record-auto-bill';
import { recordChange } from '../../ledger/record-change';
import type { StoredAutoBill } from '../../store/auto-bills';
import type { StoredAccount, StoredEntitlement, UnitOfWork } from '../../store/store';
import { broughtUpToDate } from '../../subscriptions/follow-item';
import { mergePairs } from '../catalogue/save-item';
import { nameOf } from './family';
import type { Transfer } from './find-transfer';

/** What the move of an AutoBill or of a child costs, in changes of an entitlement. */
const WEIGHT = 10;

/**
 * An AutoBill says whose it was, and since when it is no more (documented). What it gave is left to the caller. Guess:
 * how the day is written.
 */
export async function moveAutoBill(
  unit: UnitOfWork,
  work: Work,
  { source, target }: Transfer,
  stored: StoredAutoBill,
): Promise<void> {
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

/** One line in the ledger of each account: the source's right ends, the target has it. */
export async function moveEntitlement(
  unit: UnitOfWork,
  work: Work,
  { source, target }: Transfer,
  entitlement: StoredEntitlement,
): Promise<void> {
  const { now } = work;
  const { merchantEntitlementId, source: of, sourceId, start, end, description } = entitlement;
  const key = { merchantEntitlementId, source: of, sourceId };
  const change = { ...key, action: 'transfer' as const };
  const over = isOver(entitlement, now);
  const held = await unit.findEntitlement(target.id, key);
  // An entitlement that is over adds nothing to the target's own.
  if (held && over) return;
  const after = join(held, { start, end, description }, now);
  const from = `from ${nameOf(source)}`;
  await recordChange(unit, work, {
    accountId: target.id,
    before: held,
    after,
    note: from,
    ...change,
  });
  if (over) return;
  const ended = revoke({ start, end, description }, now) ?? { start, end, description };
  await recordChange(unit, work, {
    accountId: source.id,
    before: entitlement,
    after: ended,
    note: `to ${nameOf(target)}`,
    ...change,
  });
}
