/** The store's interface for API keys: by digest, for the keys themselves aren't kept. */
import type { Eventually } from './eventually';
import type { Scope } from '../base/scope';
import type { Merchant } from './merchants';

/** An API key as it is kept. Moments are UTC milliseconds. */
export interface ApiKey {
  readonly id: number;
  /** Unique among the merchant's keys, revoked ones too: the ledger names it. */
  readonly name: string;
  readonly scope: Scope;
  readonly createdAt: number;
  /** The author: the name of a key, or OPERATOR; undefined: a version made it that kept none. */
  readonly createdBy?: string | undefined;
  /** To the minute; undefined: never. */
  readonly lastUsedAt?: number | undefined;
  /** Undefined: it is valid. */
  readonly revokedAt?: number | undefined;
  readonly revokedBy?: string | undefined;
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
export interface NewApiKey extends Pick<ApiKey, 'name' | 'scope' | 'createdAt' | 'createdBy'> {
  /** SHA-256 of the key, in hexadecimal. */
  readonly digest: string;
}

/** Keys of every merchant. */
export interface ApiKeys {
  /** The valid key of that digest. */
  find(digest: string): Eventually<HeldApiKey | undefined>;
  /** Those of one merchant or of all, revoked ones too, by login and name. */
  list(merchantId: number | undefined): Eventually<ListedApiKey[]>;
  noteUse(id: number, at: number): Eventually<unknown>;
}

/** Look-ups of one merchant's keys, revoked ones too. */
export interface ApiKeyReads {
  findByName(name: string): Eventually<ApiKey | undefined>;
  /** Those whose names come after a name, ordered by name. */
  list(after: string, limit: number): Eventually<ApiKey[]>;
  /** How many valid keys have a scope. */
  countValid(scope: Scope): Eventually<number>;
}

/** Look-ups and changes of one merchant's keys, within a unit of work. */
export interface ApiKeyWrites extends ApiKeyReads {
  /** @throws StoreError `refused` when the merchant has a key of that name already */
  insert(key: NewApiKey): Eventually<void>;
  /** Ends a key, unless it has ended. */
  revoke(name: string, at: number, by: string): Eventually<void>;
}
