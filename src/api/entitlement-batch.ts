/** POST /v1/entitlements:batch: grants, revokes and extends, line by line. */
import { z } from 'zod';
import { queryBoolean } from '../rest/fields';
import { ChangeHeaders } from './answer-once';
import { carryOutLines, type BatchOptions } from './batch';
import { BatchLine, BatchResult } from './batch-lines';
import { type BatchContext, defineRoute } from './context';
import { START, USER_ID } from './examples';

export const changeEntitlements = defineRoute({
  method: 'post',
  path: '/entitlements:batch',
  name: 'changeEntitlements',
  summary: 'Grant, revoke and extend entitlements, a line each',
  description:
    'Lines of JSON (NDJSON) in, up to 100,000, and a line of JSON out for each, in their order, while more is sent: ' +
    'read the results while you send. A line that is refused changes nothing, and no other line. Lines are kept some ' +
    'hundred at a time: where the connection ends early, those with a result are done, and perhaps a few more. Send all ' +
    'of it again with the same Idempotency-Key: each line gets the result that it had, and nothing is done twice. After ' +
    'a result of 503 no line is read.',
  tag: 'Entitlements',
  query: z.object({
    dryRun: queryBoolean.optional().meta({
      description: 'true: nothing is changed, and the results say what would be.',
    }),
  }),
  headers: ChangeHeaders,
  body: BatchLine,
  answers: {
    200: {
      description: 'A result for each line that is not empty.',
      schema: BatchResult,
      written: 'lines',
    },
  },
  example: {
    query: { dryRun: 'false' },
    body: {
      action: 'grant',
      merchantAccountId: 'xyz123',
      merchantEntitlementId: 'news',
      endTimestamp: '2027-01-01T00:00:00Z',
      note: 'ticket 7',
    },
    answer: {
      status: 200,
      body: {
        line: 1,
        status: 200,
        VID: USER_ID,
        merchantAccountId: 'xyz123',
        merchantEntitlementId: 'news',
        startTimestamp: START,
        endTimestamp: '2027-01-01T00:00:00.000Z',
        active: true,
      },
    },
  },
  access: 'batch',
  handle: (call) => {
    const { query, headers } = call.input;
    const options = { dryRun: query.dryRun === true, key: headers['idempotency-key'] };
    return Promise.resolve({ status: 200, pieces: write(call, options) } as const);
  },
});

/** The results as text. */
async function* write(context: BatchContext, options: BatchOptions): AsyncGenerator<string> {
  for await (const done of carryOutLines(context, options)) {
    yield done.map(({ result }) => `${JSON.stringify(result)}\n`).join('');
  }
}
