/** Expectations: whether requests came as a test says. */
import { badRequest } from '../rest/api-error';
import { ok } from '../rest/ok';
import { type ControlRoute, defineControl, forMerchants } from './context';
import { verify } from './verify';
import { lengthOf } from './duration';
import { EXPECTED } from './expectation';
import { Verification, Verified } from './shown';

const verifyRequests = defineControl({
  method: 'post',
  path: '/verify',
  name: 'verifyRequests',
  summary: 'Say whether requests came as expected',
  tag: 'Journal',
  body: Verification,
  answers: {
    200: {
      description: 'Whether it is so.',
      schema: Verified,
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
    journal.asked = expectation;
    const since = within === undefined ? -Infinity : tools.clocks.systemNow() - lengthOf(within);
    const entries = journal.entries.filter(({ received }) => received >= since);
    return ok(verify(entries, expectation, { count: exactly, atLeast, never }));
  },
});

/** In the order in which they are listed. */
export const VERIFY_ROUTES: readonly ControlRoute[] = forMerchants(verifyRequests);
