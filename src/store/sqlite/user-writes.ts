/** Changes of one merchant's users, on the writing connection. */
import type { Database } from 'better-sqlite3';
import type { StoredProfile, UserWrites } from '../users';
import { guarded } from './guarded';
import { toColumn } from './rows';
import { SqliteUserReads, type UserReadStatements } from './user-reads';
import { preparingStatements, type Statement } from './statement';

/** Every change, prepared once. */
export interface UserWriteStatements {
  readonly saveProfile: Statement;
}

/** Prepares the statements that change users. */
export function prepareUserWrites(database: Database): UserWriteStatements {
  const prepare = preparingStatements(database);
  return {
    saveProfile: prepare(
      `INSERT OR REPLACE INTO user_profile (account_id, firstname, lastname, deleted_at)
       VALUES (?, ?, ?, ?)`,
    ),
  };
}

/** One unit's view of users; its caller opens and closes the transaction. */
export class SqliteUserWrites extends SqliteUserReads implements UserWrites {
  constructor(
    reads: UserReadStatements,
    private readonly writes: UserWriteStatements,
    merchantId: number,
  ) {
    super(reads, merchantId);
  }

  saveProfile(accountId: number, { firstname, lastname, deletedAt }: StoredProfile): void {
    const values = [firstname, lastname, deletedAt].map(toColumn);
    guarded(() => this.writes.saveProfile.run(accountId, ...values));
  }
}
