/** Carries on with what calls have begun. */
import type { WorkTools } from '../base/work';
import { finishingLeftOver } from '../batches/left-over';
import { carryOn, type WorkKind } from '../batches/long-work';
import { type KindsOfWork, LONG_CHANGES, type NextWork } from '../store/long-work';
import type { Store } from '../store/store';
import type { Loop } from './loop';

type Tools = WorkTools & { readonly store: Store };

const OTHERS: KindsOfWork = { names: LONG_CHANGES, others: true };

/** A batch of each piece of work in turn. @param kinds by name */
export function createLongWorkLoop(
  { store, ...tools }: Tools,
  kinds: ReadonlyMap<string, WorkKind>,
): Loop {
  const finishing = finishingLeftOver(store);
  let last = 0;
  // Another's, so that no tenant waits for all that one has begun.
  const next = async () =>
    (await store.longWork.next(last, OTHERS)) ?? store.longWork.next(0, OTHERS);
  return {
    name: 'long work',
    due: async () => ((await next()) === undefined ? undefined : store.now()),
    run: async () => {
      const found = await next();
      if (!found) return;
      last = found.id;
      await finishing.transact(found.merchantId, (unit) => carryOn(unit, tools, kinds, found.id));
    },
  };
}

/** How long changes are left to the calls that carry on with them, in milliseconds after the last sign of that. */
const PATIENCE = 10_000;

const CHANGES: KindsOfWork = { names: LONG_CHANGES };

/** What is left of changes whose calls don't carry on with them: their server was killed. @param kinds by name */
export function createLongChangesLoop(
  { store, ...tools }: Tools,
  kinds: ReadonlyMap<string, WorkKind>,
): Loop {
  let seen: (NextWork & { readonly since: number }) | undefined;
  const look = async () => {
    const next = await store.longWork.next(0, CHANGES);
    const isSame = next && seen?.id === next.id && seen.done === next.done;
    if (!isSame) seen = next && { ...next, since: store.now() };
    return seen;
  };
  return {
    name: 'long changes',
    due: async () => {
      const known = await look();
      return known && known.since + PATIENCE;
    },
    run: async () => {
      const known = await look();
      if (!known || store.now() < known.since + PATIENCE) return;
      await store.transact(known.merchantId, (unit) => carryOn(unit, tools, kinds, known.id));
    },
  };
}
