/**
 * Counts failed logins by the address that they come from, in memory of a fixed size.
 * Decided: docs/decisions/failed-logins.md
 */
import { createHmac, randomBytes } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

/** Counts failed logins and wrong keys, those of all surfaces together. */
export interface FailedLogins {
  /**
   * Counts a login as failed before it is verified, so that many at once count, too.
   * @returns seconds to wait where there were too many: then it must not be verified
   */
  readonly begin: (address: string) => Promise<number | undefined>;
  /** The login that was begun was good: it doesn't count. */
  readonly forgive: (address: string) => Promise<void>;
}

/** How long failures count, in seconds, from the first of them. */
const WINDOW = 60;

/**
 * As many addresses are told apart; the secret keeps anyone from choosing whom to share a counter
 * with. However many addresses somebody has, there are no more counters than these.
 */
const COUNTERS = 65_536;

/** @param most failures a minute and address; 0: as many as come */
export function createFailedLogins(most: number): FailedLogins {
  if (most === 0) {
    return { begin: () => Promise.resolve(undefined), forgive: () => Promise.resolve() };
  }
  const limiter = new RateLimiterMemory({ points: most, duration: WINDOW });
  const secret = randomBytes(32);
  const counterOf = (address: string) => {
    const digest = createHmac('sha256', secret).update(networkOf(address)).digest();
    return String(digest.readUInt32BE() % COUNTERS);
  };
  return {
    begin: async (address) => {
      try {
        await limiter.consume(counterOf(address));
        return undefined;
      } catch (error) {
        if (!(error instanceof RateLimiterRes)) throw error;
        return Math.max(1, Math.ceil(error.msBeforeNext / 1000));
      }
    },
    forgive: async (address) => {
      await limiter.reward(counterOf(address));
    },
  };
}

/** An IPv4 address, or the /64 of an IPv6 one: nobody has less. */
function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
  if (!isIPv6(plain)) return plain;
  const [before = '', after] = plain.split('%')[0]?.split('::') ?? [];
  const head = before.split(':').filter((group) => group !== '');
  const tail = after?.split(':').filter((group) => group !== '') ?? [];
  const zeros = Array<string>(Math.max(0, 8 - head.length - tail.length)).fill('0');
  const groups = [...head, ...zeros, ...tail].slice(0, 4);
  return groups.map((group) => parseInt(group, 16)).join(':');
}
