/** Changes of one merchant's users. */
import type { StoredProfile, UserWrites } from '../users';
import type { Change, PrepareChange } from './query';
import { PostgresUserReads, type UserReadStatements } from './user-reads';

/** Every change, prepared once. */
export interface UserWriteStatements {
  readonly saveProfile: Change;
}

/** Prepares the statements that change users. */
export function prepareUserWrites(prepare: PrepareChange): UserWriteStatements {
  return {
    saveProfile: prepare(
      `INSERT INTO user_profile (merchant_id, account_id, firstname, lastname, deleted_at)
       VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (merchant_id, account_id) DO UPDATE SET firstname = excluded.firstname,
         lastname = excluded.lastname, deleted_at = excluded.deleted_at`,
    ),
  };
}

/** One unit's view of users. */
export class PostgresUserWrites extends PostgresUserReads implements UserWrites {
  constructor(
    reads: UserReadStatements,
    private readonly writes: UserWriteStatements,
    merchantId: number,
  ) {
    super(reads, merchantId);
  }

  async saveProfile(
    accountId: number,
    { firstname, lastname, deletedAt }: StoredProfile,
  ): Promise<void> {
    const values = [firstname, lastname, deletedAt];
    await this.writes.saveProfile.run(this.merchantId, accountId, ...values);
  }
}
