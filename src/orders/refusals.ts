/** Every refusal of a call about orders, each sentence once (decided). */
import { cut } from '../base/quote';
import { conflict, invalid, notFound, unprocessable } from '../base/refusal';

export const unknownUser = (email: string) => notFound(`There is no user ${cut(email)}.`);
export const unknownAccount = (name: string) => notFound(`There is no account ${cut(name)}.`);
export const unknownOffer = (offerId: string) => notFound(`There is no offer ${cut(offerId)}.`);
export const unknownOrder = (orderId: string) => notFound(`There is no order ${cut(orderId)}.`);
/** The same of a call that no line of the ledger is of. */
export const unknownCall = (soapId: string) =>
  notFound(`No line of the ledger is of the call ${cut(soapId)}: it changed no access.`);
/** An address that is that of no single user. */
export const tooManyAccounts = (email: string, most: number) =>
  invalid(`More than ${most} accounts have the e-mail address ${cut(email)}: it names no user.`);
/** @param instead how it can be done nevertheless */
export const tooManyOrders = (email: string, most: number, instead: string) =>
  unprocessable(`The user ${cut(email)} has more than ${most} orders of the offer: ${instead}.`);
export const tooManyOffers = (orderId: string, most: number) =>
  unprocessable(`The order ${cut(orderId)} has ${most} offers, and no order may have more.`);
/** An order that another user has. */
export const notTheirOrder = (email: string, orderId: string) =>
  notFound(`The user ${cut(email)} has no order ${cut(orderId)}.`);
export const notTheirOffer = (email: string, offerId: string) =>
  notFound(`The user ${cut(email)} has no order of the offer ${cut(offerId)}.`);
export const orderOfAnother = (orderId: string) =>
  conflict(`The order ${cut(orderId)} belongs to another user.`);
export const orderIsRevoked = (orderId: string) =>
  conflict(`The order ${cut(orderId)} is revoked: restore it instead of granting it again.`);
export const orderIsRemoved = (orderId: string) =>
  conflict(`The order ${cut(orderId)} was removed and cannot be restored: grant it again.`);
export const offerIsRemoved = (email: string, offerId: string) =>
  conflict(
    `The offer ${cut(offerId)} was removed from ${cut(email)} and cannot be restored: grant it again.`,
  );
export const offerExists = (offerId: string) =>
  conflict(`There is an offer ${cut(offerId)} already.`);
