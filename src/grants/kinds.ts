/** The three ways of changing what an account is granted, each with its refusals. */
import {
  type Action,
  type EntitlementState,
  grant,
  type GrantRequest,
  revoke,
} from '../entitlements/entitlement';
import { extendBy, extendTo, type Interval } from '../entitlements/extend';
import { EXTEND, GRANT, REVOKE } from './refusals';

/** How a change comes about. */
export interface ChangeKind {
  readonly action: Action;
  /** Refuses what can be refused before the account is looked up. */
  readonly check?: () => void;
  /**
   * The state after it. Moments are UTC milliseconds.
   * @throws Refusal where there can be none
   */
  readonly decide: (current: EntitlementState | undefined, now: number) => EntitlementState;
}

/**
 * Granting what the account holds already replaces its end, description and, where given, start. It refuses with
 * `Entitlement grant failed: …`.
 */
export function granting(request: GrantRequest): ChangeKind {
  return {
    action: 'grant',
    decide: (current, now) => {
      const granted = grant(current, request, now);
      if (typeof granted === 'string') throw GRANT.failed(granted);
      return granted;
    },
  };
}

/**
 * Ends at once what was granted. It refuses with `Entitlement revocation failed: Could not find active entitlement for
 * revocation.`
 */
export const REVOKING: ChangeKind = {
  action: 'revoke',
  decide: (current, now) => {
    const revoked = current && revoke(current, now);
    if (!revoked) throw REVOKE.notActive();
    return revoked;
  },
};

/**
 * Moves the end to a later moment, in UTC milliseconds. It refuses with `Extension date not specified.`, `Entitlement
 * not found.` or `Entitlement extension failed: …`.
 */
export function extendingTo(date: number | undefined): ChangeKind {
  const check = () => {
    if (date === undefined) throw EXTEND.dateNotSpecified();
  };
  return { check, ...extending((current) => extendTo(current, date ?? NaN)) };
}

/**
 * Moves the end by an interval on the calendar of a zone. It refuses with `Extension interval not specified.`,
 * `Entitlement not found.` or `Entitlement extension failed: …`.
 * @param timeZone an IANA name
 */
export function extendingBy(interval: Interval, timeZone: string): ChangeKind {
  const check = () => {
    if (Object.values(interval).every((count: number) => count === 0)) {
      throw EXTEND.intervalNotSpecified();
    }
  };
  return { check, ...extending((current) => extendBy(current, interval, timeZone)) };
}

/** @param extend the state after it, or a sentence that says why it cannot be */
export function extending(
  extend: (current: EntitlementState) => EntitlementState | string,
): ChangeKind {
  return {
    action: 'extend',
    decide: (current) => {
      if (!current) throw EXTEND.notFound();
      const extended = extend(current);
      if (typeof extended === 'string') throw EXTEND.failed(extended);
      return { start: extended.start, end: extended.end, description: extended.description };
    },
  };
}
