/** The course of an entitlement over time: a change's meaning for access, and changes by time alone. */
import { type Action, type EntitlementState, isActive, isOver } from './entitlement';

/** Whether a change made at that moment is one of the active status or of the end. */
export function changesAccess(
  before: EntitlementState | undefined,
  after: EntitlementState,
  at: number,
): boolean {
  if (before === undefined || before.end !== after.end) return true;
  return isActive(before, at) !== isActive(after, at);
}

/** The next moment at which the active status changes by time alone, or undefined. */
export function nextChange(
  state: EntitlementState,
  now: number,
): { action: Action; at: number } | undefined {
  if (isOver(state, now)) return undefined;
  const { start, end } = state;
  if (start > now) return { action: 'start', at: start };
  return end === undefined ? undefined : { action: 'expire', at: end };
}

/**
 * Joins two entitlements of one id. Where one of them is over, the other counts, and where both are,
 * the first; else the right runs from the earlier start to the later end, and a gap between them is
 * closed (decided).
 */
export function join(
  one: EntitlementState | undefined,
  other: EntitlementState,
  now: number,
): EntitlementState {
  if (one === undefined) return other;
  if (isOver(other, now)) return one;
  if (isOver(one, now)) return other;
  return {
    start: Math.min(one.start, other.start),
    end:
      one.end === undefined || other.end === undefined ? undefined : Math.max(one.end, other.end),
    description: one.description ?? other.description,
  };
}
