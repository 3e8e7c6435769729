/** Every refusal of a call about orders, each sentence once (decided). */
import { conflict, notFound } from '../base/refusal';

export const unknownUser = (email: string) => notFound(`There is no user ${email}.`);
export const unknownOffer = (offerId: string) => notFound(`There is no offer ${offerId}.`);
export const unknownOrder = (orderId: string) => notFound(`There is no order ${orderId}.`);
/** The same where another user has it. */
export const notTheirOrder = (email: string, orderId: string) =>
  notFound(`The user ${email} has no order ${orderId}.`);
export const notTheirOffer = (email: string, offerId: string) =>
  notFound(`The user ${email} has no order of the offer ${offerId}.`);
export const orderOfAnother = (orderId: string) =>
  conflict(`The order ${orderId} belongs to another user.`);
export const orderIsRevoked = (orderId: string) =>
  conflict(`The order ${orderId} is revoked: restore it instead of granting it again.`);
export const orderIsRemoved = (orderId: string) =>
  conflict(`The order ${orderId} was removed and cannot be restored: grant it again.`);
export const offerIsRemoved = (email: string, offerId: string) =>
  conflict(
    `The offer ${offerId} was removed from ${email} and cannot be restored: grant it again.`,
  );
export const offerExists = (offerId: string) => conflict(`There is an offer ${offerId} already.`);
