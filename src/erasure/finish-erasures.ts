/** The end of an erasure: nothing of it is left in the database's files. */
import type { Store } from '../store/store';

/**
 * Cleans the files for every erasure whose batches are done, and notes when.
 * @returns false: another process holds that up by reading; it is to be tried again
 */
export async function finishErasures({
  erasures,
  now,
}: Pick<Store, 'erasures' | 'now'>): Promise<boolean> {
  let next = await erasures.nextUnfinished();
  if (next === undefined) return true;
  if (!(await erasures.cleanFiles())) return false;
  // Those that were begun meanwhile have their own turn.
  for (const last = next; next !== undefined && next <= last;) {
    await erasures.finish(next, now());
    next = await erasures.nextUnfinished();
  }
  return true;
}
