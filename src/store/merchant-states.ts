/** The store's interface for a merchant's data as a whole: taken, and put back later. For simulations. */

/** All of a merchant's data at one moment, in the driver's own form; its login, password and keys are none of it. */
export interface MerchantState {
  /** How many rows it has. */
  readonly rows: number;
}

/**
 * A merchant's data as a whole. Nothing else of the store changes what is in the ledger. Each is one unit of work, within
 * which the event loop turns; a store that is kept in memory alone shows look-ups the merchant's data in part meanwhile.
 */
export interface MerchantStates {
  /**
   * Takes all of a merchant's data.
   * @param most the most rows that are taken; default: any number
   * @returns undefined where there are more
   */
  take(merchantId: number, most?: number): Promise<MerchantState | undefined>;
  /**
   * Replaces all of a merchant's data.
   * @param state what `take` gave of the same merchant
   * @throws StoreError, and then nothing has changed
   */
  put(merchantId: number, state: MerchantState): Promise<void>;
  /** Removes all of a merchant's data: its login, password and keys stay. */
  clear(merchantId: number): Promise<void>;
  /** Removes a merchant with all that it has. */
  remove(merchantId: number): Promise<void>;
}
