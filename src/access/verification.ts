/**
 * Verifies passwords a few at a time, whatever they open: merchants' data or the console.
 * Decided: docs/decisions/verification.md
 */
import { availableParallelism } from 'node:os';
import { Busy } from '../base/refusal';
import type { FailedLogins } from './failed-logins';
import { Lane, LaneFull } from './lane';
import { networkOf } from './network';
import { isThrownAway, verifyPassword } from './password';

/**
 * Whether a password is the one that was hashed. The login that it belongs to must have begun to count as failed.
 * @param address where the call comes from
 * @throws Busy when too many others are being verified; the login then doesn't count
 */
export type Verify = (password: string, passwordHash: string, address: string) => Promise<boolean>;

/**
 * Passwords that are verified at a time: at most half of libuv's threads, for the others go on compressing and reading
 * files; and one processor less than there are, for the one that answers calls would else be shared with them.
 */
const ABREAST = Math.max(
  1,
  Math.min(
    2,
    Math.floor((Number(process.env.UV_THREADPOOL_SIZE) || 4) / 2),
    availableParallelism() - 1,
  ),
);

/** Verifications that may wait: some seconds' worth. */
const MOST_WAITING = 128;

/** After how many seconds a login that finds no place may come again. */
const BUSY_SECONDS = 5;

/** Builds the one lane of a server. */
export function createVerification(failedLogins: Pick<FailedLogins, 'forgive'>): Verify {
  const lane = new Lane(ABREAST, MOST_WAITING);
  return async (password, passwordHash, address) => {
    // Hundreds of tests that begin at once would else find no place, each for a verification of a few microseconds.
    if (isThrownAway(passwordHash)) return verifyPassword(password, passwordHash);
    try {
      return await lane.run(networkOf(address), () => verifyPassword(password, passwordHash));
    } catch (error) {
      if (!(error instanceof LaneFull)) throw error;
      failedLogins.forgive(address);
      throw new Busy(BUSY_SECONDS, 'Too many logins are being verified at present.');
    }
  };
}
