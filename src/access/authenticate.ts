/** Finds the merchant whose login and password a call names. */
import { hash, randomBytes } from 'node:crypto';
import { atEndOfTurn } from '../base/end-of-turn';
import { TooManyFailures } from '../base/refusal';
import type { Merchant, Store } from '../store/store';
import type { FailedLogins } from './failed-logins';
import { unmatchableHash } from './password';
import type { Verify } from './verification';

/** A merchant's login and password. */
export interface Credentials {
  readonly login?: string | undefined;
  readonly password?: string | undefined;
}

/**
 * @param address where the call comes from
 * @returns the merchant; undefined: the credentials are wrong
 * @throws TooManyFailures, or Busy when too many others are being verified
 */
export type Authenticate = (
  credentials: Credentials,
  address: string,
) => Promise<Merchant | undefined>;

/** The number of verified logins and addresses remembered at once. */
const MAX_REMEMBERED = 10_000;

/**
 * Checks login and password. Once verified they are remembered as a digest under a key that lives
 * and dies with this process, for scrypt is slow on purpose; a changed password counts at once.
 * An address with too many failures is refused all that it hasn't sent rightly before (decided).
 */
export function createAuthenticate(
  store: Store,
  failedLogins: FailedLogins,
  verifyPassword: Verify,
): Authenticate {
  const digestOf = oncePerTurn(createDigest());
  const verified = new VerifiedLogins();
  const underway = new Map<string, Promise<boolean>>();
  // An unknown login costs as much time as a wrong password.
  const unmatchable = unmatchableHash();

  const verify = async (
    password: string,
    digest: string,
    merchant: Merchant | undefined,
    address: string,
  ) => {
    const seconds = failedLogins.begin(address);
    if (seconds !== undefined) throw new TooManyFailures(seconds);
    const right =
      (merchant && verified.has(digest, merchant)) === true ||
      (await verifyPassword(password, merchant?.passwordHash ?? unmatchable, address));
    if (!right || !merchant) return false;
    failedLogins.forgive(address);
    verified.add(digest, merchant, address);
    return true;
  };

  const findMerchant = oncePerTurn((login) => store.findMerchant(login));

  return async ({ login = '', password = '' }, address) => {
    const merchant = await findMerchant(login);
    // The login's length keeps its end from moving into the password.
    const digest = digestOf(`${login.length} ${login}${password}`);
    if (merchant && verified.has(digest, merchant, address)) return merchant;
    // Calls that come together with the same credentials share one verification.
    const place = `${digest} ${address}`;
    let verification = underway.get(place);
    if (!verification) {
      verification = verify(password, digest, merchant, address).finally(() =>
        underway.delete(place),
      );
      underway.set(place, verification);
    }
    return (await verification) ? merchant : undefined;
  };
}

/** Makes digests of login and password that only this process can make: they depend on its key. */
function createDigest(): (credentials: string) => string {
  const key = randomBytes(32).toString('hex');
  return (credentials) => hash('sha256', key + credentials, 'base64');
}

/** A login whose password was right. */
interface VerifiedLogin {
  /** The stored hash that it was verified against. */
  readonly passwordHash: string;
  /** Where it came from. */
  readonly addresses: Set<string>;
}

/** Logins that were verified, by the digest of their credentials. */
class VerifiedLogins {
  private readonly logins = new Map<string, VerifiedLogin>();
  private size = 0;

  /** @param address where it must have come from before; default: anywhere */
  has(digest: string, { passwordHash }: Merchant, address?: string): boolean {
    const login = this.logins.get(digest);
    if (login?.passwordHash !== passwordHash) return false;
    return address === undefined || login.addresses.has(address);
  }

  add(digest: string, merchant: Merchant, address: string): void {
    if (this.size >= MAX_REMEMBERED) {
      this.logins.clear();
      this.size = 0;
    }
    this.size += 1;
    const { passwordHash } = merchant;
    const known = this.has(digest, merchant) ? this.logins.get(digest) : undefined;
    const login = known ?? { passwordHash, addresses: new Set() };
    login.addresses.add(address);
    this.logins.set(digest, login);
  }
}

/**
 * Calls that came in together ask once: for their login, and for the digest of their credentials. The next turn
 * of the event loop asks anew: what another process changed must count at once, and no password stays in memory.
 */
function oncePerTurn<T>(find: (asked: string) => T): (asked: string) => T {
  const found = new Map<string, T>();
  return (asked) => {
    const known = found.get(asked);
    if (known !== undefined) return known;
    if (found.size === 0) atEndOfTurn(() => found.clear());
    const value = find(asked);
    found.set(asked, value);
    return value;
  };
}
