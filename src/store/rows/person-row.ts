/** A person and its session as they are read. */
import type { HeldSession, Person, Session } from '../people';
import { selectList } from './columns';

/** The columns read of a person. */
export const PERSON_COLUMNS = selectList(
  [
    ...['id', 'name', 'passwordHash', 'role', 'allMerchants', 'createdAt', 'createdBy'],
    ...['lastSeenAt', 'removedAt', 'removedBy'],
  ],
  'person.',
);

/** Those of a session beside them. */
export const SESSION_COLUMNS = selectList(['digest', 'madeAt', 'usedAt'], 'session.');

/** A person as its own row has it. */
export type PersonRow = Omit<Person, 'merchants'> & { readonly allMerchants: boolean };

/** A session with its person. */
export type SessionRow = PersonRow & Session;

/** @param logins those that it sees, where it doesn't see all */
export function toPerson({ allMerchants, ...row }: PersonRow, logins: readonly string[]): Person {
  return { ...row, merchants: allMerchants ? undefined : [...logins].sort() };
}

/** @param person made of the same row */
export function toSession({ digest, madeAt, usedAt }: Session, person: Person): HeldSession {
  return { digest, madeAt, usedAt, person };
}
