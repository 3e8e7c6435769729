/** Product.fetchAll: lists every product, page by page. */
import { partOf } from '../../contract/selection';
import type { ProductOperations } from '../../contract/types.generated';
import type { Handler } from '../call';
import { MAX_PAGE_SIZE, toPage } from '../paging';
import { loadProducts } from './load-product';

/**
 * In the order in which they were made; an empty list where there are none. Without page and
 * pageSize: the first 1000.
 * @throws Refusal that names what is wrong with the page (decided)
 */
export const fetchAll: Handler<ProductOperations['fetchAll']> = async (call) => {
  const page = toPage(call.input, { page: 0, pageSize: MAX_PAGE_SIZE });
  if (partOf(call.selection, 'products') === undefined) return {};
  const { catalogue } = call.store.reader(call.merchant.id);
  const products = await catalogue.products.listPage(page);
  return { products: await loadProducts(catalogue, products, call) };
};
