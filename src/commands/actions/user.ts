/** The action of `latchkey user`. */
import type { Command } from 'commander';
import { newPassword } from '../../access/password';
import { addPerson, changePerson, removePerson } from '../../access/people';
import type { Role } from '../../base/role';
import { OPERATOR } from '../../base/work';
import type { Person } from '../../store/people';
import { type Columns, printList } from '../list';
import { printFields, printJson } from '../print';
import { askPassword } from './ask-password';
import { findMerchant } from './choose-merchant';
import { momentFormat } from './moments';
import { readPassword } from './read-password';
import { withStore } from './with-store';

/** The options of `add`. */
export interface AddUserOptions {
  readonly json?: boolean;
  readonly role: Role;
  readonly merchant?: readonly string[];
  readonly passwordStdin?: boolean;
}

/** The options of `change`. */
export interface ChangeUserOptions {
  readonly json?: boolean;
  readonly role?: Role;
  readonly merchant?: readonly string[];
  readonly allMerchants?: boolean;
  readonly password?: boolean;
  readonly passwordStdin?: boolean;
}

/** The command line may leave no admin: it is there to make another. */
const NO_GUARD = { keepsAdmin: false };

/** Makes a user. */
export async function addUser(
  command: Command,
  name: string,
  { role, merchant: merchants, passwordStdin, json }: AddUserOptions,
): Promise<void> {
  const given = await passwordOf(passwordStdin);
  await withStore(command, async (store) => {
    for (const login of merchants ?? []) await findMerchant(store, login);
    const password = given ?? newPassword();
    const person = await addPerson(store, { name, role, merchants, password }, OPERATOR);
    await printPerson(person, given === undefined ? password : undefined, json);
  });
}

/** Prints the users, removed ones too. */
export function listUsers(command: Command, options: { json?: boolean }): Promise<void> {
  return withStore(command, async (store, { timeZone }) => {
    const format = momentFormat(timeZone);
    const toJson = (person: Person) => ({
      name: person.name,
      role: person.role,
      merchants: person.merchants,
      created: format(person.createdAt),
      lastSeen: format(person.lastSeenAt),
      removed: format(person.removedAt),
    });
    const columns: Columns<Person> = {
      name: (person) => person.name,
      role: (person) => person.role,
      merchants: merchantsOf,
      created: (person) => format(person.createdAt),
      'last seen': (person) => format(person.lastSeenAt),
      removed: (person) => format(person.removedAt),
    };
    await printList(await store.people.list(), { columns, toJson }, options);
  });
}

/** Changes a user. */
export async function changeUser(
  command: Command,
  name: string,
  options: ChangeUserOptions,
): Promise<void> {
  const { role, merchant, allMerchants, passwordStdin = false, password = false } = options;
  const merchants = allMerchants ? null : merchant;
  const isNew = password || passwordStdin;
  if (role === undefined && merchants === undefined && !isNew) {
    throw new Error(
      'nothing to change: give --role, --merchant, --all-merchants, --password or --password-stdin',
    );
  }
  const given = isNew ? await passwordOf(passwordStdin) : undefined;
  await withStore(command, async (store) => {
    for (const login of merchants ?? []) await findMerchant(store, login);
    const secret = isNew ? (given ?? newPassword()) : undefined;
    const update = { role, merchants, password: secret };
    const changed = await changePerson(store, name, update, NO_GUARD);
    await printPerson(changed, given === undefined ? secret : undefined, options.json);
  });
}

/** Removes a user. */
export function removeUser(
  command: Command,
  name: string,
  { json }: { json?: boolean },
): Promise<void> {
  return withStore(command, async (store) => {
    await removePerson(store, name, OPERATOR, NO_GUARD);
    if (json) await printJson({ name, removed: true });
    else await printFields({ removed: name });
  });
}

/** The password that the operator gives; undefined: none. */
async function passwordOf(isPiped: boolean | undefined): Promise<string | undefined> {
  if (isPiped) return readPassword(process.stdin);
  return process.stdin.isTTY ? askPassword(process.stdin, process.stderr) : undefined;
}

function merchantsOf({ merchants }: Person): string {
  return merchants === undefined ? 'all' : merchants.join(', ');
}

/** @param password undefined: the operator gave it, and need not read it again */
async function printPerson(
  person: Person,
  password: string | undefined,
  json: boolean | undefined,
): Promise<void> {
  const { name, role, merchants } = person;
  if (json) await printJson({ name, role, merchants, password });
  else await printFields({ name, role, merchants: merchantsOf(person), password });
}
