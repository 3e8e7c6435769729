/** The table of loops: all that happens in the background. */
import type { WorkTools } from '../base/work';
import type { WorkKind } from '../batches/long-work';
import { ALL_ERASURE_KINDS } from '../erasure/erasure-work';
import { MOVED_AUTO_BILL, MOVED_ORDER } from '../ledger/move-access';
import { recordDue } from '../ledger/record-due';
import { RENAME_WORK } from '../ledger/rename-parent';
import { ORDER_ACCESS } from '../orders/change-order';
import { DELETION_WORK, OFFER_WORK } from '../orders/order-work';
import type { Store, UnitOfWork } from '../store/store';
import { BILLING_PLAN_WORK, PRODUCT_WORK } from '../subscriptions/follow-item';
import { AUTO_BILL_ACCESS } from '../subscriptions/give-access';
import { createAnswersLoop } from './answers-loop';
import { createDueLoop } from './due-loop';
import { createErasuresLoop } from './erasures-loop';
import type { Loop } from './loop';
import { createLongChangesLoop, createLongWorkLoop } from './long-work-loop';

/** The kinds of long work, by name. */
export const WORK_KINDS: ReadonlyMap<string, WorkKind> = new Map(
  [
    ...[PRODUCT_WORK, BILLING_PLAN_WORK, OFFER_WORK, DELETION_WORK],
    ...[AUTO_BILL_ACCESS, ORDER_ACCESS, MOVED_AUTO_BILL, MOVED_ORDER, RENAME_WORK],
    ...ALL_ERASURE_KINDS,
  ].map((kind) => [kind.name, kind]),
);

/** Builds those that write down what time alone has changed. */
export function createDueLoops({
  store,
  timeZone,
}: Pick<WorkTools, 'timeZone'> & { readonly store: Store }): Loop[] {
  // Whatever is due, all that is due of a merchant is written down in order.
  const record = (unit: UnitOfWork) => recordDue(unit, timeZone);
  return [
    createDueLoop(store, { name: 'due AutoBills', due: store.due.autoBills, record }),
    createDueLoop(store, { name: 'due entitlements', due: store.due.entitlements, record }),
  ];
}

/**
 * Builds them, in the order in which they have their turns.
 * @param dueLoops those that write down what time alone has changed
 * @param others loops that are built elsewhere
 */
export function createLoops(
  tools: WorkTools & { readonly store: Store },
  dueLoops = createDueLoops(tools),
  ...others: readonly Loop[]
): Loop[] {
  return [
    ...dueLoops,
    createLongWorkLoop(tools, WORK_KINDS),
    createLongChangesLoop(tools, WORK_KINDS),
    createAnswersLoop(tools.store),
    createErasuresLoop(tools.store),
    ...others,
  ];
}
