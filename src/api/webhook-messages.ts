/** The messages to a webhook: what was sent, what came of it, and once more. */
import { z } from 'zod';
import { ok } from '../rest/ok';
import { badPlace, cut, PageQuery } from '../rest/paging';
import { DELIVERY_STATES } from '../store/webhooks';
import {
  requireDelivery,
  requireEndpoint,
  resendDelivery,
  stillWaits,
  unknownDelivery,
} from '../webhooks/endpoints';
import { answerOnce, ChangeHeaders } from './answer-once';
import { type ApiRoute, defineRoute } from './context';
import { CREATED } from './examples';
import { idInput } from './schemas';
import {
  Message,
  MessagePage,
  presentMessage,
  presentWhole,
  WEBHOOK_ID,
  WebhookParams,
  WholeMessage,
} from './webhook-schemas';

const tag = 'Webhooks';
const Params = WebhookParams.extend({ deliveryId: idInput('The id of the message.') });

/** The message of the examples. */
const EXAMPLE: z.input<typeof Message> = {
  id: '1',
  messageId: '1f0c7d1f3b5907c2e4a6881b3d5f7092a4c6e8f0',
  type: 'entitlement.granted',
  sequence: 4,
  status: 'delivered',
  attempts: 1,
  createdAt: CREATED,
  endedAt: CREATED,
};
const params = { webhookId: WEBHOOK_ID, deliveryId: '1' };

const list = defineRoute({
  method: 'get',
  path: '/webhooks/{webhookId}/deliveries',
  name: 'listWebhookMessages',
  summary: 'List the messages to a webhook, the newest first',
  description: 'Those that wait, and the last 1,000 that were delivered and that were given up.',
  tag,
  params: WebhookParams,
  query: PageQuery.extend({
    status: z.enum(DELIVERY_STATES).optional().meta({ description: 'Only those.' }),
  }),
  answers: { 200: { description: 'A page.', schema: MessagePage } },
  example: {
    params: { webhookId: WEBHOOK_ID },
    query: { status: 'delivered' },
    answer: ok({ deliveries: [EXAMPLE], next_page: null }),
  },
  refusals: [404],
  access: 'read',
  handle: async ({ unit, input }) => {
    const { status: state, pageLength, lastLoadedId } = input.query;
    const { id: endpoint } = await requireEndpoint(unit, 'webhook', input.params.webhookId);
    if (lastLoadedId !== undefined && !/^\d{1,15}$/.test(lastLoadedId)) throw badPlace();
    const before = lastLoadedId === undefined ? undefined : Number(lastLoadedId);
    const query = { endpoint, state, before, limit: pageLength + 1 };
    const found = await unit.webhooks.listDeliveries(query);
    const page = cut(found, pageLength, ({ id }) => String(id));
    return ok({ deliveries: page.rows.map(presentMessage), next_page: page.next });
  },
});

const get = defineRoute({
  method: 'get',
  path: '/webhooks/{webhookId}/deliveries/{deliveryId}',
  name: 'getWebhookMessage',
  summary: 'Get a message to a webhook with its attempts',
  tag,
  params: Params,
  answers: { 200: { description: 'The message.', schema: WholeMessage } },
  example: {
    params,
    answer: ok({
      ...EXAMPLE,
      log: [{ number: 1, at: CREATED, milliseconds: 38, status: 204, answer: '' }],
    }),
  },
  refusals: [404],
  refusalExamples: { 404: unknownDelivery('7').message },
  access: 'read',
  handle: async ({ unit, input }) => {
    const endpoint = await requireEndpoint(unit, 'webhook', input.params.webhookId);
    const delivery = await requireDelivery(unit, endpoint, input.params.deliveryId);
    return ok(presentWhole(delivery, await unit.webhooks.listAttempts(delivery.id)));
  },
});

const resend = defineRoute({
  method: 'post',
  path: '/webhooks/{webhookId}/deliveries/{deliveryId}/resend',
  name: 'resendWebhookMessage',
  summary: 'Send a message once more',
  description: 'With the same text and id. One that still waits is refused (409).',
  tag,
  params: Params,
  headers: ChangeHeaders,
  answers: { 200: { description: 'The message.', schema: Message } },
  example: {
    params,
    answer: ok({
      ...EXAMPLE,
      status: 'waiting' as const,
      nextAttemptAt: CREATED,
      endedAt: undefined,
    }),
  },
  refusals: [404, 409, 422],
  refusalExamples: { 404: unknownDelivery('7').message, 409: stillWaits(7).message },
  access: 'write',
  scope: 'admin',
  handle: (call) => {
    const { unit, work, input } = call;
    const act = async () => {
      const endpoint = await requireEndpoint(unit, 'webhook', input.params.webhookId);
      const delivery = await requireDelivery(unit, endpoint, input.params.deliveryId);
      return presentMessage(await resendDelivery(unit, work, endpoint, delivery));
    };
    const changed = () => ({ webhook: input.params.webhookId, message: input.params.deliveryId });
    return answerOnce(call, 'resend-webhook-message', act, { changed });
  },
});

/** In the order in which they are listed. */
export const WEBHOOK_MESSAGE_ROUTES: readonly ApiRoute[] = [list, get, resend];
