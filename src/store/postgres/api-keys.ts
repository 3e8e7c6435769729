/** API keys. */
import type { Scope } from '../../base/scope';
import type {
  ApiKey,
  ApiKeyReads,
  ApiKeys,
  ApiKeyWrites,
  ListedApiKey,
  NewApiKey,
} from '../api-keys';
import { HELD_COLUMNS, type HeldRow, KEY_COLUMNS, toHeld } from '../rows/api-key-row';
import { toFields } from '../rows/to-fields';
import type { Change, Prepare, PrepareChange, Query } from './query';

const WITH_MERCHANT = 'FROM api_key JOIN merchant ON merchant.id = merchant_id';

/** Builds the look-ups of API keys of every merchant. @param change of statements that are committed by themselves */
export function createApiKeys(prepare: Prepare, change: PrepareChange): ApiKeys {
  const byDigest = prepare<HeldRow>(
    `SELECT ${HELD_COLUMNS} ${WITH_MERCHANT} WHERE digest = ? AND revoked_at IS NULL`,
  );
  const listed = (condition: string) =>
    prepare<ListedApiKey>(
      `SELECT login AS merchant, ${KEY_COLUMNS} ${WITH_MERCHANT} ${condition}
       ORDER BY login, api_key.name`,
    );
  const ofOne = listed('WHERE merchant_id = ?');
  const all = listed('');
  // Of two servers the later use counts.
  const noteUse = change(
    'UPDATE api_key SET last_used_at = greatest(last_used_at, ?) WHERE id = ?',
  );
  return {
    find: async (digest) => {
      const row = await byDigest.get(digest);
      return row && toHeld(toFields<HeldRow>(row));
    },
    list: async (merchantId) => {
      const rows = await (merchantId === undefined ? all.all() : ofOne.all(merchantId));
      return rows.map((row) => toFields<ListedApiKey>(row));
    },
    noteUse: (id, at) => noteUse.run(at, id),
  };
}

/** Every look-up of one merchant's keys, prepared once. */
export interface ApiKeyReadStatements {
  readonly keyByName: Query<ApiKey>;
  readonly keysAfter: Query<ApiKey>;
  readonly validOfScope: Query<{ readonly count: number }>;
}

/** Prepares them. */
export function prepareApiKeyReads(prepare: Prepare): ApiKeyReadStatements {
  const select = `SELECT ${KEY_COLUMNS} FROM api_key WHERE merchant_id = ?`;
  return {
    keyByName: prepare(`${select} AND name = ?`),
    keysAfter: prepare(`${select} AND name > ? ORDER BY name LIMIT ?`),
    validOfScope: prepare(
      `SELECT count(*) AS count FROM api_key
       WHERE merchant_id = ? AND scope = ? AND revoked_at IS NULL`,
    ),
  };
}

/** One merchant's keys. */
export class PostgresApiKeyReads implements ApiKeyReads {
  constructor(
    private readonly reads: ApiKeyReadStatements,
    protected readonly merchantId: number,
  ) {}

  findByName(name: string): Promise<ApiKey | undefined> {
    return this.reads.keyByName.get(this.merchantId, name);
  }

  list(after: string, limit: number): Promise<ApiKey[]> {
    return this.reads.keysAfter.all(this.merchantId, after, limit);
  }

  async countValid(scope: Scope): Promise<number> {
    return (await this.reads.validOfScope.get(this.merchantId, scope))?.count ?? 0;
  }
}

/** Every change, prepared once. */
export type ApiKeyWriteStatements = Readonly<Record<'insert' | 'revoke', Change>>;

/** Prepares the statements that change keys. */
export function prepareApiKeyWrites(prepare: PrepareChange): ApiKeyWriteStatements {
  return {
    insert: prepare(
      `INSERT INTO api_key (merchant_id, name, digest, scope, created_at, created_by)
       VALUES (?, ?, ?, ?, ?, ?)`,
    ),
    revoke: prepare(
      `UPDATE api_key SET revoked_at = ?, revoked_by = ?
       WHERE merchant_id = ? AND name = ? AND revoked_at IS NULL`,
    ),
  };
}

/** One unit's view of keys. */
export class PostgresApiKeyWrites extends PostgresApiKeyReads implements ApiKeyWrites {
  constructor(
    reads: ApiKeyReadStatements,
    private readonly writes: ApiKeyWriteStatements,
    merchantId: number,
  ) {
    super(reads, merchantId);
  }

  async insert({ name, digest, scope, createdAt, createdBy }: NewApiKey): Promise<void> {
    await this.writes.insert.run(this.merchantId, name, digest, scope, createdAt, createdBy);
  }

  async revoke(name: string, at: number, by: string): Promise<void> {
    await this.writes.revoke.run(at, by, this.merchantId, name);
  }
}
