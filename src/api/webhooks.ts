/** Webhooks: signed messages about what the feed has. Decided: docs/decisions/webhooks.md */
import { z } from 'zod';
import { ok } from '../rest/ok';
import { requireEndpoint } from '../webhooks/endpoints';
import { addWebhook, changeWebhook } from '../webhooks/webhooks';
import { answerOnce, ChangeHeaders } from './answer-once';
import { type ApiRoute, defineRoute } from './context';
import { WEBHOOK_ACTIONS } from './webhook-actions';
import { WEBHOOK_MESSAGE_ROUTES } from './webhook-messages';
import {
  descriptionInput,
  EXAMPLE_SECRET,
  EXAMPLE_WEBHOOK,
  presentWebhook,
  secretOutput,
  typesInput,
  UNKNOWN_WEBHOOK,
  urlInput,
  Webhook,
  WEBHOOK_ID,
  WebhookParams,
} from './webhook-schemas';

const tag = 'Webhooks';
const params = { webhookId: WEBHOOK_ID };
const refusals = [404, 422] as const;
const WEBHOOK = { 200: { description: 'The webhook.', schema: Webhook } };

const list = defineRoute({
  method: 'get',
  path: '/webhooks',
  name: 'listWebhooks',
  summary: 'List the webhooks, in the order in which they were made',
  tag,
  answers: {
    200: {
      description: 'All of them.',
      schema: z.object({ webhooks: z.array(Webhook) }).meta({ id: 'Webhooks' }),
    },
  },
  example: { answer: ok({ webhooks: [EXAMPLE_WEBHOOK] }) },
  access: 'read',
  handle: async ({ unit }) => {
    const found = await unit.webhooks.list('webhook');
    return ok({ webhooks: await Promise.all(found.map((one) => presentWebhook(unit, one))) });
  },
});

const get = defineRoute({
  method: 'get',
  path: '/webhooks/{webhookId}',
  name: 'getWebhook',
  summary: 'Get a webhook',
  tag,
  params: WebhookParams,
  answers: WEBHOOK,
  example: { params, answer: ok(EXAMPLE_WEBHOOK) },
  refusals: [404],
  refusalExamples: UNKNOWN_WEBHOOK,
  access: 'read',
  handle: async ({ unit, input }) =>
    ok(await presentWebhook(unit, await requireEndpoint(unit, 'webhook', input.params.webhookId))),
});

const NewWebhook = Webhook.extend({ secret: secretOutput }).meta({ id: 'NewWebhook' });

const add = defineRoute({
  method: 'post',
  path: '/webhooks',
  name: 'addWebhook',
  summary: 'Have events sent to a URL, from now on',
  description:
    'Each event of the feed is sent as JSON, signed as [Standard Webhooks](https://www.standardwebhooks.com) has it: in ' +
    'order for each account, at least once.',
  tag,
  headers: ChangeHeaders,
  body: z.object({
    url: urlInput,
    types: typesInput.optional(),
    description: descriptionInput.optional(),
  }),
  answers: { 200: { description: 'The webhook, and its secret.', schema: NewWebhook } },
  example: {
    body: { url: EXAMPLE_WEBHOOK.url, types: ['entitlement.granted', 'entitlement.revoked'] },
    answer: ok({ ...EXAMPLE_WEBHOOK, secret: EXAMPLE_SECRET }),
  },
  refusals: [409, 422],
  refusalExamples: { 409: 'There are 100 already, and no more are possible: remove some.' },
  access: 'write',
  scope: 'admin',
  handle: (call) => {
    const { unit, work, input, webhookPrivate } = call;
    const make = async () => {
      const made = await addWebhook(unit, work, { ...input.body, private: webhookPrivate });
      return { ...(await presentWebhook(unit, made.endpoint)), secret: made.secret };
    };
    return answerOnce<z.input<typeof NewWebhook>>(call, 'add-webhook', make, {
      toKept: (made) => ({ ...made, secret: undefined }),
      changed: ({ id }) => ({ webhook: id }),
    });
  },
});

const change = defineRoute({
  method: 'patch',
  path: '/webhooks/{webhookId}',
  name: 'changeWebhook',
  summary: 'Change a webhook, disable or enable it',
  description:
    'A field that is absent stays. Enabled again, it gets what waits at once, then all that happened meanwhile.',
  tag,
  params: WebhookParams,
  headers: ChangeHeaders,
  body: z
    .object({
      url: urlInput.optional(),
      types: typesInput.nullable().optional().meta({ description: 'Null: all.' }),
      description: descriptionInput.nullable().optional(),
      disabled: z.boolean().optional(),
    })
    .refine((body) => Object.values(body).some((value) => value !== undefined), {
      error: 'must have url, types, description or disabled',
    }),
  answers: WEBHOOK,
  example: {
    params,
    body: { description: 'The shop' },
    answer: ok({ ...EXAMPLE_WEBHOOK, description: 'The shop' }),
  },
  refusals,
  refusalExamples: UNKNOWN_WEBHOOK,
  access: 'write',
  scope: 'admin',
  handle: (call) => {
    const { unit, work, input, webhookPrivate } = call;
    const { webhookId } = input.params;
    const act = async () => {
      const endpoint = await requireEndpoint(unit, 'webhook', webhookId);
      const changes = { ...input.body, private: webhookPrivate };
      return presentWebhook(unit, await changeWebhook(unit, work, endpoint, changes));
    };
    return answerOnce(call, 'change-webhook', act, { changed: () => ({ webhook: webhookId }) });
  },
});

const remove = defineRoute({
  method: 'delete',
  path: '/webhooks/{webhookId}',
  name: 'removeWebhook',
  summary: 'Remove a webhook with its secret, messages and attempts',
  tag,
  params: WebhookParams,
  headers: ChangeHeaders,
  answers: {
    200: { description: 'It is removed.', schema: z.object({ id: z.string() }) },
  },
  example: { params, answer: ok({ id: WEBHOOK_ID }) },
  refusals,
  refusalExamples: UNKNOWN_WEBHOOK,
  access: 'write',
  scope: 'admin',
  handle: (call) => {
    const { unit, input } = call;
    const { webhookId } = input.params;
    const act = async () => {
      const endpoint = await requireEndpoint(unit, 'webhook', webhookId);
      await unit.webhooks.delete(endpoint.id);
      return { id: webhookId };
    };
    return answerOnce(call, 'remove-webhook', act, { changed: () => ({ webhook: webhookId }) });
  },
});

/** In the order in which they are listed. */
export const WEBHOOK_ROUTES: readonly ApiRoute[] = [
  list,
  add,
  get,
  change,
  remove,
  ...WEBHOOK_ACTIONS,
  ...WEBHOOK_MESSAGE_ROUTES,
];
