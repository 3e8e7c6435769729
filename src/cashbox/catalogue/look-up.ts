/** The look-ups that products and billing plans have alike. */
import type { CatalogueReader, StoredOffer } from '../../store/catalogue';
import type { Page } from '../../store/store';
import { requireIdLength } from '../account/id-limit';
import { entitlementIdNotSpecified, notSpecifiedToLoadBy, vidNotSpecified } from '../returns';
import type { Offer, OfferKind } from './kinds';

/** @throws Refusal `Must specify VID to load by!` · the kind's noVid */
export async function lookUpByVid<Values extends Offer>(
  kind: OfferKind<Values>,
  catalogue: CatalogueReader,
  vid: string | undefined,
): Promise<StoredOffer<Values>> {
  if (!vid) throw vidNotSpecified();
  const offer = await kind.reader(catalogue).findByVid(vid);
  if (!offer) throw kind.strings.noVid(vid);
  return offer;
}

/** By the merchant's own name. @throws Refusal `Must specify … to load by!` · the kind's noMerchantId */
export async function lookUpByMerchantId<Values extends Offer>(
  kind: OfferKind<Values>,
  catalogue: CatalogueReader,
  id: string | undefined,
): Promise<StoredOffer<Values>> {
  const { merchantId, strings } = kind;
  if (!id) throw notSpecifiedToLoadBy(merchantId);
  requireIdLength(merchantId, id);
  const offer = await kind.reader(catalogue).findByMerchantId(id);
  if (!offer) throw strings.noMerchantId(id);
  return offer;
}

/** @throws Refusal `Must specify entitlement id.` · the kind's notEntitling */
export async function lookUpByEntitlementId<Values extends Offer>(
  kind: OfferKind<Values>,
  catalogue: CatalogueReader,
  id: string | undefined,
): Promise<Array<StoredOffer<Values>>> {
  if (!id) throw entitlementIdNotSpecified();
  requireIdLength('merchantEntitlementId', id);
  const offers = await kind.reader(catalogue).listByEntitlementId(id);
  if (offers.length === 0) throw kind.strings.notEntitling(id);
  return offers;
}

/** A page of them, in the order in which they were made. @throws Refusal the kind's noneThere */
export async function listOfferPage<Values extends Offer>(
  kind: OfferKind<Values>,
  catalogue: CatalogueReader,
  page: Page,
): Promise<Array<StoredOffer<Values>>> {
  const offers = await kind.reader(catalogue).listPage(page);
  if (offers.length === 0) throw kind.strings.noneThere();
  return offers;
}
