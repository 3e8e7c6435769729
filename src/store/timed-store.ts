/** The store as one call has it: notes how long its units of work waited, worked and were committed. */
import type { Spent } from '../base/spent';
import type { Time } from '../base/time';
import type { Reader, Store, UnitOfWork } from './store';

/** The part of a store that calls use. */
export type CallStore = Pick<Store, 'transact' | 'reader'>;

/** Made with every call: it keeps nothing but what it was made of. */
export class TimedStore implements CallStore {
  constructor(
    private readonly store: CallStore,
    private readonly spent: Spent,
    private readonly time: Pick<Time, 'elapsed'>,
  ) {}

  reader(merchantId: number): Reader {
    return this.store.reader(merchantId);
  }

  async transact<T>(merchantId: number, work: (unit: UnitOfWork) => Promise<T>): Promise<T> {
    const { spent, time } = this;
    const asked = time.elapsed();
    let begun: number | undefined;
    let worked: number | undefined;
    try {
      return await this.store.transact(merchantId, async (unit) => {
        begun = time.elapsed();
        try {
          return await work(unit);
        } finally {
          worked = time.elapsed();
        }
      });
    } finally {
      const end = time.elapsed();
      spent.queue += (begun ?? end) - asked;
      spent.work += (worked ?? end) - (begun ?? end);
      spent.commit += end - (worked ?? end);
    }
  }
}
