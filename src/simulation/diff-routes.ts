/** The call of `latchkey proxy --mode diff` that lies under the control's path: described with the others, and answered there. */
import { z } from 'zod';
import { notFound } from '../base/refusal';
import { Found } from '../proxy/found';
import { MOST_CALLS } from '../proxy/limits';
import { queryInteger } from '../rest/fields';
import { ok } from '../rest/ok';
import { type ControlRoute, defineControl } from './context';

const NOTHING = 'Nothing is compared here: latchkey proxy --mode diff does, and answers this call.';

const getFindings = defineControl({
  method: 'get',
  path: '/diff',
  name: 'getFindings',
  summary: 'Show what differs between the replies of an upstream and those from here',
  description:
    '`latchkey proxy --mode diff` answers it, to callers on its own machine. A simulation compares nothing.',
  tag: 'Proxy',
  query: z.object({
    limit: queryInteger(0, MOST_CALLS).optional().meta({
      description: 'The number of calls that differ, the latest; default: 100.',
    }),
  }),
  answers: { 200: { description: 'What it has found since it was started.', schema: Found } },
  example: {
    query: { limit: '1' },
    answer: ok({
      calls: 12,
      differing: 1,
      skipped: { 'it, or its reply, is too large': 1 },
      operations: [{ operation: 'Account.isEntitled', calls: 12, differing: 1 }],
      places: [
        {
          operation: 'Account.isEntitled',
          kind: 'value' as const,
          path: 'entitled',
          count: 1,
          example: { soapId: '7d1f3b59', expected: '1', actual: '0' },
        },
      ],
      differences: [
        {
          at: '2026-01-31T23:00:00.000Z',
          operation: 'Account.isEntitled',
          version: '22.0',
          soapId: '7d1f3b59',
          differences: [{ kind: 'value' as const, path: 'entitled', expected: '1', actual: '0' }],
          more: false,
        },
      ],
    }),
  },
  refusals: [404],
  refusalExamples: { 404: NOTHING },
  access: 'read',
  handle: (): Promise<never> => Promise.reject(notFound(NOTHING)),
});

/** In the order in which they are listed. */
export const DIFF_ROUTES: readonly ControlRoute[] = [getFindings];
