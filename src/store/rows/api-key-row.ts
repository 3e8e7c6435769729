/** API keys as they are read. */
import type { ApiKey, HeldApiKey } from '../api-keys';
import type { Merchant } from '../merchants';
import { selectList } from './columns';

const KEY = [
  ...['id', 'name', 'scope', 'createdAt', 'createdBy'],
  ...['lastUsedAt', 'revokedAt', 'revokedBy'],
];

/** The columns read of a key. */
export const KEY_COLUMNS = selectList(KEY, 'api_key.');

/** The columns read of a key and of its merchant. */
export const HELD_COLUMNS = `${KEY_COLUMNS}, merchant_id AS "merchantId", login,
  password_hash AS "passwordHash", merchant.created_at AS "madeAt"`;

/** What they read. */
export type HeldRow = ApiKey & {
  readonly merchantId: number;
  readonly login: string;
  readonly passwordHash: string;
  readonly madeAt: number;
};

/** A key with its merchant. */
export function toHeld({ merchantId, login, passwordHash, madeAt, ...key }: HeldRow): HeldApiKey {
  const merchant: Merchant = { id: merchantId, login, passwordHash, createdAt: madeAt };
  return { ...key, merchant };
}
