/** What is expected of a request, as schemas. Apart from what matches, for they take long to load. */
import { z } from 'zod';

const scalar = z.union([z.string().max(1000), z.number(), z.boolean()]);

/** The fields of what is expected of a request. */
export const EXPECTATION = {
  api: z.enum(['soap', 'rest']).optional().meta({ description: 'Absent: either.' }),
  operation: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .meta({
      description:
        'With its class or without, and `*` for any text: `Account.revokeEntitlement`, `revokeEntitlement`, `Account.*`; of ' +
        'REST the operationId, `revokeOrder`. Absent: every one.',
    }),
};

/** Values by their paths. */
export const fieldsInput = z
  .record(z.string().min(1).max(500), scalar)
  .optional()
  .meta({
    description:
      'Values that fields of the request have, by path: `{"account.merchantAccountId": "xyz123"}`; `[0]` chooses one of a ' +
      'list, and `*` in a value stands for any text.',
  });

/** The fields of an expectation in a body. */
export const WANTED = { ...EXPECTATION, fields: fieldsInput };

/** An expectation, for examples. */
export const EXPECTED = {
  operation: 'revokeEntitlement',
  fields: { 'account.merchantAccountId': 'xyz123' },
};
