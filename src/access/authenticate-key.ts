/**
 * Finds the owner of the API key that a request names.
 * Decided: docs/decisions/api-keys.md
 */
import { createHash, randomBytes } from 'node:crypto';
import type { Logger } from 'pino';
import { TooManyFailures } from '../base/refusal';
import type { Scope } from '../base/scope';
import type { FailedLogins, OnFailedLogin } from './failed-logins';
import type { HeldApiKey } from '../store/api-keys';
import type { Merchant, Store } from '../store/store';

/** A caller that its API key names. */
export interface Caller {
  readonly merchant: Merchant;
  /** The key's name. */
  readonly name: string;
  readonly scope: Scope;
}

/** Uses of a key within this time of one another are written down once; milliseconds. */
const USE_INTERVAL = 60_000;

/** A new key. People and scanners for secrets recognise it by its first characters. */
export function newApiKey(): string {
  return `lk_${randomBytes(32).toString('base64url')}`;
}

/**
 * The digest under which a key is kept. A key holds 256 random bits: nothing that is slow on purpose
 * is needed against guessing, and looking the digest up gives away nothing by its timing.
 */
export function digestOf(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

/** The parts needed to check keys. */
export interface KeyCheck {
  readonly store: Store;
  readonly logger: Logger;
  /** Counts wrong keys. */
  readonly failedLogins: FailedLogins;
  readonly onFailedLogin?: OnFailedLogin | undefined;
}

/**
 * A valid key is good from any address: looking it up costs nothing, and it cannot be guessed.
 * @returns a function that answers the caller; undefined: the key is none; it throws TooManyFailures
 */
export function createAuthenticateKey({ store, logger, failedLogins, onFailedLogin }: KeyCheck) {
  const noteUse = ({ id, lastUsedAt = -Infinity }: HeldApiKey) => {
    const now = store.now();
    if (now - lastUsedAt < USE_INTERVAL) return;
    // The call doesn't wait for it, and goes on with a full disk, too.
    Promise.resolve(store.apiKeys.noteUse(id, now)).catch((error: unknown) => {
      logger.warn({ err: error }, "the use of an API key couldn't be written down");
    });
  };
  return async (key: string | undefined, address: string): Promise<Caller | undefined> => {
    const held = key === undefined ? undefined : await store.apiKeys.find(digestOf(key));
    if (!held) {
      onFailedLogin?.();
      const seconds = failedLogins.begin(address);
      if (seconds === undefined) return undefined;
      throw new TooManyFailures(seconds);
    }
    noteUse(held);
    return held;
  };
}
