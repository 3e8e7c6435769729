/** Has what erasures took away leave the database's files, once their batches are done. */
import { finishErasures } from '../erasure/finish-erasures';
import type { Store } from '../store/store';
import type { Loop } from './loop';

/** How long another process that reads is waited for until the next try, in milliseconds. */
const PAUSE = 1000;

export function createErasuresLoop(store: Pick<Store, 'erasures' | 'now'>): Loop {
  let notBefore = -Infinity;
  return {
    name: 'erasures',
    due: async () => {
      const next = await store.erasures.nextUnfinished();
      return next === undefined ? undefined : Math.max(store.now(), notBefore);
    },
    run: async () => {
      if (!(await finishErasures(store))) notBefore = store.now() + PAUSE;
    },
  };
}
