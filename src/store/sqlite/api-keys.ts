/** API keys in SQLite. */
import type { Database, Statement } from 'better-sqlite3';
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
import { guarded } from './guarded';
import type { Prepare, Query } from './query';
import { toColumn } from './rows';
import type { UnitQueue } from './unit-queue';

/**
 * Builds the look-ups of API keys of every merchant.
 * @param reader the connection that is read on
 */
export function createApiKeys(writer: Database, reader: Database, units: UnitQueue): ApiKeys {
  const byDigest = reader.prepare(
    `SELECT ${HELD_COLUMNS} FROM api_key CROSS JOIN merchant ON merchant.id = merchant_id
     WHERE digest = ? AND revoked_at IS NULL`,
  );
  const noteUse = writer.prepare('UPDATE api_key SET last_used_at = ? WHERE id = ?');
  return {
    find: (digest) => {
      const row = guarded(() => byDigest.get(digest));
      return row === undefined ? undefined : toHeld(toFields<HeldRow>(row));
    },
    list: (merchantId) => listKeys(reader, merchantId),
    noteUse: (id, at) => units.run(() => Promise.resolve(guarded(() => noteUse.run(at, id)))),
  };
}

function listKeys(reader: Database, merchantId: number | undefined): ListedApiKey[] {
  const condition = merchantId === undefined ? 'true' : 'merchant_id = ?';
  const values = merchantId === undefined ? [] : [merchantId];
  const rows = guarded(() =>
    reader
      .prepare(
        `SELECT login AS merchant, ${KEY_COLUMNS} FROM api_key
         CROSS JOIN merchant ON merchant.id = merchant_id
         WHERE ${condition} ORDER BY login, api_key.name`,
      )
      .all(...values),
  );
  return rows.map((row) => toFields<ListedApiKey>(row));
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

/** One merchant's keys on any connection. */
export class SqliteApiKeyReads implements ApiKeyReads {
  constructor(
    private readonly reads: ApiKeyReadStatements,
    protected readonly merchantId: number,
  ) {}

  findByName(name: string): ApiKey | undefined {
    return this.reads.keyByName.get(this.merchantId, name);
  }

  list(after: string, limit: number): ApiKey[] {
    return this.reads.keysAfter.all(this.merchantId, after, limit);
  }

  countValid(scope: Scope): number {
    return this.reads.validOfScope.get(this.merchantId, scope)?.count ?? 0;
  }
}

/** Every change, prepared once. */
export type ApiKeyWriteStatements = Readonly<Record<'insert' | 'revoke', Statement>>;

/** Prepares the statements that change keys. */
export function prepareApiKeyWrites(database: Database): ApiKeyWriteStatements {
  return {
    insert: database.prepare(
      `INSERT INTO api_key (merchant_id, name, digest, scope, created_at, created_by)
       VALUES (?, ?, ?, ?, ?, ?)`,
    ),
    revoke: database.prepare(
      `UPDATE api_key SET revoked_at = ?, revoked_by = ?
       WHERE merchant_id = ? AND name = ? AND revoked_at IS NULL`,
    ),
  };
}

/** One unit's view of keys; its caller opens and closes the transaction. */
export class SqliteApiKeyWrites extends SqliteApiKeyReads implements ApiKeyWrites {
  constructor(
    reads: ApiKeyReadStatements,
    private readonly writes: ApiKeyWriteStatements,
    merchantId: number,
  ) {
    super(reads, merchantId);
  }

  insert({ name, digest, scope, createdAt, createdBy }: NewApiKey): void {
    const values = [name, digest, scope, createdAt, createdBy].map(toColumn);
    guarded(() => this.writes.insert.run(this.merchantId, ...values));
  }

  revoke(name: string, at: number, by: string): void {
    guarded(() => this.writes.revoke.run(at, by, this.merchantId, name));
  }
}
