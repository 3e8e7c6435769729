/** What is done with a webhook beside changing it: a new secret, a test, all once more. */
import { z } from 'zod';
import { toIso } from '../base/iso';
import { invalid } from '../base/refusal';
import { momentInput, momentOutput } from '../rest/fields';
import { ok } from '../rest/ok';
import {
  lastBefore,
  replay as replayFrom,
  requireEndpoint,
  testEndpoint,
} from '../webhooks/endpoints';
import { STANDARD } from '../webhooks/standard';
import { rotateSecret } from '../webhooks/webhooks';
import { answerOnce, ChangeHeaders } from './answer-once';
import { type ApiRoute, defineRoute } from './context';
import { CREATED } from './examples';
import {
  EXAMPLE_SECRET,
  EXAMPLE_WEBHOOK,
  Message,
  presentMessage,
  presentWebhook,
  secretOutput,
  UNKNOWN_WEBHOOK,
  Webhook,
  WEBHOOK_ID,
  WebhookParams,
} from './webhook-schemas';

const tag = 'Webhooks';
const params = { webhookId: WEBHOOK_ID };
const refusals = [404, 422] as const;
const WEBHOOK = { 200: { description: 'The webhook.', schema: Webhook } };

const Rotated = z
  .object({
    id: z.string(),
    secret: secretOutput,
    formerSecretUntil: momentOutput.meta({
      description: 'Until then the former secret signs beside the new one.',
    }),
  })
  .meta({ id: 'RotatedWebhook' });

const rotate = defineRoute({
  method: 'post',
  path: '/webhooks/{webhookId}/rotate',
  name: 'rotateWebhook',
  summary: 'Give a webhook a new secret; the former one signs beside it for 24 hours',
  tag,
  params: WebhookParams,
  headers: ChangeHeaders,
  answers: { 200: { description: 'The new secret.', schema: Rotated } },
  example: {
    params,
    answer: ok({
      id: WEBHOOK_ID,
      secret: EXAMPLE_SECRET,
      formerSecretUntil: '2026-02-01T23:00:00.000Z',
    }),
  },
  refusals,
  refusalExamples: UNKNOWN_WEBHOOK,
  access: 'write',
  scope: 'admin',
  handle: (call) => {
    const { unit, work, input } = call;
    const { webhookId } = input.params;
    const act = async () => {
      const endpoint = await requireEndpoint(unit, 'webhook', webhookId);
      const { secret, until } = await rotateSecret(unit, work, endpoint);
      return { id: webhookId, secret, formerSecretUntil: toIso(until) };
    };
    return answerOnce<z.input<typeof Rotated>>(call, 'rotate-webhook', act, {
      toKept: (made) => ({ ...made, secret: undefined }),
      changed: () => ({ webhook: webhookId }),
    });
  },
});

const test = defineRoute({
  method: 'post',
  path: '/webhooks/{webhookId}/test',
  name: 'testWebhook',
  summary: 'Send a message of the type webhook.test',
  description: 'It is sent in the background: `getWebhookMessage` shows what came of it.',
  tag,
  params: WebhookParams,
  headers: ChangeHeaders,
  answers: { 200: { description: 'The message.', schema: Message } },
  example: {
    params,
    answer: ok({
      id: '1',
      messageId: '7092a4c6e8f01f0c7d1f5b3907c2e4a6881b3d5f',
      type: 'webhook.test',
      status: 'waiting' as const,
      attempts: 0,
      createdAt: CREATED,
      nextAttemptAt: CREATED,
    }),
  },
  refusals: [404, 409, 422],
  refusalExamples: { ...UNKNOWN_WEBHOOK, 409: 'The webhook is disabled: enable it first.' },
  access: 'write',
  scope: 'admin',
  handle: (call) => {
    const { unit, work, input, merchant } = call;
    const { webhookId } = input.params;
    const act = async () => {
      const endpoint = await requireEndpoint(unit, 'webhook', webhookId);
      const about = { format: STANDARD, login: merchant.login };
      return presentMessage(await testEndpoint(unit, work, endpoint, about));
    };
    return answerOnce(call, 'test-webhook', act, { changed: () => ({ webhook: webhookId }) });
  },
});

const replay = defineRoute({
  method: 'post',
  path: '/webhooks/{webhookId}/replay',
  name: 'replayWebhook',
  summary: 'Send all that happened since an event or a moment once more',
  description: 'The ids are the same as the first time, so that a receiver recognizes repeats.',
  tag,
  params: WebhookParams,
  headers: ChangeHeaders,
  body: z.object({
    after: z.int().min(0).optional().meta({
      description: 'The number of an event: those after it. 0: all there ever were.',
    }),
    since: momentInput.optional(),
  }),
  answers: WEBHOOK,
  example: { params, body: { after: 3 }, answer: ok({ ...EXAMPLE_WEBHOOK, last: 3 }) },
  refusals: [404, 409, 422],
  refusalExamples: { ...UNKNOWN_WEBHOOK, 409: 'after is 30, but the last event is 7.' },
  access: 'write',
  scope: 'admin',
  handle: (call) => {
    const { unit, input } = call;
    const { webhookId } = input.params;
    const { after, since } = input.body;
    const act = async () => {
      if ((after === undefined) === (since === undefined)) {
        throw invalid('Give either after or since.');
      }
      const endpoint = await requireEndpoint(unit, 'webhook', webhookId);
      const from = after ?? (await lastBefore(unit, since ?? 0));
      return presentWebhook(unit, await replayFrom(unit, endpoint, from));
    };
    return answerOnce(call, 'replay-webhook', act, { changed: () => ({ webhook: webhookId }) });
  },
});

/** In the order in which they are listed. */
export const WEBHOOK_ACTIONS: readonly ApiRoute[] = [rotate, test, replay];
