/** GET /console/api/events/last: from where a page follows what happens from now on. */
import { z } from 'zod';
import { ok } from '../rest/ok';
import { defineConsole } from './context';

export const lastEvent = defineConsole({
  method: 'get',
  path: '/events/last',
  name: 'getLastEvent',
  summary: 'Say which event was the last',
  description: '`GET /v1/events?after=` goes on from there.',
  tag: 'Events',
  answers: {
    200: {
      description: 'Its number.',
      schema: z
        .object({ last: z.int().meta({ description: '0: there is none.' }) })
        .meta({ id: 'LastEvent' }),
    },
  },
  example: { answer: ok({ last: 12 }) },
  access: 'read',
  handle: async ({ reader }) => ok({ last: await (await reader()).events.last() }),
});
