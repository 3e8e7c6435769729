/** The people who sign in: for admins of all merchants. */
import { z } from 'zod';
import {
  addPerson,
  changePerson,
  lastAdmin,
  PASSWORD_LENGTH,
  personExists,
  removePerson,
  unknownPerson,
} from '../access/people';
import { newPassword } from '../access/password';
import { digestOf } from '../access/authenticate-key';
import { toIso } from '../base/iso';
import { conflict } from '../base/refusal';
import { momentOutput } from '../rest/fields';
import { ok } from '../rest/ok';
import type { Person as StoredPerson } from '../store/people';
import {
  type ConsoleContext,
  type ConsoleRoute,
  defineConsole,
  requireAllMerchants,
} from './context';
import { EXAMPLE_TIME, roleField } from './session';

const tag = 'People';

const nameInput = z.string().min(1, 'must not be empty').max(200);
const loginsInput = z.array(nameInput).min(1).max(1000);
const passwordInput = z.string().min(PASSWORD_LENGTH.least).max(PASSWORD_LENGTH.most);

const Person = z
  .object({
    name: z.string(),
    role: roleField,
    allMerchants: z.boolean(),
    merchants: z.array(z.string()).meta({ description: 'Logins; with allMerchants none.' }),
    createdAt: momentOutput,
    createdBy: z.string().meta({ description: 'A person, or `operator` for the command line.' }),
    lastSeenAt: momentOutput.optional().meta({ description: 'To the minute; absent: never.' }),
    removedAt: momentOutput.optional().meta({ description: 'Absent: it may sign in.' }),
    removedBy: z.string().optional(),
  })
  .meta({ id: 'Person' });

const NewPerson = Person.extend({
  password: z.string().optional().meta({
    description: 'Where none was given: the one that was made. Nothing shows it again.',
  }),
}).meta({ id: 'NewPerson' });

const EVE = {
  name: 'eve',
  role: 'support' as const,
  allMerchants: false,
  merchants: ['demo'],
  createdAt: EXAMPLE_TIME,
  createdBy: 'demo',
};

const Params = z.object({ name: nameInput });
const PERSON = { 200: { description: 'The person.', schema: Person } };

const list = defineConsole({
  method: 'get',
  path: '/people',
  name: 'listPeople',
  summary: 'List the people who may sign in, removed ones too, by name',
  tag,
  answers: {
    200: {
      description: 'All of them.',
      schema: z.object({ people: z.array(Person) }).meta({ id: 'People' }),
    },
  },
  example: { answer: ok({ people: [EVE] }) },
  access: 'read',
  scope: 'admin',
  handle: async (call) => {
    requireAllMerchants(call);
    return ok({ people: (await call.tools.store.people.list()).map(present) });
  },
});

const add = defineConsole({
  method: 'post',
  path: '/people',
  name: 'addPerson',
  summary: 'Have somebody sign in',
  tag,
  body: z.object({
    name: nameInput.meta({ description: "The person's name in the ledger; given once." }),
    role: roleField,
    merchants: loginsInput.optional().meta({ description: 'Logins; absent: all merchants.' }),
    password: passwordInput.optional().meta({ description: 'Absent: one is made.' }),
  }),
  answers: { 200: { description: 'The person.', schema: NewPerson } },
  example: {
    body: { name: 'eve', role: 'support', merchants: ['demo'] },
    answer: ok({ ...EVE, password: 'kB7dVt0mQ2xN8fYpL3sWcR5h' }),
  },
  refusals: [404, 409],
  refusalExamples: { 404: 'There is no merchant nobody.', 409: personExists('eve').message },
  access: 'write',
  scope: 'admin',
  handle: async (call) => {
    requireAllMerchants(call);
    const { name, role, merchants, password = newPassword() } = call.input.body;
    const made = await addPerson(
      call.tools.store,
      { name, role, merchants, password },
      call.caller.name,
    );
    const shown = call.input.body.password === undefined ? { password } : {};
    return { ...ok({ ...present(made), ...shown }), changed: { person: name, role } };
  },
});

const change = defineConsole({
  method: 'patch',
  path: '/people/{name}',
  name: 'changePerson',
  summary: 'Change what somebody may do, or the password',
  description:
    'A field that is absent stays. All sessions of the person end, but for the one that calls. The last admin of all ' +
    'merchants stays one (409).',
  tag,
  params: Params,
  body: z
    .object({
      role: roleField.optional(),
      merchants: loginsInput.nullable().optional().meta({ description: 'Logins; null: all.' }),
      password: passwordInput.optional(),
    })
    .refine((body) => Object.values(body).some((value) => value !== undefined), {
      error: 'must have role, merchants or password',
    }),
  answers: PERSON,
  example: {
    params: { name: 'eve' },
    body: { role: 'viewer' },
    answer: ok({ ...EVE, role: 'viewer' as const }),
  },
  refusals: [404, 409],
  refusalExamples: { 404: unknownPerson('eve').message, 409: lastAdmin('eve').message },
  access: 'write',
  scope: 'admin',
  handle: async (call) => {
    requireAllMerchants(call);
    const { params, body } = call.input;
    const { store } = call.tools;
    const changed = await changePerson(store, params.name, body, guardOf(call));
    const named = { person: params.name, role: body.role };
    return { ...ok(present(changed)), changed: named };
  },
});

const remove = defineConsole({
  method: 'delete',
  path: '/people/{name}',
  name: 'removePerson',
  summary: 'Have somebody sign in no more, at once',
  description:
    'The name is not given again. Nobody removes oneself, and not the last admin of all merchants (409).',
  tag,
  params: Params,
  answers: PERSON,
  example: {
    params: { name: 'eve' },
    answer: ok({ ...EVE, removedAt: EXAMPLE_TIME, removedBy: 'demo' }),
  },
  refusals: [404, 409],
  refusalExamples: { 404: unknownPerson('eve').message, 409: lastAdmin('eve').message },
  access: 'write',
  scope: 'admin',
  handle: async (call) => {
    requireAllMerchants(call);
    const { name } = call.input.params;
    const by = call.caller.name;
    if (name === by) throw conflict('You cannot remove yourself: another admin can.');
    const removed = await removePerson(call.tools.store, name, by, guardOf(call));
    return { ...ok(present(removed)), changed: { removedPerson: name } };
  },
});

function guardOf({ caller }: ConsoleContext) {
  const { token = '' } = caller;
  return { keepsAdmin: true, keepsSession: digestOf(token) };
}

function present(person: StoredPerson): z.input<typeof Person> {
  const { name, role, merchants, createdBy, removedBy } = person;
  return {
    name,
    role,
    allMerchants: merchants === undefined,
    merchants: [...(merchants ?? [])],
    createdAt: toIso(person.createdAt),
    createdBy,
    lastSeenAt: toIso(person.lastSeenAt),
    removedAt: toIso(person.removedAt),
    removedBy,
  };
}

/** In the order in which they are listed. */
export const PEOPLE_ROUTES: readonly ConsoleRoute[] = [list, add, change, remove];
