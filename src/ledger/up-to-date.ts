/**
 * Listings of the ledger: before each, what time changed until then is written down.
 * Decided: docs/decisions/audit.md
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { LedgerState, Store, UnitOfWork } from '../store/store';
import { recordDue } from './record-change';

/**
 * Lists in a unit of work before which all was written down that time changed until then: nothing of an
 * earlier moment is added to the list afterwards.
 * @param record writes a batch down, and says whether that was all; default: of entitlements
 * @throws whatever `list` throws
 */
export async function whenUpToDate<T>(
  store: Pick<Store, 'transact'>,
  merchantId: number,
  list: (unit: UnitOfWork) => Promise<T>,
  record: (unit: UnitOfWork) => Promise<boolean> = recordDue,
): Promise<T> {
  for (;;) {
    const done = await store.transact(merchantId, async (unit) =>
      (await record(unit)) ? { listed: await list(unit) } : undefined,
    );
    if (done) return done.listed;
    // Other units have their turn.
    await nextTurn();
  }
}

/**
 * Writes down what time changed until now, of every merchant.
 * @returns the state of the ledger then, for a listing that calls go on beside
 * @throws StoreError when it cannot be written
 */
export async function bringUpToDate(
  store: Pick<Store, 'transact' | 'due' | 'dueUntil' | 'lastLedgerLine' | 'now'>,
): Promise<LedgerState> {
  const line = await store.lastLedgerLine();
  const moment = store.now();
  const until = store.dueUntil();
  const { entitlements } = store.due;
  const next = (after: number) => entitlements.nextMerchant(after, until);
  for (let id = await next(0); id !== undefined; id = await next(id)) {
    await whenUpToDate(store, id, () => Promise.resolve());
  }
  return { moment, line };
}
