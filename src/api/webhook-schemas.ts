/** What webhooks and the messages to them look like in requests and answers. */
import { z } from 'zod';
import { toIso } from '../base/iso';
import { EVENT_TYPES } from '../feed/schema';
import { momentOutput } from '../rest/fields';
import { nextPage } from '../rest/paging';
import type { Reader } from '../store/store';
import { type Attempt, type Delivery, DELIVERY_STATES, type Endpoint } from '../store/webhooks';
import { unknownEndpoint } from '../webhooks/endpoints';
import { standardSettings } from '../webhooks/webhooks';
import { CREATED } from './examples';
import { idInput } from './schemas';

export const urlInput = z
  .string()
  .min(1, 'must not be empty')
  .max(2000)
  .meta({
    description:
      'Where messages are sent: https. Private addresses and http are for webhooks of the command line, or ' +
      '`LATCHKEY_WEBHOOK_PRIVATE=allow`.',
    example: 'https://shop.example.com/hooks',
  });

export const typesInput = z
  .array(z.enum(EVENT_TYPES as [string, ...string[]]))
  .min(1)
  .max(EVENT_TYPES.length)
  .meta({ description: 'The types of events that are wanted.' });

export const descriptionInput = z
  .string()
  .max(500)
  .meta({ description: 'What it is for, for people.' });

export const Webhook = z
  .object({
    id: z.string(),
    url: z.string(),
    types: z.array(z.string()).optional().meta({ description: 'Absent: all.' }),
    description: z.string().optional(),
    state: z.enum(['enabled', 'failing', 'disabled']).meta({
      description: 'failing: the last attempt failed, and others follow.',
    }),
    createdAt: momentOutput,
    createdBy: z.string(),
    last: z.int().meta({
      description: 'The number of the last event of which messages were made.',
    }),
    waiting: z.int().meta({ description: 'The messages that wait: made, and not delivered yet.' }),
    failingSince: momentOutput.optional(),
    pausedUntil: momentOutput.optional().meta({ description: 'It asked for a pause until then.' }),
    disabledAt: momentOutput.optional(),
    disabledReason: z.string().optional(),
  })
  .meta({ id: 'Webhook' });

export const secretOutput = z.string().optional().meta({
  description:
    'Signs its messages: `whsec_…`. It is shown once: a repeat with the same Idempotency-Key is answered without it.',
});

export const Message = z
  .object({
    id: z.string(),
    messageId: z.string().meta({ description: 'The header `webhook-id`: the id of the event.' }),
    type: z.string(),
    sequence: z.int().optional().meta({ description: 'The number of the event. Absent: a test.' }),
    status: z.enum(DELIVERY_STATES),
    attempts: z.int(),
    createdAt: momentOutput,
    nextAttemptAt: momentOutput.optional().meta({
      description: 'Absent: there is none, or another of the account comes first.',
    }),
    endedAt: momentOutput.optional().meta({ description: 'When it was delivered or given up.' }),
  })
  .meta({ id: 'WebhookMessage' });

export const MessagePage = z
  .object({ deliveries: z.array(Message), next_page: nextPage })
  .meta({ id: 'WebhookMessagePage' });

export const WholeMessage = Message.extend({
  log: z
    .array(
      z.object({
        number: z.int(),
        at: momentOutput,
        milliseconds: z.int().meta({ description: 'How long it took.' }),
        status: z.int().optional().meta({ description: 'Absent: there was no answer.' }),
        failure: z.string().optional().meta({ description: 'Absent: it succeeded.' }),
        answer: z.string().optional().meta({ description: "The answer's first 1,024 bytes." }),
      }),
    )
    .meta({ description: 'Every attempt, the first first.' }),
}).meta({ id: 'WholeWebhookMessage' });

/** The path of a webhook. */
export const WebhookParams = z.object({ webhookId: idInput('The id of the webhook.') });

/** The webhook of the examples, and its secret. */
export const WEBHOOK_ID = '5b3907c2e4a6881b3d5f7092a4c6e8f01f0c7d1f';
export const EXAMPLE_SECRET = 'whsec_MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1ub3BxcnN0dXY=';
export const EXAMPLE_WEBHOOK: z.input<typeof Webhook> = {
  id: WEBHOOK_ID,
  url: 'https://shop.example.com/hooks',
  types: ['entitlement.granted', 'entitlement.revoked'],
  state: 'enabled',
  createdAt: CREATED,
  createdBy: 'office',
  last: 7,
  waiting: 0,
};
export const UNKNOWN_WEBHOOK = { 404: unknownEndpoint('webhook', WEBHOOK_ID).message };

/** A webhook as answers show it: without its secrets. */
export async function presentWebhook(
  { webhooks }: Pick<Reader, 'webhooks'>,
  endpoint: Endpoint,
): Promise<z.input<typeof Webhook>> {
  const { endpointId: id, url, createdAt, createdBy, cursor: last } = endpoint;
  const { failingSince, notBefore, disabledAt, disabledReason } = endpoint;
  const { types, description } = standardSettings(endpoint);
  return {
    id,
    url,
    types: types && [...types],
    description,
    state: disabledAt !== undefined ? 'disabled' : failingSince ? 'failing' : 'enabled',
    createdAt: toIso(createdAt),
    createdBy,
    last,
    waiting: await webhooks.countWaiting(endpoint.id),
    failingSince: toIso(failingSince),
    pausedUntil: toIso(notBefore),
    disabledAt: toIso(disabledAt),
    disabledReason,
  };
}

/** A message as answers show it: without its text, which the feed has. */
export function presentMessage(delivery: Delivery): z.input<typeof Message> {
  const { id, messageId, event: type, sequence, state: status, attempts } = delivery;
  return {
    id: String(id),
    messageId,
    type,
    sequence: sequence === 0 ? undefined : sequence,
    status,
    attempts,
    createdAt: toIso(delivery.madeAt),
    nextAttemptAt: toIso(delivery.dueAt),
    endedAt: toIso(delivery.endedAt),
  };
}

/** The same with its attempts. */
export function presentWhole(
  delivery: Delivery,
  attempts: readonly Attempt[],
): z.input<typeof WholeMessage> {
  const log = attempts.map(({ number, at, duration, status, failure, answer }) => ({
    number,
    at: toIso(at),
    milliseconds: duration,
    status,
    failure,
    answer,
  }));
  return { ...presentMessage(delivery), log };
}
