/** The store's interface for people who sign in to the console, and their sessions. */
import type { Role } from '../base/role';
import type { Eventually } from './eventually';

/** A person as it is kept. Moments are UTC milliseconds. */
export interface Person {
  readonly id: number;
  /** Unique, removed ones too: the ledger names it. */
  readonly name: string;
  /** Empty once it is removed. */
  readonly passwordHash: string;
  readonly role: Role;
  /** The logins of the merchants that it sees, ordered; undefined: all, also those to come. */
  readonly merchants: readonly string[] | undefined;
  readonly createdAt: number;
  /** The author: the name of a person, or OPERATOR. */
  readonly createdBy: string;
  /** To the minute; undefined: never. */
  readonly lastSeenAt?: number | undefined;
  /** Undefined: it may sign in. */
  readonly removedAt?: number | undefined;
  readonly removedBy?: string | undefined;
}

/** The values of a new one. */
export interface NewPerson extends Pick<
  Person,
  'name' | 'passwordHash' | 'role' | 'createdAt' | 'createdBy'
> {
  /** Rows of merchants; undefined: all. */
  readonly merchantIds: readonly number[] | undefined;
}

/** What of a person changes; what is undefined stays. */
export interface PersonChange {
  readonly passwordHash?: string | undefined;
  readonly role?: Role | undefined;
  /** Rows of merchants; null: all. */
  readonly merchantIds?: readonly number[] | null | undefined;
}

/** A session, by the digest of what its cookie holds. Moments are UTC milliseconds. */
export interface Session {
  /** SHA-256, in hexadecimal. */
  readonly digest: string;
  readonly madeAt: number;
  /** To the minute. */
  readonly usedAt: number;
}

/** A session that has not been ended, and whose it is. */
export interface HeldSession extends Session {
  readonly person: Person;
}

/** Which sessions are over by time: those made, and those last used, before a moment. */
export interface SessionAge {
  readonly madeBefore: number;
  readonly usedBefore: number;
}

/** How a change of a person is made. */
export interface PersonGuard {
  /** Whether it is left undone where no admin of all merchants would remain. */
  readonly keepsAdmin: boolean;
  /** The digest of the one session of the person that goes on; the others end. */
  readonly keepsSession?: string | undefined;
}

/** Look-ups and changes of people. They belong to no merchant. */
export interface People {
  /** A removed one, too. */
  find(name: string): Eventually<Person | undefined>;
  /** Removed ones, too, by name; they are few: see MOST_PEOPLE. */
  list(): Eventually<Person[]>;
  /** @throws StoreError `refused` when there is or was one of that name */
  insert(person: NewPerson): Promise<void>;
  /** Changes a person and ends its sessions. @returns false where the guard kept it from that */
  change(id: number, change: PersonChange, guard: PersonGuard): Promise<boolean>;
  /** Removes a person: it keeps its name and loses its password and sessions. @returns as `change` */
  remove(id: number, at: number, by: string, guard: PersonGuard): Promise<boolean>;

  /** The session of that digest, however old it is. */
  findSession(digest: string): Eventually<HeldSession | undefined>;
  /**
   * Adds a session, and notes its person as seen; those that are over, and the oldest of the person beyond MOST_SESSIONS,
   * are forgotten.
   */
  insertSession(personId: number, session: Session, over: SessionAge): Promise<void>;
  /** Notes that a session was used, and its person seen. */
  noteUse(digest: string, at: number): Promise<void>;
  /** Forgets a session; nothing happens where there is none. */
  endSession(digest: string): Promise<void>;
}

/** The most people, removed ones too. */
export const MOST_PEOPLE = 1000;

/** The most sessions of a person. */
export const MOST_SESSIONS = 50;
