/** Does what is due of loops before anything else begins. */
import type { Time } from '../base/time';
import type { Store } from '../store/store';
import type { Loop } from './loop';

/**
 * Runs batches, of one loop after the other, until nothing is due. It takes no lead: each batch finds out
 * in its own unit of work what is to be done.
 * @param most for how long, in milliseconds; the batch under way is finished
 * @returns whether all was done
 */
export async function catchUp(
  loops: readonly Loop[],
  {
    store,
    time,
    most,
  }: {
    readonly store: Pick<Store, 'now'>;
    readonly time: Pick<Time, 'elapsed'>;
    readonly most: number;
  },
): Promise<boolean> {
  const started = time.elapsed();
  for (const loop of loops) {
    for (;;) {
      const due = await loop.due();
      if (due === undefined || due > store.now()) break;
      if (time.elapsed() - started >= most) return false;
      await loop.run();
    }
  }
  return true;
}
