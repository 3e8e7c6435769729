/**
 * Has units of calls find their accounts up to date: much that is due of one is written down before, in units of its own,
 * between which those of others come.
 * Decided: docs/decisions/work.md
 */
import { inUnits } from '../batches/in-units';
import type { Store } from '../store/store';
import { leaveMuchThatIsDue, MuchIsDue, recordDue } from './record-due';

/**
 * The same store for calls. A unit that meets more than it should bring up to date is undone and begun anew when all that is
 * due of its merchant is written down.
 * @param timeZone the IANA zone on whose calendar periods are counted
 */
export function withDueBefore(store: Store, timeZone: string): Store {
  const transact: Store['transact'] = async (merchantId, work, spent) => {
    try {
      const leaving: typeof work = (unit) => {
        leaveMuchThatIsDue(unit);
        return work(unit);
      };
      return await store.transact(merchantId, leaving, spent);
    } catch (error) {
      if (!(error instanceof MuchIsDue)) throw error;
    }
    await inUnits(store, merchantId, true, async (unit) =>
      (await recordDue(unit, timeZone)) ? undefined : true,
    );
    return store.transact(merchantId, work, spent);
  };
  return Object.assign(Object.create(store) as Store, { transact });
}
