/** Product.fetchByAccount: lists the products that an account has. */
import { partOf } from '../../contract/selection';
import type { ProductOperations } from '../../contract/types.generated';
import { isFinished, standingOf } from '../../entitlements/subscription';
import type { StoredProduct } from '../../store/catalogue';
import type { Reader } from '../../store/store';
import { calendarOf } from '../../ledger/calendar-of';
import { currentItems } from '../auto-bill/items';
import { findAutoBills } from '../auto-bill/list-of-account';
import type { Handler } from '../call';
import { PRODUCT } from '../returns';
import { loadProducts } from './load-product';

/**
 * Those of its AutoBills that have not ended, each once; those of its children after its own, where
 * they are asked for.
 * @throws Refusal `Base Account not specified.` · `Unable to load account:  No match.` · 404 `No
 *   Products found.` (decided, as of AutoBill.fetchByAccount)
 */
export const fetchByAccount: Handler<ProductOperations['fetchByAccount']> = async (call) => {
  const reader = call.store.reader(call.merchant.id);
  const pages = await findAutoBills(reader, call.input);
  if (partOf(call.selection, 'products') === undefined) return {};
  const now = reader.now();
  const vids = new Set<string>();
  for await (const page of pages) {
    for (const autoBill of page) {
      await reader.pause();
      const calendar = await calendarOf(reader, autoBill, call.timeZone);
      if (isFinished(standingOf(autoBill.course, calendar, now))) continue;
      for (const { product } of currentItems(autoBill.items, now)) vids.add(product);
    }
  }
  if (vids.size === 0) throw PRODUCT.noneThere();
  return { products: await loadProducts(reader, productPages(reader, [...vids]), call) };
};

/** The products that are read at once: each may be long. */
const AT_ONCE = 10;

async function* productPages(
  { catalogue }: Reader,
  vids: readonly string[],
): AsyncGenerator<StoredProduct[]> {
  for (let from = 0; from < vids.length; from += AT_ONCE) {
    const some = vids.slice(from, from + AT_ONCE);
    const found = await catalogue.products.findByVids(some);
    yield some.map((vid) => found.get(vid)).filter((product) => product !== undefined);
  }
}
