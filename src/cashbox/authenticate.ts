/** Finds out which merchant calls. */
import { createHmac, randomBytes } from 'node:crypto';
import type { Authentication } from '../contract/types.generated';
import type { Merchant, Store } from '../store/store';
import { unmatchableHash, verifyPassword } from './password';
import { permissionDenied } from './returns';

export type Authenticate = (credentials: Partial<Authentication>) => Promise<Merchant>;

/** As many verified logins as are remembered at once. */
const MAX_REMEMBERED = 10_000;

/**
 * Checks login and password. Once verified they are remembered as a digest under a key that lives
 * and dies with this process, for scrypt is slow on purpose; a changed password counts at once.
 * @returns a function that answers the merchant, or throws the Refusal 403
 */
export function createAuthenticate(store: Store): Authenticate {
  const key = randomBytes(32);
  /** Digest of login and password → the stored hash that they were verified against. */
  const verified = new Map<string, string>();
  const underway = new Map<string, Promise<boolean>>();
  // An unknown login costs as much time as a wrong password.
  const nobody = unmatchableHash();

  const verify = async (password: string, digest: string, merchant: Merchant | undefined) => {
    const right = await verifyPassword(password, merchant?.passwordHash ?? nobody);
    if (!right || !merchant) return false;
    if (verified.size >= MAX_REMEMBERED) verified.clear();
    verified.set(digest, merchant.passwordHash);
    return true;
  };

  const findMerchant = oncePerTurn((login) => store.findMerchant(login));

  return async ({ login = '', password = '' }) => {
    const merchant = await findMerchant(login);
    const digest = createHmac('sha256', key).update(`${login}\0${password}`).digest('base64');
    if (merchant && verified.get(digest) === merchant.passwordHash) return merchant;
    // Calls that come together with the same credentials share one verification.
    let verification = underway.get(digest);
    if (!verification) {
      verification = verify(password, digest, merchant).finally(() => underway.delete(digest));
      underway.set(digest, verification);
    }
    if (!(await verification) || !merchant) throw permissionDenied();
    return merchant;
  };
}

/**
 * Calls that came in together look a login up once. The next turn of the event loop asks anew: what
 * another process changed must count at once.
 */
function oncePerTurn<T>(find: (login: string) => T): (login: string) => T {
  const found = new Map<string, T>();
  return (login) => {
    const known = found.get(login);
    if (known !== undefined) return known;
    if (found.size === 0) setImmediate(() => found.clear());
    const value = find(login);
    found.set(login, value);
    return value;
  };
}
