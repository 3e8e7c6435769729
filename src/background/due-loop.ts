/**
 * Writes down what time alone has changed, a batch of one merchant's at a time.
 * Decided: docs/decisions/work.md
 */
import type { DueOfAll } from '../store/due';
import type { Store, UnitOfWork } from '../store/store';
import type { Loop } from './loop';

/** What a loop is about. */
export interface DueKind {
  readonly name: string;
  readonly due: DueOfAll;
  /** Writes down a batch of what is due of a unit's merchant. @returns whether that was all */
  readonly record: (unit: UnitOfWork) => Promise<boolean>;
}

/** Builds the loop of one kind of change. */
export function createDueLoop(
  store: Pick<Store, 'transactPatiently' | 'now' | 'dueUntil'>,
  { name, due, record }: DueKind,
): Loop {
  /** The merchant of the last batch where more than that was due: others come next. */
  let last: number | undefined;

  const nextMerchant = async (): Promise<number | undefined> => {
    const until = store.dueUntil();
    if (last === undefined) {
      const first = await due.first();
      return first && first.at <= until ? first.merchantId : undefined;
    }
    return (await due.nextMerchant(last, until)) ?? due.nextMerchant(0, until);
  };

  return {
    name,
    due: async () => {
      const first = await due.first();
      if (!first) return undefined;
      const { at } = first;
      if (at <= store.dueUntil()) return at;
      last = undefined;
      // What the wall clock denies is asked for again later.
      return at <= store.now() ? undefined : at;
    },
    run: async () => {
      const merchantId = await nextMerchant();
      if (merchantId === undefined) return false;
      // Also after a failure: one merchant's holds up no other's for long.
      const before = last;
      last = merchantId;
      let shared = false;
      const all = await store.transactPatiently(merchantId, async (unit) => {
        const done = await record(unit);
        shared = await unit.givesWay();
        return done;
      });
      if (all && before === undefined) last = undefined;
      return shared;
    },
  };
}
