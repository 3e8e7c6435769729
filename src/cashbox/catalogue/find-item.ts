/** Finds the product or billing plan that an object of a request names. */
import type { CatalogueReader, StoredOffer } from '../../store/catalogue';
import { requireIdLength } from '../account/id-limit';
import { merchantIdOf, type Offer, type OfferKind } from './kinds';

/**
 * By VID, by the merchant's own name, or by both.
 * @returns undefined when it has no VID and nothing has its name (or it has none)
 * @throws Refusal when nothing has its VID, or when VID and name are those of two
 */
export async function findOffer<Values extends Offer>(
  kind: OfferKind<Values>,
  catalogue: CatalogueReader,
  named: Values,
): Promise<StoredOffer<Values> | undefined> {
  const reader = kind.reader(catalogue);
  const id = merchantIdOf(kind, named);
  const owner = id ? await reader.findByMerchantId(id) : undefined;
  if (!named.VID) return owner;
  const offer = await reader.findByVid(named.VID);
  if (!offer) throw kind.strings.noVid(named.VID);
  // Beside a VID, a name that nothing has is the offer's new one.
  if (owner && owner.id !== offer.id) throw kind.strings.notFound();
  return offer;
}

/**
 * Finds an offer that must be there.
 * @param path where it stands in the request, for messages
 * @throws Refusal when it names none, or none that is there
 */
export async function requireOffer<Values extends Offer>(
  kind: OfferKind<Values>,
  catalogue: CatalogueReader,
  named: Values,
  path: string,
): Promise<StoredOffer<Values>> {
  const id = merchantIdOf(kind, named);
  if (!named.VID && !id) throw kind.strings.notSpecified();
  requireIdLength(`${path}.${kind.merchantId}`, id);
  const offer = await findOffer(kind, catalogue, named);
  if (!offer) throw kind.strings.noMerchantId(id ?? '');
  return offer;
}
