/** Orders, offers and users as answers show them. Moments are ISO 8601 in UTC. */
import { toIso } from '../base/iso';
import { type EntitlementState, isActive } from '../entitlements/entitlement';
import { requireOrder } from '../orders/order-state';
import type { StoredLine, StoredOrder } from '../store/orders';
import { accessPages, allOf } from '../store/pages';
import type { LedgerRow, Reader, StoredAccount, StoredEntitlement } from '../store/store';
import type { HeldOffer, StoredProfile } from '../store/users';

/** From when until when. */
export function presentTerm({ start, end }: Pick<EntitlementState, 'start' | 'end'>) {
  return { start: toIso(start), end: toIso(end) };
}

/** The address of an account; one that came by a merger may have another name only. */
function emailOf({ emailAddress, merchantAccountId, VID }: StoredAccount): string {
  return emailAddress ?? merchantAccountId ?? VID;
}

/** An order with its offers and the entitlements that it gave. @param now UTC milliseconds */
export async function presentOrder(reader: Reader, order: StoredOrder, now: number) {
  const [presented] = await presentOrders(reader, [order], now);
  return presented as PresentedOrder;
}

/** The same of the order of an id. @throws Refusal 404 */
export async function showOrder(reader: Reader, orderId: string, now: number) {
  return presentOrder(reader, await requireOrder(reader, orderId), now);
}

/** How many orders or users are looked up at once. */
const GROUP = 50;

/** The same of several, in their order. */
export async function presentOrders(
  reader: Reader,
  orders: readonly StoredOrder[],
  now: number,
): Promise<PresentedOrder[]> {
  const presented: PresentedOrder[] = [];
  for await (const group of presentInGroups(reader, orders, now)) presented.push(...group);
  return presented;
}

/** The same, some at a time. */
export async function* presentInGroups(
  reader: Reader,
  orders: readonly StoredOrder[],
  now: number,
): AsyncGenerator<PresentedOrder[]> {
  for (let from = 0; from < orders.length; from += GROUP) {
    yield presentGroup(reader, orders.slice(from, from + GROUP), now);
    await reader.pause(GROUP);
  }
}

/** Accounts and lines of all of them are looked up at once; each may have given any number of entitlements. */
async function presentGroup(
  reader: Reader,
  orders: readonly StoredOrder[],
  now: number,
): Promise<PresentedOrder[]> {
  const accounts = await reader.findAccounts([...new Set(orders.map((one) => one.accountId))]);
  const lines = await reader.orders.listLinesOf(orders.map(({ id }) => id));
  const presented: PresentedOrder[] = [];
  for (const order of orders) {
    presented.push(
      toPresented(order, now, {
        account: accounts.get(order.accountId),
        lines: lines.get(order.id) ?? [],
        held: await allOf(accessPages(reader, order)),
      }),
    );
  }
  return presented;
}

type PresentedOrder = ReturnType<typeof toPresented>;

interface OrderParts {
  readonly account: StoredAccount | undefined;
  readonly lines: readonly StoredLine[];
  readonly held: readonly StoredEntitlement[];
}

function toPresented(order: StoredOrder, now: number, { account, lines, held }: OrderParts) {
  return {
    orderId: order.orderId,
    email: account && emailOf(account),
    userId: account?.VID,
    active: order.state === 'active',
    state: order.state,
    failedPayments: order.failedPayments,
    createdAt: toIso(order.createdAt),
    changedAt: toIso(order.changedAt),
    offers: lines.map(({ offerId: id, offerName: name, state, reason }) => {
      return { id, name, state, reason };
    }),
    entitlements: held.map((entitlement) => ({
      merchantEntitlementId: entitlement.merchantEntitlementId,
      active: isActive(entitlement, now),
      ...presentTerm(entitlement),
    })),
  };
}

/** The result of setting an offer's state: the orders that hold it. @throws Refusal 404 where one is there no more */
export async function showOfferState(
  reader: Reader,
  { email, offerId, orderIds }: { email: string; offerId: string; orderIds: readonly string[] },
  now: number,
) {
  const orders: StoredOrder[] = [];
  for (const orderId of orderIds) {
    orders.push(await requireOrder(reader, orderId));
    await reader.pause();
  }
  const presented = await presentOrders(reader, orders, now);
  const active = presented.some(({ offers }) =>
    offers.some(({ id, state }) => id === offerId && state === 'active'),
  );
  return { email, offerId, active, orders: presented };
}

/** A line of the ledger about an order. */
export function presentHistory({ id, before, after, ...line }: LedgerRow) {
  const { at, action, merchantEntitlementId, actor, reason, note, VID, soapId } = line;
  return {
    id: String(id),
    at: toIso(at),
    action,
    merchantEntitlementId,
    actor,
    reason,
    note,
    userId: VID,
    requestId: soapId,
    before: before && presentTerm(before),
    after: presentTerm(after),
  };
}

/** An account with its user's data. */
interface PresentableUser {
  readonly account: StoredAccount;
  readonly profile: Partial<Pick<StoredProfile, 'firstname' | 'lastname'>> | undefined;
}

/** A user, with each offer once: active where any order gives it now. */
export async function presentUser(reader: Reader, user: PresentableUser) {
  const offers = await reader.users.listOffersOf([user.account.id]);
  return toPresentedUser(user, offers.get(user.account.id) ?? []);
}

/** The same of several, in their order, some at a time. */
export async function* presentUsers(
  reader: Reader,
  users: readonly PresentableUser[],
): AsyncGenerator<PresentedUser[]> {
  for (let from = 0; from < users.length; from += GROUP) {
    const group = users.slice(from, from + GROUP);
    const offers = await reader.users.listOffersOf(group.map(({ account }) => account.id));
    yield group.map((user) => toPresentedUser(user, offers.get(user.account.id) ?? []));
    await reader.pause(GROUP);
  }
}

type PresentedUser = ReturnType<typeof toPresentedUser>;

function toPresentedUser({ account, profile }: PresentableUser, offers: readonly HeldOffer[]) {
  return {
    id: account.VID,
    email: emailOf(account),
    firstname: profile?.firstname,
    name: profile?.lastname ?? (profile?.firstname === undefined ? account.name : undefined),
    active: offers.some(({ active }) => active),
    createdAt: toIso(account.createdAt),
    offers: offers.map(presentOffer),
  };
}

function presentOffer({ offerId, offerName, active }: HeldOffer) {
  return { id: offerId, name: offerName, active };
}
