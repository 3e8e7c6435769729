/**
 * Listings of the ledger: before each, what time changed until then is written down.
 * Decided: docs/decisions/audit.md
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { LedgerState, Store, UnitOfWork } from '../store/store';
import { recordDue } from './record-due';

/** The database, and the IANA zone on whose calendar periods are counted. */
interface Listed<Parts extends keyof Store> {
  readonly store: Pick<Store, Parts>;
  readonly timeZone: string;
}

/**
 * Lists in a unit of work before which all was written down that time changed until then: nothing of an
 * earlier moment is added to the list afterwards.
 * @throws whatever `list` throws
 */
export async function whenUpToDate<T>(
  { store, timeZone }: Listed<'transact'>,
  merchantId: number,
  list: (unit: UnitOfWork) => Promise<T>,
): Promise<T> {
  for (;;) {
    const done = await store.transact(merchantId, async (unit) =>
      (await recordDue(unit, timeZone)) ? { listed: await list(unit) } : undefined,
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
  tools: Listed<'transact' | 'due' | 'dueUntil' | 'lastLedgerLine' | 'now'>,
): Promise<LedgerState> {
  const { store } = tools;
  const line = await store.lastLedgerLine();
  const moment = store.now();
  const until = store.dueUntil();
  for (const due of [store.due.autoBills, store.due.entitlements]) {
    const next = (after: number) => due.nextMerchant(after, until);
    for (let id = await next(0); id !== undefined; id = await next(id)) {
      await whenUpToDate(tools, id, () => Promise.resolve());
    }
  }
  return { moment, line };
}
