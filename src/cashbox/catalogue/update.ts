/** Product.update and BillingPlan.update, whichever surface asks: the item is saved, and running AutoBills follow it. */
import type { Work } from '../../base/work';
import type { BillingPlan, Product } from '../../contract/types.generated';
import type { UnitOfWork } from '../../store/store';
import { followBillingPlan, followProduct } from '../../subscriptions/follow-item';
import { saveBillingPlan, saveProduct } from './save';
import type { SavedCatalogueItem } from './save-item';

/**
 * Creates a product or changes it. Absent and empty elements stay as they are.
 * @throws Refusal as saveProduct
 */
export async function updateProduct(
  unit: UnitOfWork,
  given: Product,
  work: Work,
): Promise<SavedCatalogueItem<Product>> {
  const saved = await saveProduct(unit, given, 'product', work);
  await followProduct(unit, work, saved);
  return saved;
}

/** The same for a billing plan. @throws Refusal as saveBillingPlan */
export async function updateBillingPlan(
  unit: UnitOfWork,
  given: BillingPlan,
  work: Work,
): Promise<SavedCatalogueItem<BillingPlan>> {
  const saved = await saveBillingPlan(unit, given, 'billingPlan', work);
  await followBillingPlan(unit, work, saved);
  return saved;
}
