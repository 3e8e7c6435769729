/** Users: the calls that Memberspot's clients make, under its paths. */
import { z } from 'zod';
import { answerOnce, ChangeHeaders } from './answer-once';
import { answerShown } from './answer-shown';
import { invalid } from '../base/refusal';
import { deleteUsers } from '../orders/delete-users';
import { queryBoolean } from '../rest/fields';
import { findUser } from '../orders/find-user';
import { grantOffer } from '../orders/grant-offer';
import { unknownOffer, unknownUser } from '../orders/refusals';
import type { Reader } from '../store/store';
import type { StoredUser, UserFilter, UserPart } from '../store/users';
import { PAGE, turnForRows } from '../base/pages';
import { ReaderGone } from '../base/reply-reader';
import { presentUser, presentUsers, showOfferState, showOrder } from './present';
import { jsonPage } from '../rest/json-list';
import { ok, okWritten } from '../rest/ok';
import { ACTIVE_ORDER, BUYER, revokedOrder } from './examples';
import { badPlace, cut, type PageInput, PageQuery } from '../rest/paging';
import {
  activeInput,
  emailInput,
  newEmailInput,
  offerIdInput,
  OfferState,
  Order,
  orderIdInput,
  User,
  UserPage,
} from './schemas';
import { setOfferState, setOrderState } from '../orders/order-state';
import { type ApiRoute, defineRoute } from './context';

const nameInput = z.string().max(200).optional();

const grant = defineRoute({
  method: 'post',
  path: '/users/grant-user-offer-by-mail',
  name: 'grantOffer',
  summary: 'Grant a user the access of an offer',
  description: 'A user that is not known is made. The same call again changes nothing.',
  tag: 'Users',
  headers: ChangeHeaders,
  body: z.object({
    email: newEmailInput,
    firstname: nameInput,
    name: nameInput.meta({ description: 'The last name.' }),
    grantOffer: offerIdInput,
    orderId: z
      .union([orderIdInput, z.literal('')])
      .optional()
      .meta({ type: 'string', description: 'The id of the order; absent: the server makes one.' }),
  }),
  answers: { 200: { description: 'The order.', schema: Order } },
  example: {
    body: {
      email: 'ada@example.com',
      firstname: 'Ada',
      name: 'Lovelace',
      grantOffer: 'course-a',
      orderId: 'A1',
    },
    answer: ok(ACTIVE_ORDER),
  },
  refusals: [404, 409, 422],
  access: 'write',
  memberspot: true,
  handle: (call) => {
    const { orderId, ...input } = call.input.body;
    const granted = { orderId: orderId === '' ? undefined : orderId, ...input };
    const change = async () => (await grantOffer(call.unit, call.work, granted)).orderId;
    return answerShown(call, { name: 'grant', change, show: showOrder });
  },
});

const orderState = defineRoute({
  method: 'post',
  path: '/users/set-order-state',
  name: 'setOrderState',
  summary: "Revoke, restore or remove the access of a user's order",
  tag: 'Users',
  headers: ChangeHeaders,
  body: z.object({ email: emailInput, orderId: orderIdInput, active: activeInput }),
  answers: { 200: { description: 'The order.', schema: Order } },
  example: {
    body: { email: 'ada@example.com', orderId: 'A1', active: false },
    answer: ok(revokedOrder('other')),
  },
  refusals: [404, 409, 422],
  access: 'write',
  memberspot: true,
  handle: (call) =>
    answerShown(call, {
      name: 'set-order-state',
      change: async () => (await setOrderState(call.unit, call.work, call.input.body)).orderId,
      show: showOrder,
    }),
});

/** Up to how many orders are shown within the unit of work that changed them. */
const FEW_ORDERS = 10;

const offerState = defineRoute({
  method: 'post',
  path: '/users/set-offer-state',
  name: 'setOfferState',
  summary: 'Revoke, restore or remove one offer in every order of a user',
  tag: 'Users',
  headers: ChangeHeaders,
  body: z.object({ email: emailInput, offerId: offerIdInput, active: activeInput }),
  answers: { 200: { description: 'The orders that hold the offer.', schema: OfferState } },
  example: {
    body: { email: 'ada@example.com', offerId: 'course-a', active: false },
    answer: ok({
      email: 'ada@example.com',
      offerId: 'course-a',
      active: false,
      orders: [revokedOrder('other')],
    }),
  },
  refusals: [404, 409, 422],
  access: 'write',
  memberspot: true,
  handle: (call) =>
    answerShown(call, {
      name: 'set-offer-state',
      change: async () => {
        const { email, offerId } = call.input.body;
        const orders = await setOfferState(call.unit, call.work, call.input.body);
        return { email, offerId, orderIds: orders.map(({ orderId }) => orderId) };
      },
      show: showOfferState,
      isMuch: ({ orderIds }) => orderIds.length > FEW_ORDERS,
    }),
});

const findByMail = defineRoute({
  method: 'get',
  path: '/users/find-by-mail/{email}',
  name: 'findUserByEmail',
  summary: 'Find a user by e-mail address',
  tag: 'Users',
  params: z.object({ email: emailInput }),
  answers: { 200: { description: 'The user.', schema: User } },
  example: { params: { email: 'ada@example.com' }, answer: ok(BUYER) },
  refusals: [404],
  refusalExamples: { 404: unknownUser('ada@example.com').message },
  access: 'read',
  memberspot: true,
  handle: async ({ unit, input }) => ok(await findUserByMail(unit, input.params.email)),
});

