/** Reads a length of time as merchants write it: `6 months`, `1 year`. */
import { lengthOf } from '../entitlements/billing-period';
import type { Interval } from '../entitlements/extend';

const TYPES = ['Day', 'Week', 'Month', 'Year'] as const;

/** @returns undefined when it is not a length of time */
export function readInterval(text: string | undefined): Partial<Interval> | undefined {
  const [, quantity, unit] =
    /^(\d{1,7})\s*(day|week|month|year)s?$/i.exec(text?.trim() ?? '') ?? [];
  const type = TYPES.find((one) => one.toLowerCase() === unit?.toLowerCase());
  return type && lengthOf({ type, quantity: Number(quantity) });
}
