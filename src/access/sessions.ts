/**
 * Sessions of people in the console: made by name and password, found by what their cookie holds.
 * Decided: docs/decisions/console.md
 */
import { randomBytes } from 'node:crypto';
import type { Logger } from 'pino';
import { TooManyFailures } from '../base/refusal';
import type { HeldSession, Person } from '../store/people';
import type { Store } from '../store/store';
import { digestOf } from './authenticate-key';
import type { FailedLogins } from './failed-logins';
import { unmatchableHash } from './password';
import type { Verify } from './verification';

const HOUR = 60 * 60 * 1000;

/** How long a session lasts, and how long without a call, in milliseconds. */
const LONGEST = 12 * HOUR;
const IDLE = HOUR;

/** Uses within this time of one another are written down once; milliseconds. */
const USE_INTERVAL = 60_000;

/** A name and a password, as they were sent. */
export interface SignIn {
  readonly name: string;
  readonly password: string;
}

/** Makes, finds and ends sessions. */
export interface Sessions {
  /**
   * @param address where the call comes from
   * @param former what the cookie held before: that session ends
   * @returns what the cookie is to hold: always a new value; undefined: the name or the password is wrong
   * @throws TooManyFailures or Busy
   */
  readonly begin: (
    signIn: SignIn,
    address: string,
    former: string | undefined,
  ) => Promise<string | undefined>;
  /**
   * The same for somebody whom another knows.
   * @param find gives the name; whatever it throws counts as a failed login
   * @returns undefined: there is nobody of that name
   * @throws TooManyFailures
   */
  readonly beginFor: (
    find: () => Promise<string>,
    address: string,
    former: string | undefined,
  ) => Promise<string | undefined>;
  /** The session that a cookie names, while it lasts. */
  readonly find: (token: string) => Promise<HeldSession | undefined>;
  readonly end: (token: string) => Promise<void>;
}

/** The parts that sessions need. */
export interface SessionParts {
  readonly store: Store;
  readonly logger: Logger;
  readonly failedLogins: FailedLogins;
  readonly verify: Verify;
}

/** When a session ends by itself, in UTC milliseconds, unless it is used before. */
export function endOfSession({ madeAt, usedAt }: Pick<HeldSession, 'madeAt' | 'usedAt'>): number {
  return Math.min(madeAt + LONGEST, usedAt + IDLE);
}

/** Builds them on a store. */
export function createSessions({ store, logger, failedLogins, verify }: SessionParts): Sessions {
  const { people } = store;
  // An unknown name costs as much time as a wrong password.
  const unmatchable = unmatchableHash();
  const noteUse = ({ digest, usedAt }: HeldSession) => {
    const now = store.now();
    if (now - usedAt < USE_INTERVAL) return;
    // The call doesn't wait for it, and goes on with a full disk, too.
    people.noteUse(digest, now).catch((error: unknown) => {
      logger.warn({ err: error }, "the use of a session couldn't be written down");
    });
  };
  const count = (address: string) => {
    const seconds = failedLogins.begin(address);
    if (seconds !== undefined) throw new TooManyFailures(seconds);
  };
  const open = async ({ id }: Person, former: string | undefined) => {
    if (former !== undefined) await people.endSession(digestOf(former));
    const token = randomBytes(32).toString('base64url');
    const now = store.now();
    const over = { madeBefore: now - LONGEST, usedBefore: now - IDLE };
    await people.insertSession(id, { digest: digestOf(token), madeAt: now, usedAt: now }, over);
    return token;
  };
  return {
    begin: async ({ name, password }, address, former) => {
      count(address);
      const person = await people.find(name);
      const isThere = person !== undefined && person.removedAt === undefined;
      const isRight = await verify(password, isThere ? person.passwordHash : unmatchable, address);
      if (!isThere || !isRight) return undefined;
      failedLogins.forgive(address);
      return open(person, former);
    },
    beginFor: async (find, address, former) => {
      count(address);
      const person = await people.find(await find());
      if (!person || person.removedAt !== undefined) return undefined;
      failedLogins.forgive(address);
      return open(person, former);
    },
    find: async (token) => {
      const held = await people.findSession(digestOf(token));
      if (!held || store.now() >= endOfSession(held)) return undefined;
      noteUse(held);
      return held;
    },
    end: async (token) => people.endSession(digestOf(token)),
  };
}
