/** API keys in SQLite. */
import type { Database } from 'better-sqlite3';
import type { ApiKey, ApiKeys, HeldApiKey, ListedApiKey } from '../api-keys';
import type { Merchant } from '../merchants';
import { guarded } from './guarded';
import { selectList, toColumn, toFields } from './rows';
import type { UnitQueue } from './unit-queue';

const KEY = ['id', 'name', 'readOnly', 'createdAt', 'lastUsedAt', 'revokedAt'] as const;
const KEY_COLUMNS = selectList(KEY, 'api_key.');
const BOOLEANS = ['readOnly'];

type HeldRow = ApiKey & { merchantId: number; login: string; passwordHash: string; madeAt: number };

/**
 * Builds the look-ups and changes of API keys.
 * @param reader the connection that is read on
 */
export function createApiKeys(writer: Database, reader: Database, units: UnitQueue): ApiKeys {
  const byDigest = reader.prepare(
    `SELECT ${KEY_COLUMNS}, merchant_id AS merchantId, login, password_hash AS passwordHash,
       merchant.created_at AS madeAt
     FROM api_key CROSS JOIN merchant ON merchant.id = merchant_id
     WHERE digest = ? AND revoked_at IS NULL`,
  );
  const noteUse = writer.prepare('UPDATE api_key SET last_used_at = ? WHERE id = ?');
  const write = <T>(work: () => T) => units.run(() => Promise.resolve(guarded(work)));
  return {
    find: (digest) => {
      const row = guarded(() => byDigest.get(digest));
      return row === undefined ? undefined : toHeld(toFields<HeldRow>(row, BOOLEANS));
    },
    list: (merchantId) => listKeys(reader, merchantId),
    insert: (merchantId, { name, digest, readOnly, createdAt }) =>
      write(() => {
        writer
          .prepare(
            `INSERT INTO api_key (merchant_id, name, digest, read_only, created_at)
             VALUES (?, ?, ?, ?, ?)`,
          )
          .run(merchantId, name, digest, toColumn(readOnly), createdAt);
      }),
    revoke: (merchantId, name, at) =>
      write(() => {
        const { changes } = writer
          .prepare(
            `UPDATE api_key SET revoked_at = ?
             WHERE merchant_id = ? AND name = ? AND revoked_at IS NULL`,
          )
          .run(at, merchantId, name);
        return changes > 0;
      }),
    noteUse: (id, at) => write(() => void noteUse.run(at, id)),
  };
}

function toHeld({ merchantId, login, passwordHash, madeAt, ...key }: HeldRow): HeldApiKey {
  const merchant: Merchant = { id: merchantId, login, passwordHash, createdAt: madeAt };
  return { ...key, merchant };
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
  return rows.map((row) => toFields<ListedApiKey>(row, BOOLEANS));
}
