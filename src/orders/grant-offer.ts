/** Gives a user the access of an offer, by an order. */
import type { Work } from '../base/work';
import { readAccountState, recordCreation, recordUpdate } from '../ledger/record-account';
import type { StoredLine, StoredOffer, StoredOrder } from '../store/orders';
import type { StoredAccount, UnitOfWork } from '../store/store';
import { changeOrder } from './change-order';
import { broughtUpToDate } from './order-work';
import { findUser, type FoundUser, listAccountsOf } from './find-user';
import { orderIsRevoked, orderOfAnother, tooManyOffers, unknownOffer } from './refusals';

/** The most offers that an order may have: whatever changes it looks at each of them. */
export const MOST_OFFERS = 500;

export interface GrantInput {
  readonly email: string;
  readonly firstname?: string | undefined;
  /** The last name. */
  readonly name?: string | undefined;
  /** An offerId. */
  readonly grantOffer: string;
  readonly orderId?: string | undefined;
}

/**
 * A user that is not known is made. An order may hold several offers. Without an orderId the server
 * makes one, unless an order that it made gives the user this offer already: then that is the answer,
 * so that a call that is repeated changes nothing (decided).
 * @returns the order
 * @throws Refusal 404 for an unknown offer; 409 when the order is another user's, or revoked; 422 when it has
 *   MOST_OFFERS others
 */
export async function grantOffer(
  unit: UnitOfWork,
  work: Work,
  input: GrantInput,
): Promise<StoredOrder> {
  const offer = await unit.orders.findOffer(input.grantOffer);
  if (!offer) throw unknownOffer(input.grantOffer);
  const known = await findKnownOrder(unit, work, input, offer);
  const account = await saveUser(unit, work, input, known);
  const order = known ?? (await insertOrder(unit, work, account.id, input.orderId));
  const before = known ? await unit.orders.listLines(known.id) : [];
  const after = addOffer(before, offer);
  if (after.length > Math.max(MOST_OFFERS, before.length)) {
    throw tooManyOffers(order.orderId, MOST_OFFERS);
  }
  return changeOrder(unit, work, order, { before, after, event: 'order.granted', back: 'grant' });
}

/** The order that the call means, if there is one. @throws Refusal 409 when it cannot be granted */
async function findKnownOrder(
  unit: UnitOfWork,
  work: Work,
  { email, orderId }: GrantInput,
  offer: StoredOffer,
): Promise<StoredOrder | undefined> {
  if (orderId === undefined) return findOwnOrder(unit, work, email, offer);
  const found = await unit.orders.findOrder(orderId);
  if (!found) return undefined;
  const accounts = await listAccountsOf(unit, email);
  if (!accounts.some(({ id }) => id === found.accountId)) throw orderOfAnother(orderId);
  const order = await broughtUpToDate(unit, work, found);
  const lines = await unit.orders.listLines(order.id);
  const line = lines.find((one) => one.offer === offer.id);
  if (order.state === 'revoked' || line?.state === 'revoked') throw orderIsRevoked(orderId);
  return order;
}

/** An order whose id the server made, and that gives the user this offer now. */
async function findOwnOrder(
  unit: UnitOfWork,
  work: Work,
  email: string,
  offer: StoredOffer,
): Promise<StoredOrder | undefined> {
  const user = await findUser(unit, email);
  for (;;) {
    const order = user && (await unit.orders.findUnnamedOrder(user.account.id, offer.id));
    // One of a user who was deleted may be about to be removed.
    if (!order || (await broughtUpToDate(unit, work, order)) === order) return order;
    await unit.pause();
  }
}

function addOffer(lines: readonly StoredLine[], offer: StoredOffer): StoredLine[] {
  const line = lines.find((one) => one.offer === offer.id);
  if (line?.state === 'active') return [...lines];
  const added: StoredLine = {
    offer: offer.id,
    offerId: offer.offerId,
    offerName: offer.name,
    state: 'active',
    reason: undefined,
  };
  return [...lines.filter((one) => one !== line), added];
}

async function insertOrder(
  unit: UnitOfWork,
  work: Work,
  accountId: number,
  orderId: string | undefined,
): Promise<StoredOrder> {
  const { now } = work;
  const order: Omit<StoredOrder, 'id'> = {
    orderId: orderId ?? work.newId(),
    accountId,
    named: orderId !== undefined,
    state: 'active',
    failedPayments: 0,
    createdAt: now,
    changedAt: now,
  };
  return { id: await unit.orders.insertOrder(order), ...order };
}

/** Finds the user or makes one; names are kept where none are known, and a deleted user is one again. */
async function saveUser(
  unit: UnitOfWork,
  work: Work,
  input: GrantInput,
  order: StoredOrder | undefined,
): Promise<StoredAccount> {
  const found = order ? await findOwner(unit, order) : await findUser(unit, input.email);
  const account = found?.account ?? (await insertUser(unit, work, input));
  const { profile } = found ?? {};
  if (account.emailAddress === undefined) {
    const before = await readAccountState(unit, account);
    await unit.updateAccount(account.id, { emailAddress: input.email }, work.now);
    const known = { ...account, emailAddress: input.email };
    await recordUpdate(unit, work, { before, account: known });
  }
  const firstname = profile?.firstname ?? (input.firstname || undefined);
  const lastname = profile?.lastname ?? (input.name || undefined);
  await unit.users.saveProfile(account.id, { firstname, lastname, deletedAt: undefined });
  return account;
}

async function findOwner(
  unit: UnitOfWork,
  { accountId }: StoredOrder,
): Promise<FoundUser | undefined> {
  const account = await unit.findAccount(accountId);
  return account && { account, profile: await unit.users.findProfile(accountId) };
}

async function insertUser(
  unit: UnitOfWork,
  work: Work,
  { email, firstname, name }: GrantInput,
): Promise<StoredAccount> {
  const { now } = work;
  const values = {
    VID: work.newId(),
    merchantAccountId: email,
    emailAddress: email,
    name: [firstname, name].filter(Boolean).join(' ') || undefined,
  };
  const account = { id: await unit.insertAccount(values, now), createdAt: now, ...values };
  await recordCreation(unit, work, account);
  return account;
}
