/** API keys: making and ending them, and GET /v1/api-auth, by which clients test the key that was entered. */
import { z } from 'zod';
import {
  addApiKey,
  keyExists,
  lastAdminKey,
  requireAnotherAdmin,
  revokeApiKey,
  unknownKey,
} from '../access/api-keys';
import { toIso } from '../base/iso';
import { SCOPES, SCOPES_IN_WORDS } from '../base/scope';
import { momentOutput } from '../rest/fields';
import { ok } from '../rest/ok';
import { cut, nextPage, PageQuery } from '../rest/paging';
import type { ApiKey } from '../store/api-keys';
import { answerOnce, ChangeHeaders } from './answer-once';
import { CREATED } from './examples';
import { type ApiRoute, defineRoute } from './context';

export const keyOwner = defineRoute({
  method: 'get',
  path: '/api-auth',
  name: 'getKeyOwner',
  summary: 'Say whose API key this is',
  description: 'For testing a key. Also at `/api-auth`, where some clients look for it.',
  tag: 'Keys',
  answers: {
    200: {
      description: 'The key is valid.',
      schema: z
        .object({
          merchant: z.string().meta({ description: 'The login whose data it opens.' }),
          name: z.string().meta({ description: "The key's name." }),
        })
        .meta({ id: 'KeyOwner' }),
    },
  },
  example: { answer: ok({ merchant: 'demo', name: 'shop' }) },
  access: 'read',
  memberspot: true,
  handle: ({ merchant, work }) =>
    Promise.resolve(ok({ merchant: merchant.login, name: work.actor })),
});

const tag = 'Keys';
const nameInput = z.string().min(1, 'must not be empty').max(200);
const scope = z.enum(SCOPES);

const Key = z
  .object({
    name: z.string().meta({ description: 'Its name in ledger and log; given once.' }),
    scope: scope.meta({ description: `${SCOPES_IN_WORDS}.` }),
    createdAt: momentOutput,
    createdBy: z.string().optional().meta({
      description: 'The author: the name of a key, or `operator` for the command line.',
    }),
    lastUsedAt: momentOutput.optional().meta({ description: 'To the minute.' }),
    revokedAt: momentOutput.optional().meta({ description: 'Absent: it is valid.' }),
    revokedBy: z.string().optional(),
  })
  .meta({ id: 'Key' });

const NewKey = Key.pick({ name: true, scope: true, createdAt: true })
  .extend({
    key: z.string().optional().meta({
      description:
        'For the header X-API-KEY. It is shown once: a repeat with the same Idempotency-Key is answered without it.',
    }),
  })
  .meta({ id: 'NewKey' });

const list = defineRoute({
  method: 'get',
  path: '/keys',
  name: 'listKeys',
  summary: 'List the API keys, revoked ones too, by name',
  tag,
  query: PageQuery,
  answers: {
    200: {
      description: 'A page.',
      schema: z.object({ keys: z.array(Key), next_page: nextPage }).meta({ id: 'KeyPage' }),
    },
  },
  example: {
    query: { pageLength: '1' },
    answer: ok({
      keys: [{ name: 'office', scope: 'admin' as const, createdAt: CREATED }],
      next_page: 'office',
    }),
  },
  access: 'read',
  scope: 'admin',
  handle: async ({ unit, input: { query } }) => {
    const { lastLoadedId = '', pageLength } = query;
    const found = await unit.apiKeys.list(lastLoadedId, pageLength + 1);
    const page = cut(found, pageLength, ({ name }) => name);
    return ok({ keys: page.rows.map(present), next_page: page.next });
  },
});

const add = defineRoute({
  method: 'post',
  path: '/keys',
  name: 'addKey',
  summary: 'Make an API key',
  description:
    'The answer shows the key, and nothing shows it again, a repeat with the same Idempotency-Key neither: only a ' +
    'digest of it is kept.',
  tag,
  headers: ChangeHeaders,
  body: z.object({
    name: nameInput.meta({ description: "The caller's name in the ledger." }),
    scope: scope.optional().meta({ description: 'Default: write.' }),
  }),
  answers: { 200: { description: 'The key.', schema: NewKey } },
  example: {
    body: { name: 'billing', scope: 'write' },
    answer: ok({
      name: 'billing',
      scope: 'write' as const,
      createdAt: CREATED,
      key: 'lk_0123456789abcdefghijklmnopqrstuvwxyzABCDEFG',
    }),
  },
  refusals: [409, 422],
  refusalExamples: { 409: keyExists('billing').message },
  access: 'write',
  scope: 'admin',
  handle: (call) => {
    const { name, scope: asked = 'write' } = call.input.body;
    const make = async () => {
      const { key, ...added } = await addApiKey(call.unit, call.work, { name, scope: asked });
      return { ...added, createdAt: toIso(call.work.now), key };
    };
    return answerOnce<z.input<typeof NewKey>>(call, 'add-key', make, {
      toKept: (made) => ({ ...made, key: undefined }),
      changed: () => ({ key: name, scope: asked }),
    });
  },
});

const revoke = defineRoute({
  method: 'post',
  path: '/keys/{name}/revoke',
  name: 'revokeKey',
  summary: 'End an API key, at once',
  description:
    'Its name is not given again. The last valid key of scope `admin` is refused (409): the command ' +
    'line ends it.',
  tag,
  params: z.object({ name: nameInput }),
  headers: ChangeHeaders,
  answers: { 200: { description: 'The key.', schema: Key } },
  example: {
    params: { name: 'shop' },
    answer: ok({
      name: 'shop',
      scope: 'write' as const,
      createdAt: CREATED,
      revokedAt: CREATED,
      revokedBy: 'office',
    }),
  },
  refusals: [404, 409, 422],
  refusalExamples: { 404: unknownKey('shop').message, 409: lastAdminKey('office').message },
  access: 'write',
  scope: 'admin',
  handle: (call) => {
    const { name } = call.input.params;
    const end = async () => {
      await requireAnotherAdmin(call.unit, name);
      return present(await revokeApiKey(call.unit, call.work, name));
    };
    return answerOnce(call, 'revoke-key', end, { changed: () => ({ key: name }) });
  },
});

function present({ name, scope: held, createdAt, createdBy, ...key }: ApiKey) {
  return {
    name,
    scope: held,
    createdAt: toIso(createdAt),
    createdBy,
    lastUsedAt: toIso(key.lastUsedAt),
    revokedAt: toIso(key.revokedAt),
    revokedBy: key.revokedBy,
  };
}

/** In the order in which they are listed. */
export const KEY_ROUTES: readonly ApiRoute[] = [keyOwner, list, add, revoke];
