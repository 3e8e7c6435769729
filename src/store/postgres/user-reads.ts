/** Look-ups of one merchant's users. */
import type { StoredAccount } from '../accounts';
import type { Eventually } from '../eventually';
import { listHeld } from '../listing/held-offers';
import { ACCOUNT_COLUMNS, ACCOUNT_ROW } from '../rows/account-row';
import { selectList } from '../rows/columns';
import type { HeldOffer, StoredProfile, StoredUser, UserFilter, UserReads } from '../users';
import { type HeldStatements, heldLookUps, prepareHeld } from './held-offers';
import type { Prepare, Query } from './query';

const USER_COLUMNS = `${selectList(ACCOUNT_ROW, 'account.')},
  user_profile.firstname, user_profile.lastname`;

const PROFILE = `LEFT JOIN user_profile
  ON user_profile.merchant_id = account.merchant_id AND user_profile.account_id = account.id`;

/** Looked up for each account: as EXISTS it would be joined, and all lines of the merchant be read. */
const HAS_ACTIVE_LINE = `coalesce((SELECT true FROM order_line
  WHERE order_line.merchant_id = :merchant AND order_line.account_id = account.id
    AND order_line.state = 'active' LIMIT 1), false)`;

/** Users in the order of their accounts. @param condition a further one */
function usersWhere(condition: string): string {
  return `SELECT ${USER_COLUMNS} FROM account ${PROFILE}
    WHERE account.merchant_id = :merchant AND account.id > :after
      AND account.merged_into IS NULL AND account.email_address IS NOT NULL
      AND user_profile.deleted_at IS NULL AND ${condition}
    ORDER BY account.id LIMIT :limit`;
}

/** The users of one offer, found by its lines. @param condition what their states must be */
function offerUsersWhere(condition: string): string {
  return `SELECT ${USER_COLUMNS} FROM
      (SELECT account_id FROM order_line
       WHERE merchant_id = :merchant AND offer = :offer AND account_id > :after
       GROUP BY account_id HAVING ${condition}) AS holder
    JOIN account ON account.merchant_id = :merchant AND account.id = holder.account_id ${PROFILE}
    WHERE user_profile.deleted_at IS NULL ORDER BY holder.account_id LIMIT :limit`;
}

const HAS_OFFER_ACTIVE = "bool_or(state = 'active')";

/** Every look-up, prepared once. */
export interface UserReadStatements extends UserListings, HeldStatements {
  readonly idsByEmail: Query<{ readonly id: number }>;
  readonly accountsOf: Query<StoredAccount>;
  readonly profile: Query<StoredProfile>;
  readonly profiles: Query<StoredProfile>;
}

/** Listings of users: of all, or of an offer's; by whether an order gives them access. */
type UserListings = Readonly<
  Record<
    'users' | 'offerUsers',
    Readonly<Record<'either' | 'active' | 'inactive', Query<StoredUser>>>
  >
>;

const PROFILE_COLUMNS = selectList(['firstname', 'lastname', 'deletedAt']);

/** Prepares them. */
export function prepareUserReads(prepare: Prepare): UserReadStatements {
  return {
    idsByEmail: prepare(
      `SELECT coalesce(merged_into, transferred_to, id) AS id FROM account
       WHERE merchant_id = :merchant
         AND left(lower(email_address), 255) = left(lower(:email::text COLLATE "C"), 255)
         AND lower(email_address) = lower(:email::text COLLATE "C") LIMIT :limit`,
    ),
    accountsOf: prepare<StoredAccount>(
      `SELECT ${ACCOUNT_COLUMNS} FROM account
       WHERE merchant_id = ? AND id = ANY(?::bigint[]) ORDER BY id`,
    ),
    profile: prepare<StoredProfile>(
      `SELECT ${PROFILE_COLUMNS} FROM user_profile WHERE merchant_id = ? AND account_id = ?`,
    ),
    profiles: prepare<StoredProfile>(
      `SELECT account_id, ${PROFILE_COLUMNS} FROM user_profile
       WHERE merchant_id = ? AND account_id = ANY(?::bigint[])`,
    ),
    ...prepareHeld(prepare),
    ...prepareListings(prepare),
  };
}

function prepareListings(prepare: Prepare): UserListings {
  return {
    users: {
      either: prepare(usersWhere('true')),
      active: prepare(usersWhere(HAS_ACTIVE_LINE)),
      inactive: prepare(usersWhere(`NOT ${HAS_ACTIVE_LINE}`)),
    },
    offerUsers: {
      either: prepare(offerUsersWhere('true')),
      active: prepare(offerUsersWhere(HAS_OFFER_ACTIVE)),
      inactive: prepare(offerUsersWhere(`NOT ${HAS_OFFER_ACTIVE}`)),
    },
  };
}

/** Users of one merchant. */
export class PostgresUserReads implements UserReads {
  constructor(
    private readonly reads: UserReadStatements,
    protected readonly merchantId: number,
  ) {}

  async listAccountsByEmailInAnyCase(
    email: string,
    most: number,
  ): Promise<StoredAccount[] | undefined> {
    const { idsByEmail, accountsOf } = this.reads;
    const found = await idsByEmail.all({ merchant: this.merchantId, email, limit: most + 1 });
    if (found.length > most) return undefined;
    if (found.length === 0) return [];
    return accountsOf.all(
      this.merchantId,
      found.map(({ id }) => id),
    );
  }

  findProfile(accountId: number): Promise<StoredProfile | undefined> {
    return this.reads.profile.get(this.merchantId, accountId);
  }

  findProfiles(accountIds: readonly number[]): Promise<Map<number, StoredProfile>> {
    return this.reads.profiles.allByKey(this.merchantId, accountIds);
  }

  listUsers({ after, limit, offer, active }: UserFilter): Promise<StoredUser[]> {
    const kind = active === undefined ? 'either' : active ? 'active' : 'inactive';
    const place = { merchant: this.merchantId, after, limit };
    return offer === undefined
      ? this.reads.users[kind].all(place)
      : this.reads.offerUsers[kind].all({ ...place, offer });
  }

  listOffersOf(accountIds: readonly number[]): Eventually<Map<number, HeldOffer[]>> {
    return listHeld(heldLookUps(this.reads, this.merchantId), accountIds);
  }
}
