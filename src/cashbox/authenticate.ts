/** Finds out which merchant calls. */
import { createHmac, randomBytes } from 'node:crypto';
import type { Authentication } from '../contract/types.generated';
import type { Merchant, Store } from '../store/store';
import { unmatchableHash, verifyPassword } from './password';
import { permissionDenied } from './returns';

/** @param address where the call comes from */
export type Authenticate = (
  credentials: Partial<Authentication>,
  address: string,
) => Promise<Merchant>;

/** Keeps count of failed logins. */
export interface LoginGuard {
  /** @throws whatever is to be answered to an address with too many failures */
  readonly begin: (address: string) => Promise<void>;
  /** The login that was begun was good. */
  readonly forgive: (address: string) => Promise<void>;
}

/** As many verified logins as are remembered at once. */
const MAX_REMEMBERED = 10_000;

/**
 * Checks login and password. Once verified they are remembered as a digest under a key that lives
 * and dies with this process, for scrypt is slow on purpose; a changed password counts at once.
 * An address with too many failures is refused all that it hasn't sent rightly before (decided).
 * @returns a function that answers the merchant, or throws the Refusal 403
 */
export function createAuthenticate(store: Store, guard: LoginGuard): Authenticate {
  const key = randomBytes(32);
  /** Digest of login and password → the stored hash that they were verified against. */
  const verified = new Map<string, string>();
  const underway = new Map<string, Promise<boolean>>();
  // An unknown login costs as much time as a wrong password.
  const nobody = unmatchableHash();

  /** Digests of verified logins with the addresses that sent them. */
  const seen = new Set<string>();

  const remember = (digest: string, place: string, { passwordHash }: Merchant) => {
    if (verified.size >= MAX_REMEMBERED) verified.clear();
    if (seen.size >= MAX_REMEMBERED) seen.clear();
    verified.set(digest, passwordHash);
    seen.add(place);
  };
  const verify = async (
    password: string,
    digest: string,
    merchant: Merchant | undefined,
    address: string,
  ) => {
    await guard.begin(address);
    const known = merchant && verified.get(digest) === merchant.passwordHash;
    const right =
      known === true || (await verifyPassword(password, merchant?.passwordHash ?? nobody));
    if (!right || !merchant) return false;
    await guard.forgive(address);
    remember(digest, `${digest} ${address}`, merchant);
    return true;
  };

  const findMerchant = oncePerTurn((login) => store.findMerchant(login));

  return async ({ login = '', password = '' }, address) => {
    const merchant = await findMerchant(login);
    const digest = createHmac('sha256', key).update(`${login}\0${password}`).digest('base64');
    const place = `${digest} ${address}`;
    if (merchant && verified.get(digest) === merchant.passwordHash && seen.has(place)) {
      return merchant;
    }
    // Calls that come together with the same credentials share one verification.
    let verification = underway.get(place);
    if (!verification) {
      verification = verify(password, digest, merchant, address).finally(() =>
        underway.delete(place),
      );
      underway.set(place, verification);
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
