/** Look-ups of one merchant's users. */
import type { StoredAccount } from '../accounts';
import type { Eventually } from '../eventually';
import { listHeld } from '../listing/held-offers';
import { ACCOUNT_COLUMNS, ACCOUNT_ROW } from '../rows/account-row';
import { selectList } from '../rows/columns';
import { listedOf, type SeenUser } from '../rows/user-row';
import type { HeldOffer, StoredProfile, UserFilter, UserPart, UserReads } from '../users';
import { type HeldStatements, heldLookUps, prepareHeld } from './held-offers';
import type { Prepare, Query } from './query';

const USER_COLUMNS = `${selectList(ACCOUNT_ROW, 'account.')},
  user_profile.firstname, user_profile.lastname`;

const PROFILE = `LEFT JOIN user_profile
  ON user_profile.merchant_id = account.merchant_id AND user_profile.account_id = account.id`;

/** Users have an address. */
const IS_USER = 'account.merged_into IS NULL AND account.email_address IS NOT NULL';

/** Looked up for each account: as EXISTS it would be joined, and all lines of the merchant be read. */
const HAS_ACTIVE_LINE = `coalesce((SELECT true FROM order_line
  WHERE order_line.merchant_id = :merchant AND order_line.account_id = account.id
    AND order_line.state = 'active' LIMIT 1), false)`;

const HAS_OFFER_ACTIVE = `coalesce((SELECT true FROM order_line
  WHERE order_line.merchant_id = :merchant AND order_line.offer = :offer
    AND order_line.account_id = account.id AND order_line.state = 'active' LIMIT 1), false)`;

/** Users in the order of their accounts. @param condition what makes them listed, unless they were deleted */
function usersWhere(condition: string): string {
  return `SELECT ${USER_COLUMNS}, (user_profile.deleted_at IS NULL AND ${condition}) AS listed FROM account ${PROFILE}
    WHERE account.merchant_id = :merchant AND account.id > :after AND ${IS_USER}
    ORDER BY account.id LIMIT :limit`;
}

/** The accounts that hold one offer, each found after the one before: of its lines only one is looked at. */
function offerUsersWhere(condition: string): string {
  const next = (after: string) => `(SELECT account_id FROM order_line
    WHERE merchant_id = :merchant AND offer = :offer AND account_id > ${after}
    ORDER BY account_id LIMIT 1)`;
  return `WITH RECURSIVE holder (id, number) AS (
      SELECT ${next(':after')}, 1
      UNION ALL
      SELECT ${next('holder.id')}, number + 1 FROM holder WHERE id IS NOT NULL AND number < :limit)
    SELECT ${USER_COLUMNS}, (user_profile.deleted_at IS NULL AND ${condition}) AS listed FROM holder
    JOIN LATERAL (SELECT * FROM account
      WHERE account.merchant_id = :merchant AND account.id = holder.id LIMIT 1) AS account ON true ${PROFILE}
    ORDER BY holder.number`;
}

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
    Readonly<Record<'either' | 'active' | 'inactive', Query<SeenUser>>>
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

  async listUsers({ after, limit, offer, active }: UserFilter): Promise<UserPart> {
    const kind = active === undefined ? 'either' : active ? 'active' : 'inactive';
    const place = { merchant: this.merchantId, after, limit };
    const seen =
      offer === undefined
        ? await this.reads.users[kind].all(place)
        : await this.reads.offerUsers[kind].all({ ...place, offer });
    return listedOf(seen, limit);
  }

  listOffersOf(accountIds: readonly number[]): Eventually<Map<number, HeldOffer[]>> {
    return listHeld(heldLookUps(this.reads, this.merchantId), accountIds);
  }
}
