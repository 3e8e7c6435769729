/** Saves products and billing plans as a request gives them, and finds those that it refers to. */
import type { Work } from '../../base/work';
import type { BillingPlan, Product } from '../../contract/types.generated';
import type { StoredBillingPlan, StoredProduct } from '../../store/catalogue';
import type { UnitOfWork } from '../../store/store';
import { bundlesItself } from '../returns';
import { checkBillingPlan, checkProduct } from './check-item';
import { findCatalogueItem, requireCatalogueItem } from './find-item';
import { BILLING_PLANS, PRODUCTS } from './kinds';
import { type SavedCatalogueItem, saveCatalogueItem } from './save-item';

/**
 * Creates a product or changes it. Its defaultBillingPlan is found or created, its bundledProducts
 * must be there (documented: a bundle is made of products that exist); the product refers to them.
 * @param path where it stands in the request, for messages
 * @throws Refusal that says what cannot be kept, or what isn't there
 */
export async function saveProduct(
  unit: UnitOfWork,
  given: Product,
  path: string,
  work: Work,
): Promise<SavedCatalogueItem<Product>> {
  checkProduct(given, path);
  const { defaultBillingPlan: plan, bundledProducts: parts } = given;
  const planPath = `${path}.defaultBillingPlan`;
  const refers: Product = {
    ...given,
    // Credit is no business of this server, and is not kept.
    creditGranted: undefined,
    defaultBillingPlan: plan && refer(await findOrCreateBillingPlan(unit, plan, planPath, work)),
    bundledProducts: parts && (await findParts(unit, given, parts, path)),
  };
  return saveCatalogueItem(PRODUCTS, unit, refers, work);
}

/** Creates a billing plan or changes it. @throws Refusal that says what cannot be kept */
export async function saveBillingPlan(
  unit: UnitOfWork,
  given: BillingPlan,
  path: string,
  work: Work,
): Promise<SavedCatalogueItem<BillingPlan>> {
  checkBillingPlan(given, path);
  return saveCatalogueItem(BILLING_PLANS, unit, given, work);
}

/**
 * The product that an object of a request refers to. One that is there stays as it is, whatever
 * else the object says (decided); one that has a merchantProductId and isn't there is created.
 * @param path where the object stands in the request, for messages
 * @throws Refusal when it names none, when nothing has its VID, or when it cannot be kept
 */
export async function findOrCreateProduct(
  unit: UnitOfWork,
  named: Product,
  path: string,
  work: Work,
): Promise<StoredProduct> {
  if (!named.VID && !named.merchantProductId) throw PRODUCTS.strings.notSpecified();
  const known = await findCatalogueItem(PRODUCTS, unit.catalogue, named);
  return known ?? (await saveProduct(unit, named, path, work)).item;
}

/** The same for a billing plan. */
export async function findOrCreateBillingPlan(
  unit: UnitOfWork,
  named: BillingPlan,
  path: string,
  work: Work,
): Promise<StoredBillingPlan> {
  if (!named.VID && !named.merchantBillingPlanId) throw BILLING_PLANS.strings.notSpecified();
  const known = await findCatalogueItem(BILLING_PLANS, unit.catalogue, named);
  return known ?? (await saveBillingPlan(unit, named, path, work)).item;
}

async function findParts(
  { catalogue }: UnitOfWork,
  bundle: Product,
  parts: readonly Product[],
  path: string,
): Promise<Product[]> {
  const self = await findCatalogueItem(PRODUCTS, catalogue, bundle);
  // One that is named several times is part of the bundle once (decided).
  const found = new Map<number, Product>();
  for (const [index, part] of parts.entries()) {
    const partPath = `${path}.bundledProducts[${index + 1}]`;
    const product = await requireCatalogueItem(PRODUCTS, catalogue, part, partPath);
    if (product.id === self?.id) throw bundlesItself();
    found.set(product.id, refer(product));
  }
  return [...found.values()];
}

/** A product keeps the VIDs of the objects it refers to: those never change. */
function refer({ values: { VID } }: { values: { VID: string } }): { VID: string } {
  return { VID };
}
