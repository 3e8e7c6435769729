/** The look-ups that products and billing plans have alike. */
import type { CatalogueReader, StoredCatalogueItem } from '../../store/catalogue';
import type { Page } from '../../store/store';
import { requireIdLength } from '../../grants/id-limit';
import { entitlementIdNotSpecified, notSpecifiedToLoadBy, vidNotSpecified } from '../returns';
import type { CatalogueItem, CatalogueKind } from './kinds';

/** @throws Refusal `Must specify VID to load by!` · the kind's noVid */
export async function lookUpByVid<Values extends CatalogueItem>(
  kind: CatalogueKind<Values>,
  catalogue: CatalogueReader,
  vid: string | undefined,
): Promise<StoredCatalogueItem<Values>> {
  if (!vid) throw vidNotSpecified();
  const item = await kind.reader(catalogue).findByVid(vid);
  if (!item) throw kind.strings.noVid(vid);
  return item;
}

/** By the merchant's own name. @throws Refusal `Must specify … to load by!` · the kind's noMerchantId */
export async function lookUpByMerchantId<Values extends CatalogueItem>(
  kind: CatalogueKind<Values>,
  catalogue: CatalogueReader,
  id: string | undefined,
): Promise<StoredCatalogueItem<Values>> {
  const { merchantId, strings } = kind;
  if (!id) throw notSpecifiedToLoadBy(merchantId);
  requireIdLength(merchantId, id);
  const item = await kind.reader(catalogue).findByMerchantId(id);
  if (!item) throw strings.noMerchantId(id);
  return item;
}

/** @throws Refusal `Must specify entitlement id.` · the kind's notEntitling */
export async function lookUpByEntitlementId<Values extends CatalogueItem>(
  kind: CatalogueKind<Values>,
  catalogue: CatalogueReader,
  id: string | undefined,
): Promise<Array<StoredCatalogueItem<Values>>> {
  if (!id) throw entitlementIdNotSpecified();
  requireIdLength('merchantEntitlementId', id);
  const items = await kind.reader(catalogue).listByEntitlementId(id);
  if (items.length === 0) throw kind.strings.notEntitling(id);
  return items;
}

/** A page of them, in the order in which they were made. @throws Refusal the kind's noneThere */
export async function listCataloguePage<Values extends CatalogueItem>(
  kind: CatalogueKind<Values>,
  catalogue: CatalogueReader,
  page: Page,
): Promise<Array<StoredCatalogueItem<Values>>> {
  const items = await kind.reader(catalogue).listPage(page);
  if (items.length === 0) throw kind.strings.noneThere();
  return items;
}
