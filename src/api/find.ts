/** GET /v1/find: what a text names, and what happened by it. */
import { z } from 'zod';
import { toIso } from '../base/iso';
import { ok } from '../rest/ok';
import { find, KINDS } from '../support/find';
import { ExplainedLine, sentence } from './access';
import { defineRoute } from './context';
import { idInput } from './schemas';

const FoundByName = z
  .object({
    text: z.string().meta({ description: 'The whole answer in sentences, a line each.' }),
    found: z.array(
      z.object({
        kind: z.enum(KINDS),
        text: sentence,
        userId: z
          .string()
          .optional()
          .meta({ description: 'The VID of the account that it is or belongs to.' }),
        merchantAccountId: z.string().optional(),
        isCut: z.boolean().meta({ description: 'Whether there are more lines than these.' }),
        lines: z.array(ExplainedLine),
      }),
    ),
  })
  .meta({ id: 'FoundByName' });

// The sentence of the example.
const LESSONS = 'Entitlement lessons is given by offer course-a.';

export const findByName = defineRoute({
  method: 'get',
  path: '/find',
  name: 'findByName',
  summary: 'Find what a name belongs to, and what happened by it',
  description:
    'Takes the soapId or X-Request-Id of a call, the id of an order, the VID or merchantAutoBillId of an ' +
    'AutoBill, the VID, merchantAccountId, external id or e-mail address of an account, and an ' +
    'entitlement id that an offer, product or billing plan gives or one of the last 100,000 changes was about. Names are compared as a whole. A call is ' +
    'found when it changed any access.',
  tag: 'Support',
  query: z.object({ text: idInput('The name.') }),
  answers: { 200: { description: 'All that has the name.', schema: FoundByName } },
  example: {
    query: { text: 'lessons' },
    answer: ok<z.input<typeof FoundByName>>({
      text: LESSONS,
      found: [{ kind: 'entitlement', text: LESSONS, isCut: false, lines: [] }],
    }),
  },
  refusals: [404],
  access: 'read',
  handle: async ({ unit, work, input, isGone }) =>
    ok(await find(unit, input.query.text, { ...work, write: toIso, isGone })),
});
