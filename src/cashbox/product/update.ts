/** Product.update: creates a product, or changes one. */
import type { ProductOperations } from '../../contract/types.generated';
import { type Handler, workOf } from '../call';
import { PRODUCTS } from '../catalogue/kinds';
import { updateProduct } from '../catalogue/update';
import { loadProduct } from './load-product';

/**
 * Absent and empty elements stay as they are; nameValues are merged by name, the rest is replaced.
 * duplicateBehavior is without effect (documented: not supported).
 * @throws Refusal `Product not specified.` · `… not specified.` of an element that cannot be kept
 *   without it · 404 `Unable to load product by VID "…" -  No match` · `Product not found.` when VID and
 *   merchantProductId name two products · what its billing plan and bundled products are refused for
 */
export const update: Handler<ProductOperations['update']> = async (call) => {
  const given = call.input.product;
  if (!given) throw PRODUCTS.strings.notSpecified();
  return call.store.transact(call.merchant.id, async (unit) => {
    const { item, created } = await updateProduct(unit, given, workOf(call, unit));
    return { product: await loadProduct(unit.catalogue, item, call), created };
  });
};
