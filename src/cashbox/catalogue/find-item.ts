/** Finds the product or billing plan that an object of a request names. */
import type { CatalogueReader, StoredCatalogueItem } from '../../store/catalogue';
import { requireIdLength } from '../../grants/id-limit';
import { merchantIdOf, type CatalogueItem, type CatalogueKind } from './kinds';

/**
 * By VID, by the merchant's own name, or by both.
 * @returns undefined when it has no VID and nothing has its name (or it has none)
 * @throws Refusal when nothing has its VID, or when VID and name are those of two
 */
export async function findCatalogueItem<Values extends CatalogueItem>(
  kind: CatalogueKind<Values>,
  catalogue: CatalogueReader,
  named: Values,
): Promise<StoredCatalogueItem<Values> | undefined> {
  const reader = kind.reader(catalogue);
  const id = merchantIdOf(kind, named);
  const owner = id ? await reader.findByMerchantId(id) : undefined;
  if (!named.VID) return owner;
  const item = await reader.findByVid(named.VID);
  if (!item) throw kind.strings.noVid(named.VID);
  // Beside a VID, a name that nothing has is the item's new one.
  if (owner && owner.id !== item.id) throw kind.strings.notFound();
  return item;
}

/**
 * Finds a catalogue item that must be there.
 * @param path where it stands in the request, for messages
 * @throws Refusal when it names none, or none that is there
 */
export async function requireCatalogueItem<Values extends CatalogueItem>(
  kind: CatalogueKind<Values>,
  catalogue: CatalogueReader,
  named: Values,
  path: string,
): Promise<StoredCatalogueItem<Values>> {
  const id = merchantIdOf(kind, named);
  if (!named.VID && !id) throw kind.strings.notSpecified();
  requireIdLength(`${path}.${kind.merchantId}`, id);
  const item = await findCatalogueItem(kind, catalogue, named);
  if (!item) throw kind.strings.noMerchantId(id ?? '');
  return item;
}
