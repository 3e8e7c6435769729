/** Reads a billing plan of the catalogue as the calendar counts with it. */
import type { BillingPlan, BillingPlanPeriod } from '../contract/types.generated';
import type { Calendar, Period, Plan } from '../entitlements/billing-period';
import type { Course } from '../entitlements/subscription';
import { readInterval } from './read-interval';

/** An element of a plan that cannot be read, and the reason. */
export interface PlanProblem {
  /** `periods[1].type` */
  readonly element: string;
  readonly reason: string;
}

/** The most days, weeks, months, years, periods or runs that a plan may have (decided). */
const MOST = 1_000_000;

const ENDLESS = /^(unlimited|forever)$/i;

/**
 * The calendar of an AutoBill that has this plan. One of an earlier version's file is counted as it
 * was there until something changes it: a plan's end of life does not bind it, and an initial free
 * period repeats unless the plan says otherwise (decided).
 */
export function readCalendar(
  plan: BillingPlan,
  { wholeDays }: Pick<Course, 'wholeDays'>,
  timeZone: string,
): Calendar {
  const read = readPlan({
    ...plan,
    skipInitialFreeWhenRepeating: plan.skipInitialFreeWhenRepeating ?? wholeDays,
  });
  return { plan: wholeDays ? read : { ...read, endOfLife: undefined }, timeZone, wholeDays };
}

/**
 * Where they are absent, quantity and timesToRun count as 1 and cycles as 0, without end (decided).
 * A season set does not bound access: seasons are not kept apart (decided).
 */
function readPlan(plan: BillingPlan): Plan {
  const periods = joinAlike((plan.periods ?? []).map(readPeriod));
  const { entitlementsValidFor: validFor } = plan;
  return {
    periods,
    repeated: repeatedPeriods(plan, periods),
    endOfLife: plan.endOfLifeTimestamp,
    times: readTimes(plan.timesToRun),
    every: readInterval(plan.repeatEvery),
    validFor: validFor && ENDLESS.test(validFor.trim()) ? 'forever' : readInterval(validFor),
  };
}

function readPeriod({ type = 'Month', quantity = 1, cycles = 0 }: BillingPlanPeriod): Period {
  return { type, quantity, cycles };
}

/**
 * Periods that differ in price alone are counted together: months from the 31st stay at the end of
 * the month (decided).
 */
function joinAlike(periods: readonly Period[]): Period[] {
  const joined: Period[] = [];
  for (const period of periods) {
    const last = joined.at(-1);
    const alike = last?.type === period.type && last.quantity === period.quantity;
    if (!last || !alike || last.cycles === 0) joined.push(period);
    else {
      const cycles = period.cycles === 0 ? 0 : last.cycles + period.cycles;
      joined[joined.length - 1] = { ...last, cycles };
    }
  }
  return joined;
}

/** A free period at the beginning is left out of later runs unless the plan says no (documented). */
function repeatedPeriods(plan: BillingPlan, periods: readonly Period[]): readonly Period[] {
  const free = plan.skipInitialFreeWhenRepeating && plan.periods?.[0]?.free;
  const later = joinAlike((plan.periods ?? []).slice(1).map(readPeriod));
  return free && later.length > 0 ? later : periods;
}

/** @returns undefined: without end */
function readTimes(text: string | undefined): number | undefined {
  if (!text?.trim()) return 1;
  const times = Number(text);
  return ENDLESS.test(text.trim()) || times === 0 ? undefined : times;
}

/** The first element of a plan that cannot be counted with. */
export function findPlanProblem(plan: BillingPlan): PlanProblem | undefined {
  for (const [index, period] of (plan.periods ?? []).entries()) {
    const problem = findPeriodProblem(period);
    if (problem) return { ...problem, element: `periods[${index + 1}].${problem.element}` };
  }
  const { timesToRun, repeatEvery, entitlementsValidFor } = plan;
  if (timesToRun?.trim() && !ENDLESS.test(timesToRun.trim()) && !isCount(timesToRun, 0)) {
    return { element: 'timesToRun', reason: 'must be a whole number or unlimited' };
  }
  if (repeatEvery?.trim() && !readInterval(repeatEvery)) {
    return { element: 'repeatEvery', reason: 'must be a length of time such as 1 year' };
  }
  const endless = ENDLESS.test(entitlementsValidFor?.trim() ?? '');
  if (entitlementsValidFor?.trim() && !endless && !readInterval(entitlementsValidFor)) {
    return {
      element: 'entitlementsValidFor',
      reason: 'must be a length of time such as 6 months, or forever',
    };
  }
  return undefined;
}

function findPeriodProblem(period: BillingPlanPeriod): PlanProblem | undefined {
  const { type, quantity, cycles } = period;
  if (!type) return { element: 'type', reason: 'must be given' };
  if (quantity !== undefined && !isCount(quantity, 1)) {
    return { element: 'quantity', reason: `must be from 1 to ${MOST}` };
  }
  if (cycles !== undefined && !isCount(cycles, 0)) {
    return { element: 'cycles', reason: `must be from 0 to ${MOST}` };
  }
  return undefined;
}

function isCount(value: string | number, least: number): boolean {
  const number = Number(value);
  return Number.isInteger(number) && number >= least && number <= MOST;
}
