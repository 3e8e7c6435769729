/** Orders, offers and users as answers show them. Moments are ISO 8601 in UTC. */
import { type EntitlementState, isActive } from '../entitlements/entitlement';
import type { StoredLine, StoredOrder, StoredProfile } from '../store/orders';
import type { LedgerRow, Reader, StoredAccount } from '../store/store';
import { listAccess } from '../orders/change-order';

const format = (moment: number): string => new Date(moment).toISOString();
const formatMaybe = (moment: number | undefined) =>
  moment === undefined ? undefined : format(moment);

/** From when until when. */
export function presentTerm({ start, end }: Pick<EntitlementState, 'start' | 'end'>) {
  return { start: format(start), end: formatMaybe(end) };
}

/** What an account is written to; one that came by a merger may have another name only. */
function emailOf({ emailAddress, merchantAccountId, VID }: StoredAccount): string {
  return emailAddress ?? merchantAccountId ?? VID;
}

/** An order with its offers and the entitlements that it gave. @param now UTC milliseconds */
export async function presentOrder(reader: Reader, order: StoredOrder, now: number) {
  const account = await reader.findAccount(order.accountId);
  const lines = await reader.orders.listLines(order.id);
  const held = await listAccess(reader, order.accountId, order.orderId);
  return {
    orderId: order.orderId,
    email: account && emailOf(account),
    userId: account?.VID,
    active: order.state === 'active',
    state: order.state,
    failedPayments: order.failedPayments,
    createdAt: format(order.createdAt),
    changedAt: format(order.changedAt),
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

/** What setting the state of an offer came to: the orders that hold it. */
export async function presentOfferState(
  reader: Reader,
  { email, offerId, orders }: { email: string; offerId: string; orders: readonly StoredOrder[] },
  now: number,
) {
  const presented = [];
  for (const order of orders) presented.push(await presentOrder(reader, order, now));
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
    at: format(at),
    ...{ action, merchantEntitlementId, actor, reason, note },
    userId: VID,
    requestId: soapId,
    before: before && presentTerm(before),
    after: presentTerm(after),
  };
}

/** A user, with each offer once: active where any order gives it now. */
export async function presentUser(
  reader: Reader,
  account: StoredAccount,
  profile: Partial<Pick<StoredProfile, 'firstname' | 'lastname'>> | undefined,
) {
  const offers = new Map<string, ReturnType<typeof presentOffer>>();
  for (const { id } of await reader.orders.listOrdersOfAccount(account.id)) {
    for (const line of await reader.orders.listLines(id)) {
      if (line.state === 'removed' || offers.get(line.offerId)?.active) continue;
      offers.set(line.offerId, presentOffer(line));
    }
  }
  const listed = [...offers.values()];
  return {
    id: account.VID,
    email: emailOf(account),
    firstname: profile?.firstname,
    name: profile?.lastname ?? (profile?.firstname === undefined ? account.name : undefined),
    active: listed.some(({ active }) => active),
    createdAt: format(account.createdAt),
    offers: listed,
  };
}

function presentOffer({ offerId, offerName, state }: StoredLine) {
  return { id: offerId, name: offerName, active: state === 'active' };
}
