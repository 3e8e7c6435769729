/** The form of a fault: the requests that it strikes, and what becomes of them. */
import { z } from 'zod';
import { EXPECTATION, fieldsInput } from './expectation';
import { NAMED_STRINGS } from './named-strings';
import { isOfReply } from './of-reply';

/** What may happen to a connection; the names are WireMock's, but for CUT_BODY. */
export const CONNECTION_FAULTS = [
  'EMPTY_RESPONSE',
  'CONNECTION_RESET_BY_PEER',
  'MALFORMED_RESPONSE_CHUNK',
  'RANDOM_DATA_THEN_CLOSE',
  'CUT_BODY',
] as const;

export type ConnectionFault = (typeof CONNECTION_FAULTS)[number];

/** The longest delay, in milliseconds. */
const MOST_DELAY = 600_000;

const milliseconds = z.number().min(0).max(MOST_DELAY);

const Delay = z.union([
  milliseconds,
  z.strictObject({ type: z.literal('fixed'), milliseconds }),
  z.strictObject({ type: z.literal('uniform'), lower: milliseconds, upper: milliseconds }),
  z.strictObject({
    type: z.literal('lognormal'),
    median: milliseconds,
    sigma: z.number().min(0).max(10),
  }),
  z.strictObject({
    type: z.literal('dribble'),
    numberOfChunks: z.int().min(1).max(1000),
    totalDuration: milliseconds,
  }),
]);

/** A pause, in milliseconds. */
export type Delay = z.output<typeof Delay>;

const SoapFaultInput = z.strictObject({
  faultcode: z.enum(['Client', 'Server']).optional().meta({ description: 'Default: Server.' }),
  faultstring: z.string().max(1000),
});

/** A fault as it is ordered. */
export const Fault = z
  .strictObject({
    ...EXPECTATION,
    match: fieldsInput,
    every: z.int().min(1).max(1_000_000).optional().meta({
      description: 'Of the requests that match, every which one; absent: each.',
    }),
    returnCode: z.int().min(100).max(999).optional().meta({
      description: 'Of REST, the status. Default: 500, or that of a named string.',
    }),
    returnString: z.string().max(1000).optional().meta({
      description:
        'A text, or the name of one: `revokeEntitlement.notSaved`. GET /fault-strings lists the names.',
    }),
    status: z.int().min(200).max(599).optional().meta({
      description: 'Of HTTP, with its name as the body.',
    }),
    fault: z
      .union([z.enum(CONNECTION_FAULTS), SoapFaultInput])
      .optional()
      .meta({
        description: 'What happens to the connection, or a SOAP Fault.',
      }),
    delay: Delay.optional().meta({
      description:
        'A pause in milliseconds: fixed, uniform or lognormal; dribble: the reply in pieces.',
    }),
    when: z
      .enum(['before', 'after'])
      .optional()
      .meta({
        description:
          'before: the call is not carried out, but for a delay alone. after: it is, and kept, and then the fault strikes. ' +
          'Default: before; of CUT_BODY and dribble, which need a reply, after.',
      }),
    times: z.int().min(1).max(1_000_000).optional().meta({ description: 'How often it strikes.' }),
    probability: z.number().min(0).max(1).optional().meta({ description: 'Default: 1.' }),
    seed: z
      .int()
      .min(0)
      .max(2 ** 32 - 1)
      .optional()
      .meta({
        description: 'What the random numbers begin from; default: 1.',
      }),
    ttlSeconds: z.number().min(0.001).max(86_400).optional().meta({
      description: 'How long it is there, by the machine.',
    }),
  })
  .check((context) => {
    const problem = problemOf(context.value);
    if (problem === undefined) return;
    const [field, message] = problem;
    context.issues.push({ code: 'custom', input: context.value, path: [field], message });
  })
  .meta({ id: 'Fault' });

export type Fault = z.output<typeof Fault>;

type Fields = Omit<Fault, 'api' | 'operation'>;

function problemOf(given: Fields): readonly [field: string, message: string] | undefined {
  const { returnCode, returnString, status, fault, delay, when } = given;
  const isReturn = returnCode !== undefined || returnString !== undefined;
  const effects = [isReturn, status !== undefined, fault !== undefined].filter(Boolean);
  if (effects.length === 0 && delay === undefined) {
    return ['fault', 'is missing: give returnCode or returnString, status, fault or delay'];
  }
  if (effects.length > 1) {
    return ['fault', 'must be one of: returnCode with returnString, status, fault'];
  }
  if (when === 'before' && isOfReply(given)) {
    return ['when', 'must be after: only a reply can be cut or dribble'];
  }
  if (typeof delay === 'object' && delay.type === 'uniform' && delay.lower > delay.upper) {
    return ['delay', 'must have lower not above upper'];
  }
  if (returnString !== undefined && /^(revoke|grant)Entitlement\./.test(returnString)) {
    if (!NAMED_STRINGS.has(returnString)) {
      return ['returnString', 'must be a text, or a name that GET /fault-strings lists'];
    }
  }
  return undefined;
}
