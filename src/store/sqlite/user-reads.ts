/** Look-ups of one merchant's users, on any connection. */
import type { StoredAccount } from '../accounts';
import type { Eventually } from '../eventually';
import { listHeld } from '../listing/held-offers';
import type { HeldOffer, StoredProfile, UserFilter, UserPart, UserReads } from '../users';
import { ACCOUNT_BOOLEANS, ACCOUNT_COLUMNS, ACCOUNT_ROW } from '../rows/account-row';
import { selectList } from '../rows/columns';
import { listedOf, type SeenUser } from '../rows/user-row';
import { type HeldStatements, heldLookUps, prepareHeld } from './held-offers';
import { AMONG, findMany } from './many';
import type { Prepare, Query } from './query';

const USER_COLUMNS = `${selectList(ACCOUNT_ROW, 'account.')},
  user_profile.firstname, user_profile.lastname`;

/** Users have an address. */
const IS_USER = 'account.merged_into IS NULL AND account.email_address IS NOT NULL';

const HAS_ACTIVE_LINE = `EXISTS (SELECT 1 FROM order_line
  WHERE order_line.account_id = account.id AND order_line.state = 'active')`;

const HAS_OFFER_ACTIVE = `EXISTS (SELECT 1 FROM order_line WHERE order_line.offer = :offer
  AND order_line.account_id = account.id AND order_line.state = 'active')`;

/** Users in the order of their accounts. @param condition what makes them listed, unless they were deleted */
function usersWhere(condition: string): string {
  return `SELECT ${USER_COLUMNS}, (user_profile.deleted_at IS NULL AND ${condition}) AS listed FROM account
    LEFT JOIN user_profile ON user_profile.account_id = account.id
    WHERE account.merchant_id = :merchant AND account.position > :after AND ${IS_USER}
    ORDER BY account.position LIMIT :limit`;
}

/** The accounts that hold one offer, each found after the one before: of its lines only one is looked at. */
function offerUsersWhere(condition: string): string {
  const next = (after: string) =>
    `(SELECT min(account_id) FROM order_line WHERE offer = :offer AND account_id > ${after})`;
  return `WITH RECURSIVE holder (id, number) AS (
      SELECT ${next(':after')}, 1
      UNION ALL
      SELECT ${next('holder.id')}, number + 1 FROM holder WHERE id IS NOT NULL AND number < :limit)
    SELECT ${USER_COLUMNS}, (user_profile.deleted_at IS NULL AND ${condition}) AS listed FROM holder
    CROSS JOIN account ON account.id = holder.id
    LEFT JOIN user_profile ON user_profile.account_id = account.id
    WHERE +account.merchant_id = :merchant ORDER BY holder.number`;
}

/** Every look-up of a connection, prepared once. */
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

/** Prepares them. A user's values are reached only through an account that was found. */
export function prepareUserReads(prepare: Prepare): UserReadStatements {
  return {
    idsByEmail: prepare(
      `SELECT coalesce(merged_into, transferred_to, id) AS id FROM account
       WHERE merchant_id = ? AND email_address = ? COLLATE NOCASE LIMIT ?`,
    ),
    accountsOf: prepare<StoredAccount>(
      `SELECT ${ACCOUNT_COLUMNS} FROM account WHERE id ${AMONG} ORDER BY id`,
      ACCOUNT_BOOLEANS,
    ),
    profile: prepare<StoredProfile>(
      `SELECT ${PROFILE_COLUMNS} FROM user_profile WHERE account_id = ?`,
    ),
    profiles: prepare<StoredProfile>(
      `SELECT account_id, ${PROFILE_COLUMNS} FROM user_profile WHERE account_id ${AMONG}`,
    ),
    ...prepareHeld(prepare),
    ...prepareListings(prepare),
  };
}

function prepareListings(prepare: Prepare): UserListings {
  const users = (sql: string) => prepare<SeenUser>(sql, [...ACCOUNT_BOOLEANS, 'listed']);
  return {
    users: {
      either: users(usersWhere('true')),
      active: users(usersWhere(HAS_ACTIVE_LINE)),
      inactive: users(usersWhere(`NOT ${HAS_ACTIVE_LINE}`)),
    },
    offerUsers: {
      either: users(offerUsersWhere('true')),
      active: users(offerUsersWhere(HAS_OFFER_ACTIVE)),
      inactive: users(offerUsersWhere(`NOT ${HAS_OFFER_ACTIVE}`)),
    },
  };
}

/** Users of one merchant. */
export class SqliteUserReads implements UserReads {
  constructor(
    private readonly reads: UserReadStatements,
    protected readonly merchantId: number,
  ) {}

  listAccountsByEmailInAnyCase(emailAddress: string, most: number): StoredAccount[] | undefined {
    const { idsByEmail, accountsOf } = this.reads;
    const found = idsByEmail.all(this.merchantId, emailAddress, most + 1);
    if (found.length > most) return undefined;
    return found.length === 0 ? [] : accountsOf.all(JSON.stringify(found.map(({ id }) => id)));
  }

  findProfile(accountId: number): StoredProfile | undefined {
    return this.reads.profile.get(accountId);
  }

  findProfiles(accountIds: readonly number[]): Map<number, StoredProfile> {
    return findMany(
      accountIds,
      (id) => this.findProfile(id),
      (ids) => this.reads.profiles.allByKey(ids),
    );
  }

  listUsers({ after, limit, offer, active }: UserFilter): UserPart {
    const kind = active === undefined ? 'either' : active ? 'active' : 'inactive';
    const place = { merchant: this.merchantId, after, limit };
    const seen =
      offer === undefined
        ? this.reads.users[kind].all(place)
        : this.reads.offerUsers[kind].all({ ...place, offer });
    return listedOf(seen, limit);
  }

  listOffersOf(accountIds: readonly number[]): Eventually<Map<number, HeldOffer[]>> {
    return listHeld(heldLookUps(this.reads), accountIds);
  }
}
