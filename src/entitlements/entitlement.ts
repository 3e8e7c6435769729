/**
 * Entitlements, and the rules for granting and revoking them. Pure: no clock, no store, no wire.
 * Decided: docs/decisions/at-once.md
 */

/** Where an entitlement comes from. Each source of an id is an entitlement of its own. */
export type Source = 'Account' | 'AutoBill' | 'Order';

/** The events of an entitlement; each is one line in the ledger. */
export type Action =
  'grant' | 'revoke' | 'restore' | 'extend' | 'transfer' | 'start' | 'expire' | 'repair';

/** Moments are UTC milliseconds. It is in force from `start` until just before `end`. */
export interface EntitlementState {
  readonly start: number;
  /** Undefined: without end. */
  readonly end: number | undefined;
  readonly description: string | undefined;
}

/** The wishes of a grant; undefined ones were not given. */
export interface GrantRequest {
  readonly start: number | undefined;
  readonly end: number | undefined;
  readonly description: string | undefined;
}

const SECOND = 1000;

/** Whether the entitlement is in force at that moment. */
export function isActive({ start, end }: EntitlementState, now: number): boolean {
  return start <= now && (end === undefined || now < end);
}

/**
 * The moment at which a change that should hold at once takes effect: the last completed second
 * (decided). Grant, revoke and a check on the wire, which has no fractions, must agree even within
 * one second.
 */
export function effectiveNow(now: number): number {
  return Math.floor(now / SECOND) * SECOND - SECOND;
}

/**
 * Grants an entitlement. Over one that is active or still to come it replaces end, description and,
 * where given, the start; one that has ended starts anew (decided).
 * @returns the state after it, or a sentence that says why it cannot be
 */
export function grant(
  current: EntitlementState | undefined,
  { start, end, description }: GrantRequest,
  now: number,
): EntitlementState | string {
  const running = current !== undefined && !isOver(current, now) ? current : undefined;
  const granted = { start: start ?? running?.start ?? effectiveNow(now), end, description };
  if (end !== undefined && end < granted.start) {
    return start === undefined
      ? 'endTimestamp is before the start of the entitlement'
      : 'endTimestamp is before startTimestamp';
  }
  return granted;
}

/**
 * Revokes an entitlement. One in force ends at the last completed second; one still to come ends
 * as it starts, and so never is (decided).
 * @returns the state after it, or undefined when it has ended already
 */
export function revoke(current: EntitlementState, now: number): EntitlementState | undefined {
  if (isOver(current, now)) return undefined;
  const { start, description } = current;
  if (start > now) return { start, end: start, description };
  const end = effectiveNow(now);
  // One that began within this very second would end before it starts.
  return { start: Math.min(start, end), end, description };
}

/** Whether it will not be in force again: it has ended, or ends as it starts. */
export function isOver({ start, end }: EntitlementState, now: number): boolean {
  return end !== undefined && (end <= now || end <= start);
}
