/**
 * What an event of the feed looks like: the one source of the types, the OpenAPI document and the checks in tests.
 * Decided: docs/decisions/feed.md
 */
import { z } from 'zod';
import { ORDER_STATES } from '../entitlements/order-access';
import { STANDINGS } from '../entitlements/subscription';
import { RECORDED_TYPES, type RecordedType } from '../store/events';
import { ENDPOINT_KINDS } from '../store/webhooks';

/** The events of entitlements: lines of the ledger. */
const ENTITLEMENT_TYPES = [
  'entitlement.granted',
  'entitlement.extended',
  'entitlement.revoked',
  'entitlement.started',
  'entitlement.expired',
  'entitlement.changed',
] as const;

export type EventType = (typeof ENTITLEMENT_TYPES)[number] | RecordedType;

/** Every type there is. */
export const EVENT_TYPES: readonly EventType[] = [...ENTITLEMENT_TYPES, ...RECORDED_TYPES];

const moment = z.iso.datetime().meta({ description: 'A moment: ISO 8601, in UTC.' });

const AccountIds = z.object({
  VID: z.string(),
  merchantAccountId: z.string().optional(),
});

const named = (description: string) =>
  z.object({ VID: z.string(), id: z.string().optional() }).meta({ description });

const State = z.object({
  start: moment,
  end: moment.optional().meta({ description: 'Absent: without end.' }),
  description: z.string().optional(),
});

const Source = z
  .object({
    type: z.enum(['Account', 'AutoBill', 'Order']),
    orderId: z.string().optional(),
    autoBill: named('The AutoBill, by its VID and merchantAutoBillId.').optional(),
    billingPlan: named('The plan of an AutoBill, where that gives it.').optional(),
    item: named('The item of an AutoBill, where its product gives it.').optional(),
    product: named('The product, where that gives it.').optional(),
  })
  .meta({ id: 'EventSource', description: 'What gives the entitlement; each source by itself.' });

const cause = {
  actor: z.string().meta({
    description: 'As in the audit: `latchkey` where time, or this server by itself, did it.',
  }),
  reason: z.string().optional(),
  note: z.string().optional(),
  soapId: z.string().optional().meta({ description: "The call's soapId or X-Request-Id." }),
};

const common = {
  account: AccountIds.meta({ id: 'EventAccount', description: 'Under its present names.' }),
  ...cause,
};

const Entitlement = z.object({
  ...common,
  entitlement: State.extend({
    merchantEntitlementId: z.string(),
    active: z.boolean().meta({ description: 'Whether it is in force after the event.' }),
  }),
  before: State.extend({ active: z.boolean() })
    .optional()
    .meta({ description: 'Absent: it was new.' }),
  source: Source,
  action: z.string().meta({ description: "The action of the ledger's line." }),
  ledgerId: z.string().meta({ description: "The number of the ledger's line." }),
});

const Order = z.object({
  ...common,
  order: z
    .object({
      orderId: z.string(),
      state: z.enum(ORDER_STATES),
      failedPayments: z.int(),
      createdAt: moment,
      offers: z.array(
        z.object({
          id: z.string(),
          name: z.string(),
          state: z.enum(ORDER_STATES),
          reason: z.string().optional(),
        }),
      ),
    })
    .optional()
    .meta({ description: 'Absent: it was erased.' }),
});

const AutoBill = z.object({
  ...common,
  autoBill: z
    .object({
      VID: z.string(),
      merchantAutoBillId: z.string().optional(),
      standing: z.enum(STANDINGS),
      stood: z.enum(STANDINGS).optional().meta({
        description: 'How it stood before the event. Absent: it is new.',
      }),
      start: moment,
      end: moment.optional(),
      cancelledAt: moment.optional(),
      retrySince: moment.optional(),
      graceUntil: moment.optional(),
      failedAt: moment.optional(),
      billingDay: z.int().meta({
        description: 'The day of the month on which it is billed.',
      }),
      billingPlan: named('By its VID and merchantBillingPlanId.'),
      items: z.array(
        z.object({
          VID: z.string(),
          id: z.string().optional(),
          product: named('By its VID and merchantProductId.'),
          from: moment,
          until: moment.optional(),
        }),
      ),
    })
    .optional()
    .meta({ description: 'Absent: it was erased.' }),
});

const Account = z.object({
  ...common,
  state: z
    .record(z.string(), z.unknown())
    .optional()
    .meta({ description: "The account's own data, by the names of SOAP. Absent: it was erased." }),
  parentMerchantAccountId: z.string().optional(),
  changed: z.array(z.string()).optional().meta({ description: 'The fields that differ.' }),
  oldEmailAddress: z
    .string()
    .optional()
    .meta({ description: 'Where the address is another now: what it was, empty for none.' }),
  from: AccountIds.optional().meta({ description: 'Of account.merged: the other account.' }),
});

const Endpoint = z.object({
  ...cause,
  endpoint: z.object({
    id: z.string(),
    kind: z.enum(ENDPOINT_KINDS),
    description: z.string().optional(),
    failingSince: moment.optional().meta({
      description: 'Since when every attempt had failed. Absent: the last one had not.',
    }),
    disabledReason: z.string().optional().meta({ description: 'Of endpoint.disabled: why.' }),
  }),
});

const DATA = {
  entitlement: Entitlement,
  order: Order,
  autobill: AutoBill,
  account: Account,
  endpoint: Endpoint,
};

function eventOf(type: EventType) {
  const [kind = ''] = type.split('.');
  return z
    .object({
      id: z.string().meta({ description: 'The same whenever the event is read.' }),
      sequence: z.int().min(1).meta({
        description: 'Counts from 1 without gaps, in the order of the commits.',
      }),
      type: z.literal(type),
      timestamp: moment,
      data: DATA[kind as keyof typeof DATA],
    })
    .meta({ id: schemaName(type) });
}

/** `entitlement.granted` → `EntitlementGrantedEvent` */
function schemaName(type: EventType): string {
  const words = type.split(/[._]/).map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return `${words.join('')}Event`;
}

const [first, ...others] = EVENT_TYPES.map(eventOf);

/** Any event; its type says which. */
export const FeedEvent = z
  .discriminatedUnion('type', [first as ReturnType<typeof eventOf>, ...others])
  .meta({ id: 'FeedEvent' });
