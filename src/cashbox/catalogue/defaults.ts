/** The values that CashBox fills in where the merchant gives none for a plan or an AutoBill: the only table. */
import type {
  AutoBill,
  AutoBillItem,
  BillingPlan,
  BillingPlanPeriod,
} from '../../contract/types.generated';

/**
 * Observed in its push messages and REST replies, as the other tables here. Products are given no more
 * than the status Active, when they are made.
 */
const BILLING_PLAN: BillingPlan = {
  timesToRun: '1',
  daysBeforeSeasonToBill: 0,
  daysEntitledBeforeSeason: 0,
  daysEntitledAfterSeason: 0,
  skipInitialFreeWhenRepeating: true,
};

/** Quantity and cycles: decided, for this is how a period without them counts. */
const PERIOD: BillingPlanPeriod = {
  quantity: 1,
  cycles: 0,
  doNotNotifyFirstBill: false,
  free: false,
};

/** Values of an AutoBill that the merchant didn't give. */
export const AUTO_BILL_DEFAULTS: AutoBill = { minimumCommitment: 0, warnOnExpiration: false };

/** The same of each of its items. */
export const ITEM_DEFAULTS: AutoBillItem = { quantity: '1' };

/** A plan with what CashBox fills in. */
export function withDefaults(plan: BillingPlan): BillingPlan {
  const filled: BillingPlan = Object.assign({}, BILLING_PLAN, plan);
  filled.periods = plan.periods?.map((period) => Object.assign({}, PERIOD, period));
  return filled;
}
