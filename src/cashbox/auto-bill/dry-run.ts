/** Changes that may be tried without being kept. */
import type { UnitOfWork } from '../../store/store';
import type { Call } from '../call';

/** Carries what a dry run came to out of the unit of work, whose changes are rolled back. */
class DryRun extends Error {
  override name = 'DryRun';

  constructor(readonly output: object) {
    super('nothing of a dry run is kept');
  }
}

/**
 * Carries out a change as one unit of work.
 * @param dryrun nothing is kept; the answer is the same (documented)
 */
export async function transactUnlessDry<Output extends object>(
  { store, merchant }: Pick<Call<unknown>, 'store' | 'merchant'>,
  dryrun: boolean | undefined,
  change: (unit: UnitOfWork) => Promise<Output>,
): Promise<Output> {
  try {
    return await store.transact(merchant.id, async (unit) => {
      const output = await change(unit);
      if (dryrun) throw new DryRun(output);
      return output;
    });
  } catch (error) {
    if (error instanceof DryRun) return error.output as Output;
    throw error;
  }
}
