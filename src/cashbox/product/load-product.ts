/** Reads products as a reply shows them. */
import { partOf } from '../../contract/selection';
import type { Product } from '../../contract/types.generated';
import type { CatalogueReader, StoredProduct } from '../../store/catalogue';
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

/** The same for the part of the response that holds several. */
export async function loadProducts(
  catalogue: CatalogueReader,
  products: readonly StoredProduct[],
  { selection }: Pick<Call<unknown>, 'selection'>,
): Promise<Product[] | undefined> {
  const wanted = partOf(selection, 'products');
  if (wanted === undefined) return undefined;
  const loaded: Product[] = [];
  for (const product of products) loaded.push(await presentProduct(catalogue, product, wanted));
  return loaded;
}
