/** Expectations: whether requests came as a test says. */
import { z } from 'zod';
import { badRequest } from '../rest/api-error';
import { ok } from '../rest/ok';
import { type ControlRoute, defineControl, forMerchants } from './context';
import { durationInput, lengthOf } from './duration';
import { EXPECTED, WANTED } from './match';
import { verify } from './verify';

const verifyRequests = defineControl({
  method: 'post',
  path: '/verify',
  name: 'verifyRequests',
  summary: 'Say whether requests came as expected',
  tag: 'Journal',
  body: z.object({
    ...WANTED,
    count: z.int().min(0).max(1000).optional().meta({ description: 'Exactly so many.' }),
    atLeast: z.int().min(1).max(1000).optional().meta({
      description: 'So many or more; default, where neither of the others is given: 1.',
    }),
    never: z.literal(true).optional().meta({ description: 'None.' }),
    within: durationInput.optional().meta({
      description: "Only those of the last so long, by the machine's time: `PT10S`.",
    }),
  }),
  answers: {
    200: {
      description: 'Whether it is so.',
      schema: z.object({ verified: z.boolean(), count: z.int(), message: z.string() }),
    },
  },
  example: {
    body: { ...EXPECTED, count: 1 },
    answer: ok({
      verified: true,
      count: 1,
      message:
        '1 of 1 requests are revokeEntitlement with account.merchantAccountId=xyz123, as expected: exactly 1.',
    }),
  },
  access: 'read',
  handle: async ({ tools, steered, input: { body } }) => {
    const { count: exactly, atLeast, never, within, ...expectation } = body;
    const given = [exactly, atLeast, never].filter((one) => one !== undefined);
    if (given.length > 1) throw badRequest('count must be alone: give count, atLeast or never');
    const { journal } = (await steered()).world;
    const since = within === undefined ? -Infinity : tools.clocks.systemNow() - lengthOf(within);
    const entries = journal.entries.filter(({ received }) => received >= since);
    return ok(verify(entries, expectation, { count: exactly, atLeast, never }));
  },
});

/** In the order in which they are listed. */
export const VERIFY_ROUTES: readonly ControlRoute[] = forMerchants(verifyRequests);
