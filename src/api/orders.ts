/** Orders: the calls that are our own. */
import { z } from 'zod';
import { ORDER_STATES, type OrderState, REASONS } from '../entitlements/order-access';
import { ChangeHeaders } from './answer-once';
import { answerShown } from './answer-shown';
import { jsonPage } from '../rest/json-list';
import { ok, okWritten } from '../rest/ok';
import { ACTIVE_ORDER, CREATED, revokedOrder, START, USER_ID } from './examples';
import { badPlace, cut, type PageInput, PageQuery } from '../rest/paging';
import { emailInput, HistoryPage, noteInput, Order, OrderPage, orderIdInput } from './schemas';
import { requireAccountsOf } from '../orders/find-user';
import { requireOrder, restoreOrder, revokeOrder } from '../orders/order-state';
import { paymentFailed, paymentSucceeded } from '../orders/payments';
import { presentHistory, presentInGroups, showOrder } from './present';
import { type ApiRoute, type ChangingCall, defineRoute } from './context';
import type { StoredOrder } from '../store/orders';
import type { Reader, UnitOfWork } from '../store/store';
import type { Work } from '../base/work';

const OrderParams = z.object({ orderId: orderIdInput });
const NoteBody = z.object({ note: noteInput }).optional();

/** The input of a call that changes an order. */
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
  const given = { ...input.params, ...(input.body as NonNullable<Body>) };
  const act = async () => (await change(unit, work, given)).orderId;
  return answerShown(call, { name, change: act, show: showOrder });
}

const ORDER = { 200: { description: 'The order.', schema: Order } };

const revoke = defineRoute({
  method: 'post',
  path: '/orders/{orderId}/revoke',
  name: 'revokeOrder',
  summary: 'Revoke the access that an order gives',
  description:
    'At once. Access by other orders or grants stays. Revoked already: a reason that says ' +
    'more replaces the one that is there.',
  tag: 'Orders',
  params: OrderParams,
  headers: ChangeHeaders,
  body: z.object({ reason: z.enum(REASONS), note: noteInput }),
  answers: ORDER,
  example: {
    params: { orderId: 'A1' },
    body: { reason: 'refunded', note: 'ticket 7' },
    answer: ok(revokedOrder('refunded')),
  },
  refusals: [404, 422],
  access: 'write',
  handle: (call) => changeOrder(call, 'revoke', revokeOrder),
});

const restore = defineRoute({
  method: 'post',
  path: '/orders/{orderId}/restore',
  name: 'restoreOrder',
  summary: 'Restore the access that an order gave',
  tag: 'Orders',
  params: OrderParams,
  headers: ChangeHeaders,
  body: NoteBody,
  answers: ORDER,
  example: {
    params: { orderId: 'A1' },
    body: { note: 'refunded by mistake' },
    answer: ok(ACTIVE_ORDER),
  },
  refusals: [404, 409, 422],
  access: 'write',
  handle: (call) => changeOrder(call, 'restore', restoreOrder),
});

const failed = defineRoute({
  method: 'post',
  path: '/orders/{orderId}/payment-failed',
  name: 'reportOrderPaymentFailed',
  summary: 'Count a payment that failed',
  description:
    "At the merchant's limit (3 unless set otherwise) the order is revoked. Each call counts: send an " +
    'Idempotency-Key, so that one that is repeated does not.',
  tag: 'Orders',
  params: OrderParams,
  headers: ChangeHeaders,
  body: NoteBody,
  answers: ORDER,
  example: {
    params: { orderId: 'A1' },
    headers: { 'idempotency-key': 'invoice-118-try-1' },
    body: { note: 'card declined' },
    answer: ok({ ...ACTIVE_ORDER, failedPayments: 1 }),
  },
  refusals: [404, 422],
  access: 'write',
  handle: (call) => changeOrder(call, 'payment-failed', paymentFailed),
});

const succeeded = defineRoute({
  method: 'post',
  path: '/orders/{orderId}/payment-succeeded',
  name: 'reportOrderPaymentSucceeded',
  summary: 'Count failed payments from 0 again',
  description:
    'Restores what failed payments took, and nothing that was revoked for another reason.',
  tag: 'Orders',
  params: OrderParams,
  headers: ChangeHeaders,
  body: NoteBody,
  answers: ORDER,
  example: {
    params: { orderId: 'A1' },
    body: { note: 'paid at the second try' },
    answer: ok(ACTIVE_ORDER),
  },
  refusals: [404, 422],
  access: 'write',
  handle: (call) => changeOrder(call, 'payment-succeeded', paymentSucceeded),
});

