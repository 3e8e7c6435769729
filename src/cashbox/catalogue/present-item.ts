/** Products and billing plans as a reply shows them: parts that srd leaves out aren't read. */
import { partOf, type Selection } from '../../contract/selection';
import type { BillingPlan, Product } from '../../contract/types.generated';
import type { CatalogueReader, StoredBillingPlan, StoredProduct } from '../../store/catalogue';
import { withDefaults } from './defaults';

/**
 * A product with its defaultBillingPlan and the products that are bundled with it, as those are now.
 * Their own bundled products aren't shown: bundles may hold one another.
 * @param wanted the parts of the product that the reply shows
 */
export async function presentProduct(
  catalogue: CatalogueReader,
  { values }: StoredProduct,
  wanted: Selection,
): Promise<Product> {
  const parts = partOf(wanted, 'bundledProducts');
  const bundledProducts: Product[] = [];
  for (const { VID = '' } of parts === undefined ? [] : (values.bundledProducts ?? [])) {
    const part = await catalogue.products.findByVid(VID);
    if (part) bundledProducts.push(await presentAlone(catalogue, part, parts ?? 'all'));
  }
  const product = await presentAlone(catalogue, { values }, wanted);
  return { ...product, bundledProducts };
}

async function presentAlone(
  catalogue: CatalogueReader,
  { values }: Pick<StoredProduct, 'values'>,
  wanted: Selection,
): Promise<Product> {
  const { VID } = values.defaultBillingPlan ?? {};
  const wantsPlan = VID !== undefined && partOf(wanted, 'defaultBillingPlan') !== undefined;
  const plan = wantsPlan ? await catalogue.billingPlans.findByVid(VID) : undefined;
  return {
    ...values,
    bundledProducts: undefined,
    defaultBillingPlan: plan && presentBillingPlan(plan),
  };
}

/** A billing plan: all that is kept of it, and what CashBox fills in. */
export function presentBillingPlan({ values }: StoredBillingPlan): BillingPlan {
  return withDefaults(values);
}
