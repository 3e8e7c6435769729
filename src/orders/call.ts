/** What the calls about orders are given. They see typed values, never HTTP or SQL. */
import type { Merchant, Store } from '../store/store';

/** Whose doing a change is, and what making one needs. */
export interface Work {
  /** Now, in UTC milliseconds; never earlier than before. */
  readonly clock: () => number;
  /** A new VID or order id: 40 hexadecimal digits. */
  readonly newId: () => string;
  /** Who the ledger says did it: the name of the API key. */
  readonly actor: string;
}

/** An authenticated call. */
export interface OrderCall extends Work {
  readonly store: Store;
  readonly merchant: Merchant;
}
