/** Carries on with what calls have begun: a batch of each piece of work in turn. */
import type { WorkTools } from '../base/work';
import { carryOn, type WorkKind } from '../batches/long-work';
import type { Store } from '../store/store';
import type { Loop } from './loop';

/** @param kinds by name */
export function createLongWorkLoop(
  { store, ...tools }: WorkTools & { readonly store: Store },
  kinds: ReadonlyMap<string, WorkKind>,
): Loop {
  let last = 0;
  // Another's, so that no tenant waits for all that one has begun.
  const next = async () => (await store.longWork.next(last)) ?? store.longWork.next(0);
  return {
    name: 'long work',
    due: async () => ((await next()) === undefined ? undefined : store.now()),
    run: async () => {
      const found = await next();
      if (!found) return;
      last = found.id;
      await store.transact(found.merchantId, (unit) => carryOn(unit, tools, kinds, found.id));
    },
  };
}
