/** The calls about orders that are our own. */
import { z } from 'zod';
import { ORDER_STATES, REASONS } from '../entitlements/order-access';
import { answerOnce, ChangeHeaders } from './answer-once';
import { getHistory, getOrder, listOrders } from './listings';
import { ok } from '../rest/ok';
import {
  emailInput,
  HistoryPage,
  noteInput,
  Order,
  OrderPage,
  orderIdInput,
  PageQuery,
} from './order-schemas';
import { restoreOrder, revokeOrder } from '../orders/order-state';
import { paymentFailed, paymentSucceeded } from '../orders/payments';
import { presentOrder } from './present';
import { type ApiRoute, type ChangingCall, defineRoute } from './context';
import type { StoredOrder } from '../store/orders';
import type { UnitOfWork } from '../store/store';
import type { Work } from '../base/work';

const OrderParams = z.object({ orderId: orderIdInput });
const NoteBody = z.object({ note: noteInput }).optional();
interface ChangeInput<Body> {
  readonly params: z.output<typeof OrderParams>;
  readonly headers: z.output<typeof ChangeHeaders>;
  readonly body: Body;
}

/** Changes the order that the path names, and answers with it. */
function changeOrder<Body extends object | undefined>(
  call: ChangingCall<ChangeInput<Body>>,
  name: string,
  change: (
    unit: UnitOfWork,
    work: Work,
    input: NonNullable<Body> & { orderId: string },
  ) => Promise<StoredOrder>,
) {
  const { unit, work, input } = call;
  return answerOnce(call, name, async () => {
    const given = { ...input.params, ...(input.body as NonNullable<Body>) };
    return presentOrder(unit, await change(unit, work, given), work.now);
  });
}

const ORDER = { 200: { description: 'The order.', schema: Order } };

const revoke = defineRoute({
  method: 'post',
  path: '/orders/{orderId}/revoke',
  summary: 'Revoke the access that an order gives',
  description:
    'At once. Access by other orders or grants stays. Revoked already: a reason that says ' +
    'more replaces the one that is there.',
  tag: 'Orders',
  params: OrderParams,
  headers: ChangeHeaders,
  body: z.object({ reason: z.enum(REASONS), note: noteInput }),
  answers: ORDER,
  refusals: [404, 422],
  access: 'write',
  handle: (call) => changeOrder(call, 'revoke', revokeOrder),
});

const restore = defineRoute({
  method: 'post',
  path: '/orders/{orderId}/restore',
  summary: 'Restore the access that an order gave',
  tag: 'Orders',
  params: OrderParams,
  headers: ChangeHeaders,
  body: NoteBody,
  answers: ORDER,
  refusals: [404, 409, 422],
  access: 'write',
  handle: (call) => changeOrder(call, 'restore', restoreOrder),
});

const failed = defineRoute({
  method: 'post',
  path: '/orders/{orderId}/payment-failed',
  summary: 'Count a payment that failed',
  description:
    "At the merchant's limit (3 unless set otherwise) the order is revoked. Each call counts: send an " +
    'Idempotency-Key, so that one that is repeated does not.',
  tag: 'Orders',
  params: OrderParams,
  headers: ChangeHeaders,
  body: NoteBody,
  answers: ORDER,
  refusals: [404, 422],
  access: 'write',
  handle: (call) => changeOrder(call, 'payment-failed', paymentFailed),
});

const succeeded = defineRoute({
  method: 'post',
  path: '/orders/{orderId}/payment-succeeded',
  summary: 'Count failed payments from 0 again',
  description:
    'Restores what failed payments took, and nothing that was revoked for another reason.',
  tag: 'Orders',
  params: OrderParams,
  headers: ChangeHeaders,
  body: NoteBody,
  answers: ORDER,
  refusals: [404, 422],
  access: 'write',
  handle: (call) => changeOrder(call, 'payment-succeeded', paymentSucceeded),
});

const get = defineRoute({
  method: 'get',
  path: '/orders/{orderId}',
  summary: 'Get an order',
  tag: 'Orders',
  params: OrderParams,
  answers: ORDER,
  refusals: [404],
  access: 'read',
  handle: async ({ unit, work, input }) => ok(await getOrder(unit, input.params.orderId, work.now)),
});

const history = defineRoute({
  method: 'get',
  path: '/orders/{orderId}/history',
  summary: "List what happened to an order's access, oldest first",
  tag: 'Orders',
  params: OrderParams,
  query: PageQuery,
  answers: { 200: { description: 'A page.', schema: HistoryPage } },
  refusals: [404],
  access: 'read',
  handle: async ({ unit, input }) =>
    ok(await getHistory(unit, { ...input.params, ...input.query })),
});

const list = defineRoute({
  method: 'get',
  path: '/orders',
  summary: 'List orders, page by page',
  tag: 'Orders',
  query: PageQuery.extend({
    email: emailInput.optional(),
    state: z.enum(ORDER_STATES).optional(),
  }),
  answers: { 200: { description: 'A page.', schema: OrderPage } },
  refusals: [404],
  access: 'read',
  handle: async ({ unit, work, input }) => ok(await listOrders(unit, input.query, work.now)),
});

/** In the order in which they are listed. */
export const ORDER_ROUTES: readonly ApiRoute[] = [
  ...[list, get, history, revoke, restore, failed, succeeded],
];
