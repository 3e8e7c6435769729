/** Refuses what of a product or billing plan cannot be kept as it is. */
import type { BillingPlan, Product } from '../../contract/types.generated';
import { requireIdLength } from '../../grants/id-limit';
import { findPlanProblem } from '../../ledger/read-plan';
import { elementNotSpecified, elementRefused, tooManyParts } from '../returns';
import type { CatalogueItem } from './kinds';

/** The most products that a product may be bundled with: whatever shows it shows each of them whole (decided). */
export const MOST_BUNDLED = 100;

/**
 * @param path where it stands in the request, for messages
 * @throws Refusal `… not specified.` for a required value within it, that an id is too long, or that there are more
 *   than MOST_BUNDLED bundledProducts
 */
export function checkProduct(given: Product, path: string): void {
  checkCatalogueItem(given, path);
  if ((given.bundledProducts ?? []).length > MOST_BUNDLED) {
    throw tooManyParts(`${path}.bundledProducts`, MOST_BUNDLED);
  }
  requireIdLength(`${path}.merchantProductId`, given.merchantProductId);
  requireEach(given.descriptions, `${path}.descriptions`, 'language');
  requireEach(given.descriptions, `${path}.descriptions`, 'description');
  requireEach(given.prices, `${path}.prices`, 'amount');
}

/** The same for a billing plan, whose periods the calendar must be able to count. */
export function checkBillingPlan(given: BillingPlan, path: string): void {
  checkCatalogueItem(given, path);
  requireIdLength(`${path}.merchantBillingPlanId`, given.merchantBillingPlanId);
  const problem = findPlanProblem(given);
  if (problem) throw elementRefused(`${path}.${problem.element}`, problem.reason);
}

function checkCatalogueItem(
  { nameValues, merchantEntitlementIds = [] }: CatalogueItem,
  path: string,
): void {
  requireEach(nameValues, `${path}.nameValues`, 'name');
  requireEach(merchantEntitlementIds, `${path}.merchantEntitlementIds`, 'id');
  merchantEntitlementIds.forEach(({ id }, index) => {
    requireIdLength(`${path}.merchantEntitlementIds[${index + 1}].id`, id);
  });
}

function requireEach<Item>(items: Item[] = [], path: string, element: keyof Item & string): void {
  items.forEach((item, index) => {
    if (!item[element]) throw elementNotSpecified(`${path}[${index + 1}].${element}`);
  });
}
