/** The store as one call has it: the times of its units are noted. */
import type { Spent } from '../base/spent';
import type { Reader, Store, UnitOfWork } from './store';

/** The part of a store that calls use. */
export type CallStore = Pick<Store, 'transact' | 'reader'>;

/** Made with every call: it keeps nothing but what it was made of. */
export class TimedStore implements CallStore {
  constructor(
    private readonly store: CallStore,
    private readonly spent: Spent,
  ) {}

  reader(merchantId: number): Reader {
    return this.store.reader(merchantId);
  }

  transact<T>(merchantId: number, work: (unit: UnitOfWork) => Promise<T>): Promise<T> {
    return this.store.transact(merchantId, work, this.spent);
  }
}
