/** AutoBill.fetchByAccountAndProduct: lists the AutoBills by which an account has a product. */
import type { AutoBillOperations } from '../../contract/types.generated';
import type { Handler } from '../call';
import { requireCatalogueItem } from '../catalogue/find-item';
import { PRODUCTS } from '../catalogue/kinds';
import { AUTO_BILL } from '../returns';
import { currentItems } from './items';
import { listOfAccount } from './list-of-account';
import { loadAutoBills } from './present';

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
  const autoBills = await listOfAccount(reader, call.input);
  const { VID } = (await requireCatalogueItem(PRODUCTS, reader.catalogue, named, 'product')).values;
  const now = reader.now();
  const holding = autoBills.filter(({ items }) =>
    currentItems(items, now).some(({ product }) => product === VID),
  );
  if (holding.length === 0) throw AUTO_BILL.noneOfAccount();
  return { autobills: await loadAutoBills(reader, holding, call) };
};
