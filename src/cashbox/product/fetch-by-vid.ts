/** Product.fetchByVid: finds a product by the server's own name for it. */
import type { ProductOperations } from '../../contract/types.generated';
import type { Handler } from '../call';
import { PRODUCTS } from '../catalogue/kinds';
import { lookUpByVid } from '../catalogue/look-up';
import { loadProduct } from './load-product';

/**
 * @throws Refusal `Must specify VID to load by!` · 404 `Unable to load product by VID "…" -  No match`
 *   (observed)
 */
export const fetchByVid: Handler<ProductOperations['fetchByVid']> = async (call) => {
  const { catalogue } = call.store.reader(call.merchant.id);
  const product = await lookUpByVid(PRODUCTS, catalogue, call.input.vid);
  return { product: await loadProduct(catalogue, product, call) };
};
