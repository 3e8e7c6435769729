/**
 * Work of a call on as many rows as a tenant has, which its caller waits for: a unit of work after another, so that others
 * come between. Decided: docs/decisions/work.md
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Store, UnitOfWork } from '../store/store';

/**
 * Does part after part, each a unit of work of its own. What is done stays done where a later part fails.
 * @param part does some of it, and gives how it goes on; undefined: that was all. A store may run it more than once.
 */
export async function inUnits<State>(
  store: Pick<Store, 'transact'>,
  merchantId: number,
  first: State,
  part: (unit: UnitOfWork, state: State) => Promise<State | undefined>,
): Promise<void> {
  for (let state: State | undefined = first; state !== undefined;) {
    const present: State = state;
    state = await store.transact(merchantId, (unit) => part(unit, present));
    // A short part ends within its turn of the event loop: the next would begin before any other call is read.
    await nextTurn();
  }
}
