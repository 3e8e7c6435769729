/** The store's interface for names that begin with what somebody has typed so far. */
import type { StoredAccount } from './accounts';
import type { Eventually } from './eventually';

/** The names that begin with a text. */
export const SEARCHED = [
  'email',
  'merchantAccountId',
  'VID',
  'externalId',
  'orderId',
  'merchantAutoBillId',
  'autoBillVID',
  'offerEntitlement',
  'productEntitlement',
  'billingPlanEntitlement',
] as const;

export type Searched = (typeof SEARCHED)[number];

/** A name that was found. */
export interface SearchHit {
  /** As it is kept. */
  readonly name: string;
  /** Whose it is; undefined: the catalogue's. */
  readonly account: StoredAccount | undefined;
  /** Of the catalogue: the offer, product or billing plan that gives it, by the merchant's own id or else its VID. */
  readonly giver: string | undefined;
}

/** What each text that begins with another comes before when it is put after that: no character is greater. */
export const AFTER_ALL = '\u{10FFFF}';

/** Look-ups of the beginnings of one merchant's names. */
export interface SearchReads {
  /**
   * Names that begin with a text, in their order: e-mail addresses in whatever case, all others exactly. VIDs are not
   * kept by merchant: of those that begin so no more than some hundreds are looked at.
   */
  find(by: Searched, start: string, limit: number): Eventually<SearchHit[]>;
}
