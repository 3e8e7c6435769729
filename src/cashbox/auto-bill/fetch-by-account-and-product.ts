/** AutoBill.fetchByAccountAndProduct: lists the AutoBills by which an account has a product. */
import type { AutoBillOperations } from '../../contract/types.generated';
import type { StoredAutoBill } from '../../store/auto-bills';
import type { Handler } from '../call';
import { requireCatalogueItem } from '../catalogue/find-item';
import { PRODUCTS } from '../catalogue/kinds';
import { currentItems } from './items';
import { findAutoBills } from './list-of-account';
import { requireAutoBills } from './present';

/**
 * Those that hold the product now, ended ones included (decided).
 * @throws Refusal `Base Account not specified.` · `Unable to load account:  No match.` · `Product not
 *   specified.` · `Unable to load product by …` · 404 `No AutoBills found for the Account.`
 */
export const fetchByAccountAndProduct: Handler<
  AutoBillOperations['fetchByAccountAndProduct']
> = async (call) => {
  const reader = call.store.reader(call.merchant.id);
  const { product: named = {} } = call.input;
  const pages = await findAutoBills(reader, call.input);
  const { VID } = (await requireCatalogueItem(PRODUCTS, reader.catalogue, named, 'product')).values;
  const now = reader.now();
  const holds = ({ items }: StoredAutoBill) =>
    currentItems(items, now).some(({ product }) => product === VID);
  const holding = (async function* () {
    for await (const page of pages) {
      const found = page.filter(holds);
      if (found.length > 0) yield found;
    }
  })();
  return { autobills: await requireAutoBills(reader, holding, call) };
};
