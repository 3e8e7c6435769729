/** The store's interface for leases: one process of all that share a database has each. */

/**
 * Leases by name. A driver may keep a row with an expiry, or hold a lock that the database frees when
 * the process is gone; either way another process can take the lease over within `milliseconds` and no
 * sooner than its holder has stopped to keep it.
 */
export interface Leases {
  /**
   * Takes a lease, or keeps the one that `holder` has.
   * @param milliseconds for how long from now, unless it is kept again
   * @returns whether `holder` has it
   */
  take(name: string, holder: string, milliseconds: number): Promise<boolean>;
  /** Gives it back; nothing happens where another has it. */
  release(name: string, holder: string): Promise<void>;
}
