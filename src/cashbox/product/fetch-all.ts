/** Product.fetchAll: lists every product, page by page. */
import { partOf } from '../../contract/selection';
import type { ProductOperations } from '../../contract/types.generated';
import type { Handler } from '../call';
import { PRODUCTS } from '../catalogue/kinds';
import { listCataloguePage } from '../catalogue/look-up';
import { MAX_PAGE_SIZE, toPage } from '../paging';
import { loadProducts } from './load-product';

/**
 * In the order in which they were made. Without page and pageSize: the first page of the
 * largest size.
 * @throws Refusal 404 `No Products found.`, on a page past the end, too · what is wrong with the page
 */
export const fetchAll: Handler<ProductOperations['fetchAll']> = async (call) => {
  const page = toPage(call.input, { page: 0, pageSize: MAX_PAGE_SIZE });
  if (partOf(call.selection, 'products') === undefined) return {};
  const reader = call.store.reader(call.merchant.id);
  const products = listCataloguePage(PRODUCTS, reader, page);
  return { products: await loadProducts(reader, products, call) };
};
