/** API keys: GET /v1/api-auth says whether one is good. Clients call it to test what was entered. */
import { z } from 'zod';
import { ok } from '../rest/ok';
import { defineRoute } from './context';

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
