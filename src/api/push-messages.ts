/** Messages to a subscription: a test, those that failed, and once more. */
import { z } from 'zod';
import { presentMessage } from '../push/present';
import { ok } from '../rest/ok';
import { badPlace, cut, nextPage, PageQuery } from '../rest/paging';
import {
  requireDelivery,
  requireEndpoint,
  resendDelivery,
  stillWaits,
  testEndpoint,
} from '../webhooks/endpoints';
import { answerOnce, ChangeHeaders } from './answer-once';
import { type ApiRoute, defineRoute } from './context';
import { CREATED } from './examples';
import { Params, PushMessage, SUBSCRIPTION_ID, UNKNOWN } from './push-schemas';
import { idInput } from './schemas';

const tag = 'Push';
const MESSAGE = { 200: { description: 'The message.', schema: PushMessage } };

const EXAMPLE: z.input<typeof PushMessage> = {
  id: '1',
  messageId: '1f0c7d1f3b5907c2e4a6881b3d5f7092a4c6e8f0',
  event: 'entitlement/start',
  state: 'failed',
  attempts: 6,
  madeAt: CREATED,
  endedAt: CREATED,
};

const test = defineRoute({
  method: 'post',
  path: '/push/{subscriptionId}/test',
  name: 'testPushSubscription',
  summary: 'Send a message of the event `test`, without content',
  description: 'It is sent in the background, and listed with those that failed if it does.',
  tag,
  params: Params,
  headers: ChangeHeaders,
  answers: MESSAGE,
  example: {
    params: { subscriptionId: SUBSCRIPTION_ID },
    answer: ok({
      ...EXAMPLE,
      event: 'entitlement/test',
      state: 'waiting' as const,
      attempts: 0,
      endedAt: undefined,
    }),
  },
  refusals: [404, 422],
  refusalExamples: UNKNOWN,
  access: 'write',
  scope: 'admin',
  handle: (call) => {
    const { unit, work, input, merchant, formatOf } = call;
    const { subscriptionId } = input.params;
    const act = async () => {
      const endpoint = await requireEndpoint(unit, 'push', subscriptionId);
      const about = { format: formatOf(endpoint), login: merchant.login };
      return presentMessage(await testEndpoint(unit, work, endpoint, about));
    };
    return answerOnce(call, 'test-push', act, { changed: () => ({ push: subscriptionId }) });
  },
});

const listFailed = defineRoute({
  method: 'get',
  path: '/push/{subscriptionId}/failed',
  name: 'listFailedPushMessages',
  summary: 'List the messages that failed for good, the newest first',
  description: 'The last 1,000 of a subscription are kept.',
  tag,
  params: Params,
  query: PageQuery,
  answers: {
    200: {
      description: 'A page.',
      schema: z
        .object({ messages: z.array(PushMessage), next_page: nextPage })
        .meta({ id: 'PushMessagePage' }),
    },
  },
  example: {
    params: { subscriptionId: SUBSCRIPTION_ID },
    answer: ok({ messages: [EXAMPLE], next_page: null }),
  },
  refusals: [404],
  refusalExamples: UNKNOWN,
  access: 'read',
  handle: async ({ unit, input }) => {
    const { pageLength, lastLoadedId } = input.query;
    const { id: endpoint } = await requireEndpoint(unit, 'push', input.params.subscriptionId);
    if (lastLoadedId !== undefined && !/^\d{1,15}$/.test(lastLoadedId)) throw badPlace();
    const before = lastLoadedId === undefined ? undefined : Number(lastLoadedId);
    const query = { endpoint, state: 'failed' as const, before, limit: pageLength + 1 };
    const found = await unit.webhooks.listDeliveries(query);
    const page = cut(found, pageLength, ({ id }) => String(id));
    return ok({ messages: page.rows.map(presentMessage), next_page: page.next });
  },
});

const resend = defineRoute({
  method: 'post',
  path: '/push/{subscriptionId}/messages/{id}/resend',
  name: 'resendPushMessage',
  summary: 'Send a message that failed once more: the same text',
  tag,
  params: Params.extend({ id: idInput('The id of the message.') }),
  headers: ChangeHeaders,
  answers: MESSAGE,
  example: {
    params: { subscriptionId: SUBSCRIPTION_ID, id: '1' },
    answer: ok({ ...EXAMPLE, state: 'waiting' as const, endedAt: undefined }),
  },
  refusals: [404, 409, 422],
  refusalExamples: { ...UNKNOWN, 409: stillWaits(1).message },
  access: 'write',
  scope: 'admin',
  handle: (call) => {
    const { unit, work, input } = call;
    const { subscriptionId, id } = input.params;
    const act = async () => {
      const endpoint = await requireEndpoint(unit, 'push', subscriptionId);
      const delivery = await requireDelivery(unit, endpoint, id);
      return presentMessage(await resendDelivery(unit, work, endpoint, delivery));
    };
    return answerOnce(call, 'resend-push', act, { changed: () => ({ push: subscriptionId }) });
  },
});

/** In the order in which they are listed. */
export const PUSH_MESSAGE_ROUTES: readonly ApiRoute[] = [test, listFailed, resend];
