/** Writes down what falls due by the clocks of the merchants: those that run, and one that is moved on. */
import type { Loop } from '../background/loop';
import type { Store } from '../store/store';
import { recordDueAutoBills } from '../subscriptions/keep-auto-bill';
import type { Clocks } from './clocks';

/** The parts that this needs. */
export interface DueTools {
  readonly store: Pick<Store, 'transact' | 'due' | 'listMerchants' | 'now'>;
  readonly clocks: Clocks;
  /** The IANA zone on whose calendar periods are counted. */
  readonly timeZone: string;
}

/** The earliest of each kind that is due of a merchant, in UTC milliseconds; Infinity: none. */
async function nextOf({ store }: Pick<DueTools, 'store'>, merchantId: number) {
  const { entitlements, autoBills } = store.due;
  return {
    entitlements: (await entitlements.firstOf(merchantId)) ?? Infinity,
    autoBills: (await autoBills.firstOf(merchantId)) ?? Infinity,
  };
}

/** The most entitlements of one unit of work: other units have their turn. */
const BATCH = 200;

/**
 * Writes down what is due of a merchant at the moment that its clock shows: entitlements, and then AutoBills.
 * @returns whether that was all
 */
function recordStep(
  { store, timeZone }: Pick<DueTools, 'store' | 'timeZone'>,
  merchantId: number,
): Promise<boolean> {
  return store.transact(merchantId, async (unit) => {
    const now = unit.now();
    if (!(await unit.recordDueBatch(now, BATCH))) return false;
    return recordDueAutoBills(unit, { now, timeZone });
  });
}

/**
 * Moves a merchant's clock on to a moment, and writes down on the way all that falls due, at its own moments and in
 * their order: the clock stops at each moment of an AutoBill, and all entitlements until then come before it.
 * @param until UTC milliseconds; not before what the clock shows
 */
export async function moveOn(tools: DueTools, merchantId: number, until: number): Promise<void> {
  const { store, clocks } = tools;
  const { mode } = clocks.stateOf(merchantId);
  const from = clocks.now(merchantId);
  try {
    for (let isDone = false; !isDone;) {
      const next = (await store.due.autoBills.firstOf(merchantId)) ?? Infinity;
      clocks.set(merchantId, Math.max(from, Math.min(next, until)), 'frozen');
      isDone = (await recordStep(tools, merchantId)) && next > until;
    }
    clocks.set(merchantId, until, mode);
  } catch (error) {
    // As far as it came.
    clocks.set(merchantId, clocks.now(merchantId), mode);
    throw error;
  }
}

/** The loop that writes down what falls due by clocks that run. */
export function createDueLoop(tools: DueTools): Loop {
  const { store, clocks } = tools;
  /** The merchant whose turn it is, and when, by the system's clock. */
  const first = async () => {
    let found: { readonly merchantId: number; readonly at: number } | undefined;
    for (const { id: merchantId } of await store.listMerchants()) {
      const { entitlements, autoBills } = await nextOf(tools, merchantId);
      const next = Math.min(entitlements, autoBills);
      const at = next === Infinity ? undefined : clocks.systemMomentOf(merchantId, next);
      if (at !== undefined && at < (found?.at ?? Infinity)) found = { merchantId, at };
    }
    return found;
  };
  return {
    name: 'due in the simulation',
    due: async () => (await first())?.at,
    run: async () => {
      const next = await first();
      if (!next) return;
      await recordStep(tools, next.merchantId);
    },
  };
}
