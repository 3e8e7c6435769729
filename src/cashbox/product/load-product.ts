/** Reads products as a reply shows them. */
import { listOrPages, mapPages } from '../../base/pages';
import { partOf } from '../../contract/selection';
import type { Product } from '../../contract/types.generated';
import type { CatalogueReader, StoredProduct } from '../../store/catalogue';
import type { Reader } from '../../store/store';
import type { Call } from '../call';
import { presentProduct } from '../catalogue/present-item';

/** @returns undefined when srd wants no product */
export async function loadProduct(
  catalogue: CatalogueReader,
  product: StoredProduct,
  { selection }: Pick<Call<unknown>, 'selection'>,
): Promise<Product | undefined> {
  const wanted = partOf(selection, 'product');
  return wanted && presentProduct(catalogue, product, wanted);
}

/** The same for the part of the response that holds several. @throws what the reading of the pages throws */
export async function loadProducts(
  reader: Reader,
  pages: AsyncGenerator<readonly StoredProduct[]>,
  { selection }: Pick<Call<unknown>, 'selection'>,
): Promise<Product[] | undefined> {
  const wanted = partOf(selection, 'products');
  if (wanted === undefined) {
    await pages.next();
    return undefined;
  }
  const present = async (page: readonly StoredProduct[]) => {
    const loaded: Product[] = [];
    for (const product of page) {
      loaded.push(await presentProduct(reader.catalogue, product, wanted));
      await reader.pause();
    }
    return loaded;
  };
  return listOrPages(mapPages(pages, present));
}
