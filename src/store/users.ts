/** The store's interface for users: accounts that have an e-mail address. */
import type { StoredAccount } from './accounts';
import type { Eventually } from './eventually';

/** The values of a user that are kept beside the account. */
export interface StoredProfile {
  readonly firstname: string | undefined;
  readonly lastname: string | undefined;
  /** UTC milliseconds; undefined: listed as a user. */
  readonly deletedAt: number | undefined;
}

/** An account that is a user. */
export type StoredUser = StoredAccount & Omit<StoredProfile, 'deletedAt'>;

/** The filter of a part of a listing of users, and where it begins. */
export interface UserFilter {
  /** The row of the account before the first; 0: from the first. */
  readonly after: number;
  /** The users that are looked at: how many of them the filter wants, and were not deleted, is not known before. */
  readonly limit: number;
  /** An offer's row: only users who got it, or of whom `active` is asked for that offer alone. */
  readonly offer: number | undefined;
  /** Whether an order gives them access now; undefined: either. */
  readonly active: boolean | undefined;
}

/** Those of a part whom the filter wants. */
export interface UserPart {
  readonly users: readonly StoredUser[];
  /** The row of the last that was looked at; undefined: there are no more. */
  readonly last: number | undefined;
}

/** An offer that orders of a user hold. */
export interface HeldOffer {
  readonly offerId: string;
  readonly offerName: string;
  /** Whether any of the orders gives it now. */
  readonly active: boolean;
}

/** Look-ups of one merchant's users. */
export interface UserReads {
  /**
   * Accounts with that e-mail address in whatever case, in the order in which they were made; one
   * that was merged into another, or whose orders another got, counts as that one.
   * @returns undefined where more than `most` have it, those included that count as another
   */
  listAccountsByEmailInAnyCase(
    emailAddress: string,
    most: number,
  ): Eventually<StoredAccount[] | undefined>;
  findProfile(accountId: number): Eventually<StoredProfile | undefined>;
  /** The profiles of those that have one, by account. */
  findProfiles(accountIds: readonly number[]): Eventually<ReadonlyMap<number, StoredProfile>>;
  /** Accounts that have an e-mail address and were not deleted as users, in the order of their rows. */
  listUsers(filter: UserFilter): Eventually<UserPart>;
  /**
   * The offers that orders of these accounts hold and that aren't removed, by account: each once, in
   * the order in which the first such orders were made.
   */
  listOffersOf(
    accountIds: readonly number[],
  ): Eventually<ReadonlyMap<number, readonly HeldOffer[]>>;
}

/** Look-ups and changes of one merchant's users, within a unit of work. */
export interface UserWrites extends UserReads {
  saveProfile(accountId: number, profile: StoredProfile): Eventually<void>;
}
