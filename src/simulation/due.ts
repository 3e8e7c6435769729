/** Writes down what falls due by the clocks of the merchants: those that run, and one that is moved on. */
import type { Loop } from '../background/loop';
import type { Time } from '../base/time';
import { recordDue } from '../ledger/record-due';
import type { Store } from '../store/store';
import type { Clocks } from './clocks';
import { type Delivered, Delivering, NOTHING_TRIED } from './delivering';
import type { Owner, Post } from './post';

/** The parts that this needs. */
export interface DueTools {
  readonly store: Pick<Store, 'transact' | 'due' | 'listMerchants' | 'now'>;
  readonly clocks: Clocks;
  /** The IANA zone on whose calendar periods are counted. */
  readonly timeZone: string;
}

/** The parts that moving a clock on needs. */
export interface MovingTools extends DueTools {
  readonly time: Pick<Time, 'elapsed'>;
  /** Undefined: nothing is sent. */
  readonly post: Post | undefined;
}

/** The earliest of each kind that is due of a merchant, in UTC milliseconds; Infinity: none. */
async function nextOf({ store }: Pick<DueTools, 'store'>, merchantId: number) {
  const { entitlements, autoBills } = store.due;
  return {
    entitlements: (await entitlements.firstOf(merchantId)) ?? Infinity,
    autoBills: (await autoBills.firstOf(merchantId)) ?? Infinity,
  };
}

/**
 * When the next change of a merchant falls due by time alone, by its clock.
 * @returns UTC milliseconds; undefined: none is in sight
 */
export async function nextDueOf(
  tools: Pick<DueTools, 'store'>,
  merchantId: number,
): Promise<number | undefined> {
  const { entitlements, autoBills } = await nextOf(tools, merchantId);
  const next = Math.min(entitlements, autoBills);
  return next === Infinity ? undefined : next;
}

/**
 * Writes down a batch of what is due of a merchant at the moment that its clock shows.
 * @returns whether that was all
 */
function recordStep(
  { store, timeZone }: Pick<DueTools, 'store' | 'timeZone'>,
  merchantId: number,
): Promise<boolean> {
  return store.transact(merchantId, (unit) => recordDue(unit, timeZone));
}

/**
 * Moves a merchant's clock on to a moment, and writes down on the way all that falls due, at its own moments and in
 * their order: the clock stops at each moment of an AutoBill, and all entitlements until then come before it. Where there
 * are endpoints, it stops at each moment at which anything falls due, and what is to be sent then is tried.
 * @param until UTC milliseconds; not before what the clock shows
 */
export async function moveOn(tools: MovingTools, owner: Owner, until: number): Promise<Delivered> {
  const { clocks, post, time } = tools;
  const { mode } = clocks.stateOf(owner.id);
  const move = async (delivering: Delivering | undefined) => {
    try {
      await moveInSteps(tools, owner.id, { until, delivering });
      clocks.set(owner.id, until, mode);
    } catch (error) {
      // As far as it came.
      clocks.set(owner.id, clocks.now(owner.id), mode);
      throw error;
    }
    return delivering ?? NOTHING_TRIED;
  };
  if (!post || !(await post.hasEndpoints(owner))) return move(undefined);
  return post.whileSteered(owner, () => move(new Delivering(post, owner, time)));
}

async function moveInSteps(
  tools: MovingTools,
  merchantId: number,
  { until, delivering }: { readonly until: number; readonly delivering: Delivering | undefined },
): Promise<void> {
  const { clocks } = tools;
  for (let isDone = false; !isDone;) {
    const next = await nextStop(tools, merchantId, delivering);
    const now = Math.max(clocks.now(merchantId), Math.min(next, until));
    clocks.set(merchantId, now, 'frozen');
    const isRecorded = await recordStep(tools, merchantId);
    if (isRecorded) await delivering?.tryDue(now);
    isDone = isRecorded && next > until;
  }
}

/** The next moment at which a clock that is moved on has to stop, in UTC milliseconds; Infinity: none is in sight. */
async function nextStop(
  tools: Pick<DueTools, 'store'>,
  merchantId: number,
  delivering: Delivering | undefined,
): Promise<number> {
  if (!delivering) return (await tools.store.due.autoBills.firstOf(merchantId)) ?? Infinity;
  const { entitlements, autoBills } = await nextOf(tools, merchantId);
  return Math.min(entitlements, autoBills, await delivering.next());
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
