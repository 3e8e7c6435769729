/** Subscriptions to CashBox's push notifications. Decided: docs/decisions/push.md */
import { z } from 'zod';
import { presentSubscription } from '../push/present';
import { addSubscription, changeSubscription } from '../push/subscriptions';
import { ok } from '../rest/ok';
import { requireEndpoint } from '../webhooks/endpoints';
import { answerOnce, ChangeHeaders } from './answer-once';
import { type ApiRoute, defineRoute } from './context';
import { PUSH_MESSAGE_ROUTES } from './push-messages';
import {
  basicInput,
  classInput,
  emailInput,
  EXAMPLE,
  keyInput,
  Params,
  Subscription,
  SUBSCRIPTION_ID,
  UNKNOWN,
  urlInput,
  values,
} from './push-schemas';

const tag = 'Push';
const params = { subscriptionId: SUBSCRIPTION_ID };
const SUBSCRIPTION = { 200: { description: 'The subscription.', schema: Subscription } };

const list = defineRoute({
  method: 'get',
  path: '/push',
  name: 'listPushSubscriptions',
  summary: 'List the subscriptions to push notifications, in the order in which they were made',
  tag,
  answers: {
    200: {
      description: 'All of them.',
      schema: z.object({ subscriptions: z.array(Subscription) }).meta({ id: 'PushSubscriptions' }),
    },
  },
  example: { answer: ok({ subscriptions: [EXAMPLE] }) },
  access: 'read',
  handle: async ({ unit }) =>
    ok({ subscriptions: (await unit.webhooks.list('push')).map(presentSubscription) }),
});

const get = defineRoute({
  method: 'get',
  path: '/push/{subscriptionId}',
  name: 'getPushSubscription',
  summary: 'Get a subscription to push notifications',
  tag,
  params: Params,
  answers: SUBSCRIPTION,
  example: { params, answer: ok(EXAMPLE) },
  refusals: [404],
  refusalExamples: UNKNOWN,
  access: 'read',
  handle: async ({ unit, input }) =>
    ok(presentSubscription(await requireEndpoint(unit, 'push', input.params.subscriptionId))),
});

const NewSubscription = Subscription.extend({
  key: z.string().optional().meta({
    description:
      'Signs its messages. It is shown once: a repeat with the same Idempotency-Key is answered without it.',
  }),
}).meta({ id: 'NewPushSubscription' });

const add = defineRoute({
  method: 'post',
  path: '/push',
  name: 'addPushSubscription',
  summary: "Have the messages of one of CashBox's classes sent to a URL, from now on",
  description: 'As CashBox sent them: docs/push.md describes messages, signatures and retries.',
  tag,
  headers: ChangeHeaders,
  body: z.object({
    class: classInput,
    url: urlInput,
    ...z.object(values).partial().shape,
    basic: basicInput.optional(),
    email: emailInput.optional(),
    key: keyInput.optional(),
  }),
  answers: { 200: { description: 'The subscription, and its key.', schema: NewSubscription } },
  example: {
    body: { class: 'entitlement', url: EXAMPLE.url },
    answer: ok({ ...EXAMPLE, key: '0123456789abcdefghijklmnopqrstuvwxyzABCD' }),
  },
  refusals: [409, 422],
  refusalExamples: { 409: 'There are 100 already, and no more are possible: remove some.' },
  access: 'write',
  scope: 'admin',
  handle: (call) => {
    const { unit, work, input, webhookPrivate } = call;
    const make = async () => {
      const asked = { ...input.body, private: webhookPrivate };
      const { endpoint, key } = await addSubscription(unit, work, asked);
      return { ...presentSubscription(endpoint), key };
    };
    return answerOnce<z.input<typeof NewSubscription>>(call, 'add-push', make, {
      toKept: (made) => ({ ...made, key: undefined }),
      changed: ({ id }) => ({ push: id }),
    });
  },
});

const change = defineRoute({
  method: 'patch',
  path: '/push/{subscriptionId}',
  name: 'changePushSubscription',
  summary: 'Change a subscription to push notifications',
  description:
    'A field that is absent stays. Its class is what it is: another needs a subscription of its own.',
  tag,
  params: Params,
  headers: ChangeHeaders,
  body: z
    .object({
      url: urlInput,
      ...values,
      basic: basicInput.nullable(),
      email: emailInput.nullable(),
      key: keyInput,
    })
    .partial()
    .refine((body) => Object.values(body).some((value) => value !== undefined), {
      error: 'must have url, format, skip, coalesce, retries, interval, basic, email or key',
    }),
  answers: SUBSCRIPTION,
  example: { params, body: { retries: 10 }, answer: ok({ ...EXAMPLE, retries: 10 }) },
  refusals: [404, 422],
  refusalExamples: UNKNOWN,
  access: 'write',
  scope: 'admin',
  handle: (call) => {
    const { unit, input, webhookPrivate } = call;
    const { subscriptionId } = input.params;
    const act = async () => {
      const endpoint = await requireEndpoint(unit, 'push', subscriptionId);
      const asked = { ...input.body, private: webhookPrivate };
      return presentSubscription(await changeSubscription(unit, endpoint, asked));
    };
    return answerOnce(call, 'change-push', act, { changed: () => ({ push: subscriptionId }) });
  },
});

const remove = defineRoute({
  method: 'delete',
  path: '/push/{subscriptionId}',
  name: 'removePushSubscription',
  summary: 'Remove a subscription to push notifications with its key and messages',
  tag,
  params: Params,
  headers: ChangeHeaders,
  answers: { 200: { description: 'It is removed.', schema: z.object({ id: z.string() }) } },
  example: { params, answer: ok({ id: SUBSCRIPTION_ID }) },
  refusals: [404, 422],
  refusalExamples: UNKNOWN,
  access: 'write',
  scope: 'admin',
  handle: (call) => {
    const { unit, input } = call;
    const { subscriptionId: id } = input.params;
    const act = async () => {
      await unit.webhooks.delete((await requireEndpoint(unit, 'push', id)).id);
      return { id };
    };
    return answerOnce(call, 'remove-push', act, { changed: () => ({ push: id }) });
  },
});

/** In the order in which they are listed. */
export const PUSH_ROUTES: readonly ApiRoute[] = [
  list,
  add,
  get,
  change,
  remove,
  ...PUSH_MESSAGE_ROUTES,
];
