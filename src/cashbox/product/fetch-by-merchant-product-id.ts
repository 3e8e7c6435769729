/** Product.fetchByMerchantProductId: finds a product by the merchant's own name for it. */
import type { ProductOperations } from '../../contract/types.generated';
import type { Handler } from '../call';
import { PRODUCTS } from '../catalogue/kinds';
import { lookUpByMerchantId } from '../catalogue/look-up';
import { loadProduct } from './load-product';

/**
 * @throws Refusal `Must specify merchantProductId to load by!` · `Unable to load product by sku
 *   "…":  No match` (observed)
 */
export const fetchByMerchantProductId: Handler<
  ProductOperations['fetchByMerchantProductId']
> = async (call) => {
  const { catalogue } = call.store.reader(call.merchant.id);
  const product = await lookUpByMerchantId(PRODUCTS, catalogue, call.input.merchantProductId);
  return { product: await loadProduct(catalogue, product, call) };
};
