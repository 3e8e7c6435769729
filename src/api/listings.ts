/** Looks up users, offers and orders, and lists them page by page. */
import type { OrderState } from '../entitlements/order-access';
import type { Reader } from '../store/store';
import { invalid } from '../base/refusal';
import { findUser, requireAccountsOf } from '../orders/find-user';
import { requireOrder } from '../orders/order-state';
import { presentHistory, presentOrder, presentOrders, presentUser, presentUsers } from './present';
import { unknownOffer, unknownUser } from '../orders/refusals';

/** Where a page begins and how long it is. */
export interface PageInput {
  /** The `next_page` of the page before. */
  readonly lastLoadedId?: string | undefined;
  readonly pageLength: number;
}

/** The largest page that is given out. */
export const MAX_PAGE_LENGTH = 1000;

/** Every offer, in the order in which they were made. */
export async function listOffers(reader: Reader) {
  const offers = await reader.orders.listOffers();
  return offers.map(({ offerId: id, name }) => ({ id, name }));
}

/**
 * The user with that e-mail address.
 * @throws Refusal 404, also for one that was deleted
 */
export async function findUserByMail(reader: Reader, email: string) {
  const user = await findUser(reader, email);
  if (!user || user.profile?.deletedAt !== undefined) throw unknownUser(email);
  return presentUser(reader, user);
}

/**
 * A page of users, in the order in which their accounts were made.
 * @throws Refusal 404 for an unknown offer, 400 for a lastLoadedId that is no user's
 */
export async function listUsers(
  reader: Reader,
  input: PageInput & {
    readonly offerId?: string | undefined;
    readonly active?: boolean | undefined;
  },
) {
  const { lastLoadedId, pageLength, offerId, active } = input;
  const last = lastLoadedId === undefined ? undefined : await reader.findAccountByVid(lastLoadedId);
  if (lastLoadedId !== undefined && !last) throw badPlace();
  const offer = offerId === undefined ? undefined : await reader.orders.findOffer(offerId);
  if (offerId !== undefined && !offer) throw unknownOffer(offerId);
  const filter = { after: last?.id ?? 0, limit: pageLength + 1, offer: offer?.id, active };
  const page = cut(await reader.users.listUsers(filter), pageLength, ({ VID }) => VID);
  const users = page.rows.map((user) => ({ account: user, profile: user }));
  return { users: await presentUsers(reader, users), next_page: page.next };
}

/**
 * An order as it is now.
 * @throws Refusal 404
 */
export async function getOrder(reader: Reader, orderId: string, now: number) {
  return presentOrder(reader, await requireOrder(reader, orderId), now);
}

/**
 * A page of what happened to an order's access, oldest first.
 * @throws Refusal 404, or 400 for a lastLoadedId that is none
 */
export async function getHistory(
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
export async function listOrders(
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
  return { orders: await presentOrders(reader, page.rows, now), next_page: page.next };
}

/** The rows of a page, and what names the last of them where others follow. */
function cut<T>(rows: readonly T[], length: number, nameOf: (row: T) => string) {
  const page = rows.slice(0, length);
  const last = page.at(-1);
  return { rows: page, next: last && rows.length > length ? nameOf(last) : null };
}

const badPlace = () => invalid('lastLoadedId is not the next_page of a page before.');
