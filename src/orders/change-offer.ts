/** Makes and changes offers. */
import { isIdTooLong, MAX_ID_BYTES } from '../base/id-limit';
import { invalid } from '../base/refusal';
import type { Work } from '../base/work';
import type { StoredOffer } from '../store/orders';
import type { UnitOfWork } from '../store/store';
import { beginWork } from '../batches/long-work';
import { OFFER_WORK } from './order-work';
import { offerExists, unknownOffer } from './refusals';

/**
 * Makes an offer.
 * @param input without an offerId the server makes one
 * @throws Refusal 400 for an empty or overlong value, 409 when the offerId is taken
 */
export async function addOffer(
  unit: UnitOfWork,
  { newId, now }: Work,
  input: {
    readonly offerId?: string | undefined;
    readonly name: string;
    readonly merchantEntitlementIds: readonly string[];
  },
): Promise<StoredOffer> {
  const { offerId = newId(), name } = input;
  check('id', offerId);
  check('name', name);
  const ids = distinct(input.merchantEntitlementIds);
  if (await unit.orders.findOffer(offerId)) throw offerExists(offerId);
  const offer = { offerId, name, createdAt: now };
  const id = await unit.orders.insertOffer(offer);
  await unit.orders.replaceOfferEntitlements(id, ids);
  return { id, ...offer };
}

/**
 * Changes an offer, and with it the access by its active orders: the first of them at once, the rest in
 * the background. Undefined values stay. A revoked order follows when it is restored.
 * @throws Refusal 404 for an unknown offer, 400 for an empty or overlong value
 */
export async function changeOffer(
  unit: UnitOfWork,
  work: Work,
  input: {
    readonly offerId: string;
    readonly name?: string | undefined;
    readonly merchantEntitlementIds?: readonly string[] | undefined;
  },
): Promise<StoredOffer> {
  const { offerId, name, merchantEntitlementIds } = input;
  const offer = await unit.orders.findOffer(offerId);
  if (!offer) throw unknownOffer(offerId);
  // All is checked before anything is written: a caller may keep the refusal.
  if (name !== undefined) check('name', name);
  const ids = merchantEntitlementIds && distinct(merchantEntitlementIds);
  if (name !== undefined) await unit.orders.renameOffer(offer.id, name);
  if (ids) {
    await unit.orders.replaceOfferEntitlements(offer.id, ids);
    const about = { subject: offer.id, name: offerId, detail: undefined };
    await beginWork(unit, work, OFFER_WORK, about);
  }
  return { ...offer, name: name ?? offer.name };
}

function distinct(ids: readonly string[]): string[] {
  if (ids.length === 0) throw invalid('entitlement: an offer needs one at least.');
  for (const id of ids) check('entitlement', id);
  return [...new Set(ids)];
}

function check(field: string, value: string): void {
  if (value.trim() === '') throw invalid(`${field} is empty.`);
  if (isIdTooLong(value)) {
    throw invalid(`${field} is longer than ${MAX_ID_BYTES} bytes.`);
  }
}
