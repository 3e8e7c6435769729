/** A product of very many AutoBills that gets an entitlement id: each of them follows. */
import { startCourse } from '../../../src/entitlements/subscription';
import type { Attack } from '../attack';
import { call, fill, vidOf, workDone } from '../tenant';

const AUTO_BILLS = 20_000;
const START = Date.UTC(2026, 0, 1);

const PRODUCT = vidOf('a');
const PLAN = vidOf('b');

export const manyAutoBills: Attack = {
  name: 'many-auto-bills',
  title: `a product of ${AUTO_BILLS.toLocaleString('en')} AutoBills gets an entitlement id`,
  prepare: (database) =>
    fill(database, AUTO_BILLS, async (unit, number) => {
      if (number === 0) {
        const product = { VID: PRODUCT, merchantProductId: 'sold' };
        await unit.catalogue.products.insert(product, START);
        await unit.catalogue.billingPlans.insert({ VID: PLAN }, START);
      }
      const VID = vidOf('c', number);
      const accountId = await unit.insertAccount({ VID, merchantAccountId: VID }, START);
      await unit.autoBills.insert({
        VID: vidOf('d', number),
        merchantAutoBillId: undefined,
        accountId,
        billingPlan: PLAN,
        course: startCourse(START),
        items: [
          { VID: vidOf('e', number), product: PRODUCT, from: START, until: undefined, values: {} },
        ],
        values: {},
        createdAt: START,
        dueAt: undefined,
      });
    }),
  run: async (target) => {
    const id = '<merchantEntitlementIds><id>new</id></merchantEntitlementIds>';
    const product = `<product><merchantProductId>sold</merchantProductId>${id}</product>`;
    const status = await call(target, 'Product', 'update', product);
    return `${status}; ${await workDone(target)}`;
  },
};
