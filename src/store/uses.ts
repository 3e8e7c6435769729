/** The store's interface for how many accounts have something of the catalogue. */
import type { Eventually } from './eventually';

/** What accounts have by their AutoBills, or by their orders. */
export type Subject = 'product' | 'billingPlan' | 'offer';

/** The accounts that have it. */
export interface Uses {
  readonly accounts: number;
  /** Whether there are more uses than were looked at. */
  readonly isCut: boolean;
}

/** Counts one merchant's uses of its catalogue. */
export interface UseReads {
  /**
   * The accounts with an active order of an offer, or with an AutoBill of a product or plan that was neither cancelled
   * for good nor ended nor failed; one whose plan has run out counts.
   * @param subject its row
   * @param now UTC milliseconds
   * @param limit the most uses that are looked at
   */
  count(kind: Subject, subject: number, now: number, limit: number): Eventually<Uses>;
}
