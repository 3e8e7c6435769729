/** What subscriptions to push notifications, and messages that failed, look like in requests and answers. */
import { z } from 'zod';
import { PUSH_CLASSES } from '../push/classes';
import { PUSH_FORMATS } from '../push/request';
import { INTERVAL, LONGEST, RETRIES } from '../push/subscriptions';
import { momentOutput } from '../rest/fields';
import { DELIVERY_STATES } from '../store/webhooks';
import { unknownEndpoint } from '../webhooks/endpoints';
import { CREATED } from './examples';
import { idInput } from './schemas';

const text = z.string().min(1, 'must not be empty').max(LONGEST);

/** What may be given of a subscription, new or not. */
export const values = {
  format: z.enum(PUSH_FORMATS).meta({
    description:
      'json: the message as it is, its signature in a header. form: both as fields of a form.',
  }),
  skip: z
    .array(z.string())
    .max(10)
    .meta({ description: 'Events of the class that are not wanted.' }),
  coalesce: z.boolean().meta({
    description:
      'Of several sources of one entitlement id, send the first start and the last stop only.',
  }),
  retries: z.int().min(RETRIES.least).max(RETRIES.most).meta({
    description: 'How often a message that failed is sent again.',
  }),
  interval: z.int().min(INTERVAL.least).max(INTERVAL.most).meta({
    description: 'Seconds between two attempts.',
  }),
};

export const urlInput = z
  .string()
  .min(1, 'must not be empty')
  .max(2000)
  .meta({
    description:
      'Where messages are sent: https. Private addresses and http are for subscriptions of the command line, or ' +
      '`LATCHKEY_WEBHOOK_PRIVATE=allow`.',
    example: 'https://shop.example.com/push',
  });
export const classInput = z.enum(PUSH_CLASSES as [string, ...string[]]);
export const basicInput = z
  .object({ user: text, password: text })
  .meta({ description: 'User and password of HTTP Basic. The password is never shown.' });
export const emailInput = text.meta({
  description: 'An address for errors: it is kept and shown, and nothing is sent to it.',
});
export const keyInput = text.meta({
  description: 'The key that the receiver knows already. Absent: one of 40 characters is made.',
});

export const Subscription = z
  .object({
    id: z.string(),
    class: classInput,
    url: z.string(),
    ...values,
    basicUser: z.string().optional(),
    email: z.string().optional(),
    createdAt: momentOutput,
    createdBy: z.string(),
    failingSince: momentOutput.optional().meta({
      description: 'Since when every attempt has failed. Absent: the last one succeeded.',
    }),
  })
  .meta({ id: 'PushSubscription' });

export const Params = z.object({ subscriptionId: idInput('The id of the subscription.') });

export const PushMessage = z
  .object({
    id: z.string(),
    messageId: z.string().meta({ description: 'The `message_id` of its header.' }),
    event: z.string().meta({ description: 'Class and event: `entitlement/start`.' }),
    state: z.enum(DELIVERY_STATES),
    attempts: z.int(),
    madeAt: momentOutput,
    endedAt: momentOutput.optional(),
  })
  .meta({ id: 'PushMessage' });

/** The subscription of the examples. */
export const SUBSCRIPTION_ID = '5b3907c2e4a6881b3d5f7092a4c6e8f01f0c7d1f';
export const EXAMPLE: z.input<typeof Subscription> = {
  id: SUBSCRIPTION_ID,
  class: 'entitlement',
  url: 'https://shop.example.com/push',
  format: 'json',
  skip: [],
  coalesce: false,
  retries: 5,
  interval: 60,
  createdAt: CREATED,
  createdBy: 'office',
};
export const UNKNOWN = { 404: unknownEndpoint('push', SUBSCRIPTION_ID).message };
