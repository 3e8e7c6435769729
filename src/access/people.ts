/**
 * Makes, changes and removes the people who sign in to the console, on whichever surface.
 * Decided: docs/decisions/console.md
 */
import { cut } from '../base/quote';
import { conflict, invalid, notFound } from '../base/refusal';
import type { Role } from '../base/role';
import { MOST_PEOPLE, type Person, type PersonGuard } from '../store/people';
import { type Store, StoreError } from '../store/store';
import { requireActorName } from './names';
import { hashPassword } from './password';

/** The least and the most characters of a person's password. */
export const PASSWORD_LENGTH = { least: 8, most: 1024 };

export const unknownPerson = (name: string) => notFound(`There is no user ${cut(name)}.`);
export const personExists = (name: string) =>
  conflict(`There is a user ${cut(name)} already; a removed one keeps its name.`);
export const lastAdmin = (name: string) =>
  conflict(
    `${cut(name)} is the last admin of all merchants: make another before, or use latchkey user.`,
  );
const unknownMerchant = (login: string) => notFound(`There is no merchant ${cut(login)}.`);

/** What a new person is. */
export interface PersonInput {
  readonly name: string;
  readonly role: Role;
  /** Logins; undefined: all merchants. */
  readonly merchants: readonly string[] | undefined;
  readonly password: string;
}

/**
 * Makes a person.
 * @param by the author: a person's name, or OPERATOR
 * @throws Refusal 400 when name or password cannot be one, 404 for an unknown merchant, 409 when the name is or was given
 */
export async function addPerson(
  store: Store,
  { name, role, merchants, password }: PersonInput,
  by: string,
): Promise<Person> {
  requireActorName(name);
  requirePassword(password);
  if (await store.people.find(name)) throw personExists(name);
  if ((await store.people.list()).length >= MOST_PEOPLE) {
    throw conflict(`There are ${MOST_PEOPLE} users, removed ones too, and can be no more.`);
  }
  const merchantIds = merchants && (await idsOf(store, merchants));
  const passwordHash = await hashPassword(password);
  const values = { name, role, merchantIds, passwordHash, createdAt: store.now(), createdBy: by };
  try {
    await store.people.insert(values);
  } catch (error) {
    if (error instanceof StoreError && error.kind === 'refused') throw personExists(name);
    throw error;
  }
  return requirePerson(store, name);
}

/** What of a person changes; what is undefined stays. */
export interface PersonUpdate {
  readonly role?: Role | undefined;
  /** Logins; null: all merchants. */
  readonly merchants?: readonly string[] | null | undefined;
  readonly password?: string | undefined;
}

/**
 * Changes a person, and ends its sessions.
 * @throws Refusal 400, 404, or 409 where the guard wants an admin of all merchants to remain and none would
 */
export async function changePerson(
  store: Store,
  name: string,
  { role, merchants, password }: PersonUpdate,
  guard: PersonGuard,
): Promise<Person> {
  const { id } = await requirePerson(store, name);
  if (password !== undefined) requirePassword(password);
  const merchantIds = merchants && (await idsOf(store, merchants));
  const change = {
    role,
    merchantIds: merchants === null ? null : merchantIds,
    passwordHash: password === undefined ? undefined : await hashPassword(password),
  };
  if (!(await store.people.change(id, change, guard))) throw lastAdmin(name);
  return requirePerson(store, name);
}

/**
 * Removes a person: its sessions end at once, and its name is not given again.
 * @param by the author
 * @throws Refusal 404, or 409 as above
 */
export async function removePerson(
  store: Store,
  name: string,
  by: string,
  guard: PersonGuard,
): Promise<Person> {
  const person = await requirePerson(store, name);
  const at = store.now();
  if (!(await store.people.remove(person.id, at, by, guard))) throw lastAdmin(name);
  return { ...person, removedAt: at, removedBy: by };
}

/** A person that has not been removed. @throws Refusal 404 */
async function requirePerson(store: Store, name: string): Promise<Person> {
  const person = await store.people.find(name);
  if (person?.removedAt !== undefined || !person) throw unknownPerson(name);
  return person;
}

function requirePassword(password: string): void {
  const { least, most } = PASSWORD_LENGTH;
  const { length } = Array.from(password);
  if (length < least || length > most) {
    throw invalid(`a password has ${least} to ${most} characters`);
  }
}

/** The rows of merchants. @throws Refusal 400 where there is none, 404 */
async function idsOf(store: Store, logins: readonly string[]): Promise<number[]> {
  if (logins.length === 0) throw invalid('name a merchant, or all of them');
  const ids = new Set<number>();
  for (const login of logins) {
    const merchant = await store.findMerchant(login);
    if (!merchant) throw unknownMerchant(login);
    ids.add(merchant.id);
  }
  return [...ids];
}
