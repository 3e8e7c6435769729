/**
 * Account.transfer: merges one account into another.
 * Decided: docs/decisions/transfer.md
 */
import { onePage } from '../../base/pages';
import type { AccountOperations } from '../../contract/types.generated';
import { autoBillPages, childPages } from '../../store/pages';
import type { UnitOfWork } from '../../store/store';
import { type Handler, workOf } from '../call';
import { moveEntitlement, type Transfer } from '../../ledger/move-access';
import { recordMerge } from '../../ledger/record-account';
import { finishWork } from '../../batches/long-work';
import { DELETION_WORK } from '../../orders/order-work';
import { nameOf } from '../../store/accounts';
import { findTransfer, prepareToMove } from './find-transfer';
import { loadAccounts } from './load-account';
import { moveAutoBill, moveChild } from './move-belongings';
import { leftEntitlements, transferInParts } from './transfer-in-parts';
import { requireName } from '../../grants/name-account';

/**
 * The target gets the source's entitlements, AutoBills, orders, children and nameValues (documented). The
 * source goes on to exist under its own names, with its basic attributes and without access. The target's
 * own data stay as they are.
 * @throws Refusal `Base Account not specified.` · `Account not found.` · `Account transfer failed: ….`
 */
export const transfer: Handler<AccountOperations['transfer']> = async (call) => {
  requireName(call.input.targetAccount, 'targetAccount');
  requireName(call.input.sourceAccount, 'sourceAccount');
  const moved = await transferInParts(call);
  return call.store.transact(call.merchant.id, async (unit) => {
    const work = workOf(call, unit);
    const { source, target } = await findTransfer(unit, call.input, moved);
    await prepareToMove(unit, work, { source, target });
    await finishWork(unit, work, DELETION_WORK, source.id);
    for await (const page of autoBillPages(unit, source.id)) {
      for (const autoBill of page) await moveAutoBill(unit, work, { source, target }, autoBill);
    }
    for await (const page of childPages(unit, nameOf(source))) {
      for (const child of page) await moveChild(unit, work, { source, target }, child);
    }
    for await (const entitlement of leftEntitlements(unit, source, moved)) {
      await moveEntitlement(unit, work, { source, target }, entitlement);
    }
    await moveNameValues(unit, { source, target });
    await unit.transferAccount(source.id, target.id);
    await recordMerge(unit, work, { source, target });
    const [mergedAccount] =
      (await loadAccounts(unit, onePage([target]), 'mergedAccount', call.selection)) ?? [];
    return { mergedAccount };
  });
};

/** A value that the target has under the same name stays; the source then keeps its own (decided). */
async function moveNameValues(unit: UnitOfWork, { source, target }: Transfer): Promise<void> {
  const given = await unit.listNameValues(source.id);
  if (given.length === 0) return;
  const held = new Set((await unit.listNameValues(target.id)).map(({ name }) => name));
  for (const { name = '', value = '' } of given) {
    if (held.has(name)) continue;
    await unit.saveNameValue(target.id, { name, value });
    await unit.deleteNameValue(source.id, name);
  }
}
