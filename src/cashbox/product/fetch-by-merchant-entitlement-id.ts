/** Product.fetchByMerchantEntitlementId: finds the products that entitle to something. */
import type { ProductOperations } from '../../contract/types.generated';
import type { Handler } from '../call';
import { PRODUCTS } from '../catalogue/kinds';
import { lookUpByEntitlementId } from '../catalogue/look-up';
import { loadProducts } from './load-product';

/**
 * In the order in which they were made.
 * @throws Refusal `Must specify entitlement id.` · 404 `Could not load product for entitlement id ….`
 *   (documented)
 */
export const fetchByMerchantEntitlementId: Handler<
  ProductOperations['fetchByMerchantEntitlementId']
> = async (call) => {
  const reader = call.store.reader(call.merchant.id);
  const id = call.input.merchantEntitlementId;
  const products = lookUpByEntitlementId(PRODUCTS, reader, id);
  return { products: await loadProducts(reader, products, call) };
};
