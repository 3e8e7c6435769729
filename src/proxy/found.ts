/** What `GET /_latchkey/diff` answers, as a schema: the one source of its types and of its place in OpenAPI documents. */
import { z } from 'zod';
import { KINDS } from '../comparison/difference';

const count = z.int().min(0);
const text = z.string().optional();
const operation = z.string().meta({ description: '`Account.isEntitled`' });
const soapId = z.string().optional().meta({ description: "The upstream's." });

const DifferenceFound = z
  .object({
    kind: z.enum(KINDS),
    path: z.string().meta({
      description:
        '`account.entitlements[0].endTimestamp`, counted from 0 in the upstream’s reply; empty: the reply as such.',
    }),
    expected: text.meta({ description: 'In the upstream’s reply; cut.' }),
    actual: text.meta({ description: 'In the reply from here; cut.' }),
  })
  .meta({ id: 'Difference' });

/** A call whose replies differ. */
export const DifferingCall = z
  .object({
    at: z.string().meta({ description: 'ISO 8601, UTC.' }),
    operation,
    version: z.string(),
    soapId,
    differences: z.array(DifferenceFound),
    more: z.boolean().meta({ description: 'Whether there are more of them.' }),
  })
  .meta({ id: 'DifferingCall' });

/** A kind of difference at one place, in any number of calls. */
export const FoundPlace = z
  .object({
    operation,
    kind: z.enum(KINDS),
    path: z.string().meta({ description: 'Without numbers.' }),
    count,
    example: z
      .object({ soapId, expected: text, actual: text })
      .meta({ description: 'The first one.' }),
  })
  .meta({ id: 'FoundPlace' });

/** The counts of one operation. */
export const FoundOperation = z
  .object({ operation, calls: count, differing: count })
  .meta({ id: 'FoundOperation' });

/** Everything that is known. */
export const Found = z
  .object({
    calls: count.meta({ description: 'That were compared.' }),
    differing: count,
    skipped: z.record(z.string(), count).meta({
      description: 'Calls that were not compared, by the reason.',
    }),
    operations: z.array(FoundOperation),
    places: z.array(FoundPlace).meta({ description: 'The most frequent first.' }),
    differences: z.array(DifferingCall).meta({ description: 'The latest first.' }),
  })
  .meta({ id: 'Found' });

export type DifferingCall = z.infer<typeof DifferingCall>;
export type FoundPlace = z.infer<typeof FoundPlace>;
export type FoundOperation = z.infer<typeof FoundOperation>;
export type Found = z.infer<typeof Found>;
