/**
 * Account.transfer: merges one account into another.
 * Decided: docs/decisions/transfer.md
 */
import { DateTime } from 'luxon';
import { onePage } from '../../base/pages';
import type { Work } from '../../base/work';
import type { AccountOperations } from '../../contract/types.generated';
import { join } from '../../entitlements/course';
import { isOver, revoke } from '../../entitlements/entitlement';
import { standingOf } from '../../entitlements/subscription';
import type { StoredAutoBill } from '../../store/auto-bills';
import { autoBillPages, childPages, entitlementPages } from '../../store/pages';
import type { StoredAccount, StoredEntitlement, UnitOfWork } from '../../store/store';
import { type Handler, workOf } from '../call';
import { changeParent, recordMerge } from '../../ledger/record-account';
import { recordChange } from '../../ledger/record-change';
import { recordDueOf } from '../../ledger/record-due';
import { notTransferred } from '../returns';
import { finishWork } from '../../batches/long-work';
import { DELETION_WORK } from '../../orders/order-work';
import { broughtUpToDate } from '../../subscriptions/follow-item';
import { calendarOf } from '../../ledger/calendar-of';
import { recordAutoBill } from '../../ledger/record-auto-bill';
import { mergePairs } from '../catalogue/save-item';
import { nameOf } from './family';
import { loadAccounts } from './load-account';
import { MOST_PARTS } from './update';
import { findNamedAccount, requireName } from '../../grants/name-account';

/** What the move of an AutoBill or of a child costs, in changes of an entitlement. */
const WEIGHT = 10;

/**
 * The target gets the source's entitlements, AutoBills, orders, children and nameValues (documented). The
 * source goes on to exist under its own names, with its basic attributes and without access. The target's
 * own data stay as they are.
 * @throws Refusal `Base Account not specified.` · `Account not found.` · `Account transfer failed: ….`
 */
export const transfer: Handler<AccountOperations['transfer']> = async (call) => {
  const { targetAccount, sourceAccount } = call.input;
  requireName(targetAccount, 'targetAccount');
  requireName(sourceAccount, 'sourceAccount');
  return call.store.transact(call.merchant.id, async (unit) => {
    const work = workOf(call, unit);
    const target = await findNamedAccount(unit, targetAccount);
    const source = await findNamedAccount(unit, sourceAccount);
    const reason = await whyNotTransferred(unit, source, target);
    if (reason) throw notTransferred(reason);
    // Before AutoBills and entitlements are read that it changes.
    for (const { id } of [source, target]) await recordDueOf(unit, id, work);
    await finishWork(unit, work, DELETION_WORK, source.id);
    for await (const page of autoBillPages(unit, source.id)) {
      for (const one of page) {
        const autoBill = await broughtUpToDate(unit, work, one);
        await markAutoBill(unit, work, { source, target, autoBill });
        await unit.pause(WEIGHT);
      }
    }
    for await (const page of childPages(unit, nameOf(source))) {
      for (const child of page) {
        await changeParent(unit, work, child, nameOf(target));
        await unit.pause(WEIGHT);
      }
    }
    for await (const page of entitlementPages(unit, source.id)) {
      for (const entitlement of page) {
        await moveEntitlement(unit, work, { source, target, entitlement });
      }
    }
    await moveNameValues(unit, source, target);
    await unit.transferAccount(source.id, target.id);
    await recordMerge(unit, work, { source, target });
    const [mergedAccount] =
      (await loadAccounts(unit, onePage([target]), 'mergedAccount', call.selection)) ?? [];
    return { mergedAccount };
  });
};

async function whyNotTransferred(
  unit: UnitOfWork,
  source: StoredAccount,
  target: StoredAccount,
): Promise<string | undefined> {
  if (source.id === target.id) return 'source and target are one account';
  const { parentMerchantAccountId: parent } = target;
  if (parent === undefined) return undefined;
  if (parent === nameOf(source)) return 'the target is a child of the source';
  return (await unit.hasChildren(nameOf(source)))
    ? 'the source has children and the target is a child itself'
    : undefined;
}

/** A value that the target has under the same name stays; the source then keeps its own (decided). */
async function moveNameValues(
  unit: UnitOfWork,
  source: StoredAccount,
  target: StoredAccount,
): Promise<void> {
  const held = new Set((await unit.listNameValues(target.id)).map(({ name }) => name));
  const given = await unit.listNameValues(source.id);
  const names = new Set([...held, ...given.map(({ name }) => name)]);
  if (names.size > Math.max(MOST_PARTS, held.size)) {
    throw notTransferred(`together they have more than ${MOST_PARTS} nameValues`);
  }
  for (const { name = '', value = '' } of given) {
    if (held.has(name)) continue;
    await unit.saveNameValue(target.id, { name, value });
    await unit.deleteNameValue(source.id, name);
  }
}

/** An AutoBill says whose it was, and since when it is no more (documented). Guess: how the day is written. */
async function markAutoBill(
  unit: UnitOfWork,
  work: Work,
  {
    source,
    target,
    autoBill,
  }: { source: StoredAccount; target: StoredAccount; autoBill: StoredAutoBill },
): Promise<void> {
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
}

/** One line in the ledger of each account: the source's right ends, the target has it. */
async function moveEntitlement(
  unit: UnitOfWork,
  work: Work,
  {
    source,
    target,
    entitlement,
  }: { source: StoredAccount; target: StoredAccount; entitlement: StoredEntitlement },
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
