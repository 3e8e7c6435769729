/** The store's interface for API keys: by digest, for the keys themselves aren't kept. */
import type { Eventually } from './eventually';
import type { Merchant } from './merchants';

/** An API key as it is kept. Moments are UTC milliseconds. */
export interface ApiKey {
  readonly id: number;
  /** Unique among the merchant's keys, revoked ones too: the ledger names it. */
  readonly name: string;
  readonly readOnly: boolean;
  readonly createdAt: number;
  /** To the minute; undefined: never. */
  readonly lastUsedAt?: number | undefined;
  /** Undefined: it is valid. */
  readonly revokedAt?: number | undefined;
}

/** A valid key, and whose it is. */
export interface HeldApiKey extends ApiKey {
  readonly merchant: Merchant;
}

/** A key in a listing. */
export interface ListedApiKey extends ApiKey {
  /** The login. */
  readonly merchant: string;
}

/** The values of a new key. */
export interface NewApiKey extends Pick<ApiKey, 'name' | 'readOnly' | 'createdAt'> {
  /** SHA-256 of the key, in hexadecimal. */
  readonly digest: string;
}

export interface ApiKeys {
  /** The valid key of that digest. */
  find(digest: string): Eventually<HeldApiKey | undefined>;
  /** Those of one merchant or of all, revoked ones too, by login and name. */
  list(merchantId: number | undefined): Eventually<ListedApiKey[]>;
  /** @throws StoreError `refused` when the merchant has a key of that name already */
  insert(merchantId: number, key: NewApiKey): Eventually<void>;
  /** @returns whether there was a valid key of that name */
  revoke(merchantId: number, name: string, at: number): Eventually<boolean>;
  noteUse(id: number, at: number): Eventually<void>;
}