const list = defineRoute({
  method: 'get',
  path: '/users/list',
  name: 'listUsers',
  summary: 'List users, page by page',
  description: 'Every account with an e-mail address, apart from users that were deleted.',
  tag: 'Users',
  query: PageQuery.extend({
    offerId: offerIdInput.optional().meta({ description: 'Only who got this offer.' }),
    active: queryBoolean.optional().meta({
      description: 'Only who has access now, or has none; with an offerId, by that offer.',
    }),
    courseId: z
      .string()
      .optional()
      .meta({ description: 'Refused: courses are not known here.', deprecated: true }),
  }),
  answers: { 200: { description: 'A page.', schema: UserPage, written: 'json' } },
  example: {
    query: { offerId: 'course-a', active: 'true' },
    answer: ok({ users: [BUYER], next_page: null }),
  },
  refusals: [404],
  refusalExamples: { 404: unknownUser('ada@example.com').message },
  access: 'read',
  memberspot: true,
  handle: async ({ unit, input, isGone }) => {
    if (input.query.courseId) {
      throw invalid('courseId: courses are not known here; narrow the list by offerId.');
    }
    return okWritten(await listUsers(unit, input.query, isGone));
  },
});

const deletion = {
  path: '/users/delete-users',
  name: 'endUsersOrders',
  summary: "End what users' orders give, and list the users no more",
  description:
    'Erases nothing: the accounts, their personal data, their history and what was granted to them by SOAP stay; ' +
    '`DELETE /v1/accounts/{account}/personal-data` erases. ' +
    'A new order lists a user again. Where one address is unknown, nothing is ended.',
  tag: 'Users',
  headers: ChangeHeaders,
  body: z.object({ emails: z.array(emailInput).min(1).max(1000) }),
  answers: {
    200: {
      description: 'Their orders give nothing any more.',
      schema: z.object({ deleted: z.array(z.string()) }).meta({ id: 'DeletedUsers' }),
    },
  },
  example: {
    body: { emails: ['ada@example.com'] as string[] },
    answer: ok({ deleted: ['ada@example.com'] as string[] }),
  },
  refusals: [404, 422],
  refusalExamples: { 404: unknownUser('ada@example.com').message },
  access: 'write',
  memberspot: true,
} as const;

const remove = defineRoute({
  ...deletion,
  method: 'delete',
  handle: (call) =>
    answerOnce(call, 'delete-users', () => deleteUsers(call.unit, call.work, call.input.body)),
});

const removeByPost = defineRoute({
  ...deletion,
  method: 'post',
  name: 'endUsersOrdersByPost',
  summary: 'The same as DELETE, for clients whose DELETE has no body',
  handle: (call) =>
    answerOnce(call, 'delete-users', () => deleteUsers(call.unit, call.work, call.input.body)),
});

/**
 * The user with that e-mail address.
 * @throws Refusal 404, also for one that was deleted
 */
async function findUserByMail(reader: Reader, email: string) {
  const user = await findUser(reader, email);
  if (!user || user.profile?.deletedAt !== undefined) throw unknownUser(email);
  return presentUser(reader, user);
}

/**
 * A page of users, in the order in which their accounts were made.
 * @throws Refusal 404 for an unknown offer, 400 for a lastLoadedId that is no user's
 */
async function listUsers(
  reader: Reader,
  input: PageInput & {
    readonly offerId?: string | undefined;
    readonly active?: boolean | undefined;
  },
  isGone: () => boolean,
) {
  const { lastLoadedId, pageLength, offerId, active } = input;
  const last = lastLoadedId === undefined ? undefined : await reader.findAccountByVid(lastLoadedId);
  if (lastLoadedId !== undefined && !last) throw badPlace();
  const offer = offerId === undefined ? undefined : await reader.orders.findOffer(offerId);
  if (offerId !== undefined && !offer) throw unknownOffer(offerId);
  const filter = { offer: offer?.id, active };
  const place = { after: last?.id ?? 0, wanted: pageLength + 1 };
  const found = await findUsers(reader, filter, place, isGone);
  const page = cut(found, pageLength, ({ VID }) => VID);
  const users = page.rows.map((user) => ({ account: user, profile: user }));
  return jsonPage('users', presentUsers(reader, users), page.next);
}

/**
 * The first users after an account, as many as are wanted. Few of a merchant's users may have access.
 * @throws ReaderGone once nobody waits for them
 */
async function findUsers(
  reader: Reader,
  filter: Pick<UserFilter, 'offer' | 'active'>,
  { after, wanted }: { readonly after: number; readonly wanted: number },
  isGone: () => boolean,
): Promise<StoredUser[]> {
  const users: StoredUser[] = [];
  let from: number | undefined = after;
  // Most are: then the first part has all of the page.
  for (let limit = wanted; from !== undefined && users.length < wanted; limit = PAGE) {
    const part: UserPart = await reader.users.listUsers({ ...filter, after: from, limit });
    users.push(...part.users);
    from = part.last;
    if (from !== undefined && users.length < wanted) await turnForRows(PAGE);
    if (isGone()) throw new ReaderGone();
  }
  return users.slice(0, wanted);
}

/** In the order in which they are listed. */
export const USER_ROUTES: readonly ApiRoute[] = [
  grant,
  orderState,
  offerState,
  findByMail,
  list,
  remove,
  removeByPost,
];