const get = defineRoute({
  method: 'get',
  path: '/orders/{orderId}',
  name: 'getOrder',
  summary: 'Get an order',
  tag: 'Orders',
  params: OrderParams,
  answers: ORDER,
  example: { params: { orderId: 'A1' }, answer: ok(ACTIVE_ORDER) },
  refusals: [404],
  access: 'read',
  handle: async ({ unit, work, input }) =>
    ok(await showOrder(unit, input.params.orderId, work.now)),
});

const history = defineRoute({
  method: 'get',
  path: '/orders/{orderId}/history',
  name: 'listOrderHistory',
  summary: "List what happened to an order's access, oldest first",
  tag: 'Orders',
  params: OrderParams,
  query: PageQuery,
  answers: { 200: { description: 'A page.', schema: HistoryPage } },
  example: {
    params: { orderId: 'A1' },
    query: { pageLength: '1' },
    answer: ok({
      history: [
        {
          id: '5',
          at: CREATED,
          action: 'grant',
          merchantEntitlementId: 'lessons',
          actor: 'shop',
          userId: USER_ID,
          requestId: '7d1f3b5907c2e4a6881b3d5f7092a4c6e8f0b1d3',
          after: { start: START },
        },
      ],
      next_page: '5',
    }),
  },
  refusals: [404],
  access: 'read',
  handle: async ({ whenUpToDate, input }) =>
    ok(await whenUpToDate((reader) => getHistory(reader, { ...input.params, ...input.query }))),
});

const list = defineRoute({
  method: 'get',
  path: '/orders',
  name: 'listOrders',
  summary: 'List orders, page by page',
  tag: 'Orders',
  query: PageQuery.extend({
    email: emailInput.optional(),
    state: z.enum(ORDER_STATES).optional(),
  }),
  answers: { 200: { description: 'A page.', schema: OrderPage, written: 'json' } },
  example: {
    query: { email: 'ada@example.com', state: 'active' },
    answer: ok({ orders: [ACTIVE_ORDER], next_page: null }),
  },
  refusals: [404],
  access: 'read',
  handle: async ({ unit, work, input }) => okWritten(await listOrders(unit, input.query, work.now)),
});

/**
 * A page of what happened to an order's access, oldest first.
 * @throws Refusal 404, or 400 for a lastLoadedId that is none
 */
async function getHistory(
  reader: Reader,
  { orderId, lastLoadedId = '0', pageLength }: PageInput & { readonly orderId: string },
) {
  await requireOrder(reader, orderId);
  if (!/^\d{1,15}$/.test(lastLoadedId)) throw badPlace();
  const lines = await reader.orders.listHistory(orderId, Number(lastLoadedId), pageLength + 1);
  const page = cut(lines, pageLength, ({ id }) => String(id));
  return { history: page.rows.map(presentHistory), next_page: page.next };
}

/**
 * A page of orders, in the order in which they were made.
 * @throws Refusal 404 for an unknown user, 400 for a lastLoadedId that is no order's
 */
async function listOrders(
  reader: Reader,
  input: PageInput & {
    readonly email?: string | undefined;
    readonly state?: OrderState | undefined;
  },
  now: number,
) {
  const { lastLoadedId, pageLength, email, state } = input;
  const last = lastLoadedId === undefined ? undefined : await reader.orders.findOrder(lastLoadedId);
  if (lastLoadedId !== undefined && !last) throw badPlace();
  const place = { after: last?.id ?? 0, limit: pageLength + 1, state };
  const accounts = email === undefined ? [undefined] : await requireAccountsOf(reader, email);
  const found = [];
  for (const account of accounts) {
    found.push(...(await reader.orders.listOrders({ ...place, accountId: account?.id })));
  }
  found.sort((one, other) => one.id - other.id);
  const page = cut(found, pageLength, ({ orderId }) => orderId);
  return jsonPage('orders', presentInGroups(reader, page.rows, now), page.next);
}

/** In the order in which they are listed. */
export const ORDER_ROUTES: readonly ApiRoute[] = [
  list,
  get,
  history,
  revoke,
  restore,
  failed,
  succeeded,
];
