/**
 * What control calls take and answer, as schemas: the library for tests has its types from here, and nothing but them.
 */
import { z } from 'zod';
import { momentInput, momentOutput } from '../rest/fields';
import { DELIVERY_STATES } from '../store/webhooks';
import { durationInput } from './duration';
import { Fault } from './fault';
import { WANTED } from './expectation';

/** One thing that happened. */
export const Happened = z
  .object({
    at: momentOutput,
    account: z.string().optional().meta({
      description:
        'Its merchantAccountId; where it has none, its VID. Absent: it is about an endpoint.',
    }),
    entitlement: z.string().optional().meta({ description: 'The merchantEntitlementId.' }),
    action: z.string().meta({
      description:
        "The ledger's word (`expire`), or the feed's where it is no change of access (`autobill.ended`).",
    }),
    source: z.string().optional().meta({ description: 'What gives the entitlement.' }),
  })
  .meta({ id: 'Happened' });

/** A merchant that was made. */
export const MadeMerchant = z
  .object({
    login: z.string(),
    password: z.string(),
    apiKey: z.string().meta({ description: 'For the header X-API-KEY, of scope `admin`.' }),
    endpoint: z.string().meta({ description: 'Where SOAP requests are posted.' }),
    wsdl: z.string().meta({ description: 'The WSDL of Account, of the newest version.' }),
    control: z.string().meta({ description: 'What the calls about this merchant begin with.' }),
  })
  .meta({ id: 'MadeMerchant' });

/** A clock as it is shown. */
export const Clock = z.object({
  mode: z.enum(['running', 'frozen']),
  now: momentOutput.meta({ description: 'The moment that it shows.' }),
  system: momentOutput.meta({ description: "The machine's moment." }),
  nextDue: momentOutput.optional().meta({
    description:
      'When the next change falls due by time alone: set the clock there. Absent: none is in sight.',
  }),
});

/** An attempt to deliver a message to an endpoint. */
export const Attempted = z
  .object({
    at: momentOutput.meta({ description: "By the merchant's clock." }),
    endpoint: z.string().meta({ description: 'The id of the webhook or push subscription.' }),
    message: z.string().meta({ description: 'Its number among the messages to the endpoint.' }),
    event: z.string().meta({ description: 'What it is about: `entitlement.expired`.' }),
    attempt: z.int().meta({ description: 'Counts from 1.' }),
    status: z.int().optional().meta({ description: 'Of HTTP; absent: there was no answer.' }),
    failure: z.string().optional().meta({ description: 'Why it failed; absent: it did not.' }),
    state: z.enum(DELIVERY_STATES).meta({ description: 'What became of the message.' }),
  })
  .meta({ id: 'Attempted' });

/** The same after a change, with what happened meanwhile. */
export const MovedClock = Clock.extend({
  happened: z.array(Happened).meta({
    description: 'What fell due meanwhile, in its order; 10,000 at most.',
  }),
  total: z.int().meta({ description: 'How much that was.' }),
  deliveries: z
    .object({
      attempts: z.array(Attempted).meta({ description: 'In their order; 10,000 at most.' }),
      total: z.int().meta({ description: 'How many that were.' }),
      complete: z.boolean().meta({
        description:
          'false: receivers were waited for, 30 seconds at most. What was left is tried as soon as they answer.',
      }),
    })
    .meta({
      description: 'The messages to endpoints that fell due meanwhile, as they were tried.',
    }),
});

/** A change of a clock. */
export const ClockChange = z.object({
  action: z.enum(['freeze', 'set', 'advance', 'run', 'reset']).meta({
    description:
      'freeze: stop it, at `instant` where that is given. set: show `instant`, and go on as before. advance: move it ' +
      "on by `duration`. run: let it go on. reset: show the machine's time again, as far as no data are later.",
  }),
  instant: momentInput.optional(),
  duration: durationInput.optional(),
});

/** Data and clock after a change of both. */
export const State = z
  .object({
    rows: z.int().meta({ description: 'How many rows of the database the data have.' }),
    now: momentOutput.meta({ description: 'What the clock shows.' }),
  })
  .meta({ id: 'State' });

/** A snapshot in a list. */
export const SnapshotShown = State.extend({ name: z.string(), takenAt: momentOutput }).meta({
  id: 'Snapshot',
  description: 'takenAt is by the clock of the merchant.',
});
/** A fault, and how often it struck. */
export const OrderedFault = z
  .object({
    fault: Fault,
    matched: z.int().meta({ description: 'How many requests it was meant for.' }),
    struck: z.int().meta({ description: 'How many it struck.' }),
  })
  .meta({ id: 'OrderedFault' });

/** A request in a list. */
export const JournalRequest = z
  .object({
    id: z.string().meta({ description: 'The soapId; of REST, the X-Request-Id.' }),
    number: z.int().meta({ description: 'Counts from 1.' }),
    at: momentOutput.meta({ description: "By the merchant's clock." }),
    received: momentOutput.meta({ description: "By the machine's." }),
    api: z.enum(['soap', 'rest']),
    operation: z.string(),
    version: z.string().optional().meta({ description: "The contract's, of SOAP." }),
    fields: z.unknown().meta({ description: 'The request as JSON, without credentials.' }),
    returnCode: z.int().optional().meta({ description: 'Of REST, the status.' }),
    returnString: z.string().optional(),
    fault: Fault.optional().meta({ description: 'The fault that struck it.' }),
  })
  .meta({ id: 'JournalRequest' });

/** A request whole. */
export const WholeJournalRequest = JournalRequest.extend({
  raw: z.string().optional().meta({
    description: 'The text of a SOAP request, `***` in place of passwords and payment data.',
  }),
  reply: z
    .object({
      status: z.int(),
      body: z.string(),
      isCut: z.boolean().meta({ description: 'Whether only its beginning was kept.' }),
    })
    .optional()
    .meta({ description: 'Absent: nothing was sent.' }),
  problems: z.array(z.string()).meta({ description: 'What a strict reading objects to.' }),
  changed: z.array(Happened).meta({ description: 'What it changed, and is there still.' }),
}).meta({ id: 'WholeJournalRequest' });

/** A request that is nearly as expected. */
export const NearMiss = z.object({
  request: JournalRequest,
  differences: z.array(
    z.object({
      path: z.string(),
      expected: z.string(),
      actual: z.string().optional().meta({ description: 'Absent: it has none.' }),
    }),
  ),
  message: z.string(),
});

/** What is expected, and how often. */
export const Verification = z.object({
  ...WANTED,
  count: z.int().min(0).max(1000).optional().meta({ description: 'Exactly this number.' }),
  atLeast: z.int().min(1).max(1000).optional().meta({
    description: 'This number or more; default, where neither of the others is given: 1.',
  }),
  never: z.literal(true).optional().meta({ description: 'None.' }),
  within: durationInput.optional().meta({
    description: "Only those of the last so long, by the machine's time: `PT10S`.",
  }),
});

/** Whether it is so. */
export const Verified = z.object({ verified: z.boolean(), count: z.int(), message: z.string() });
