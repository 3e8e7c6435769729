/**
 * The rules for revoking and restoring an order, and the access that follows from it. Pure.
 * Decided: docs/decisions/orders.md
 */
import { inParts } from './in-parts';
import { type Action, type EntitlementState, grant, isOver, revoke } from './entitlement';

/** Why an order may be revoked. */
export const REASONS = [
  'subscription_cancelled',
  'refunded',
  'payment_failed',
  'policy_violation',
  'other',
] as const;

export type Reason = (typeof REASONS)[number];

/** `removed`: taken away altogether; it cannot be restored, but granted anew. */
export const ORDER_STATES = ['active', 'revoked', 'removed'] as const;

export type OrderState = (typeof ORDER_STATES)[number];

/** An offer within an order: each has its own state, for one may be revoked without the others. */
export interface Line {
  readonly state: OrderState;
  /** Undefined unless it is revoked. */
  readonly reason: Reason | undefined;
}

/** The state of the whole: active while one of its offers is, removed when all of them are. */
export function stateOf(lines: readonly Line[]): OrderState {
  if (lines.some(({ state }) => state === 'active')) return 'active';
  return lines.some(({ state }) => state === 'revoked') ? 'revoked' : 'removed';
}

/**
 * Revokes an offer of an order. One that is revoked already takes the reason that says more: any
 * replaces `payment_failed`, and each but `payment_failed` replaces `other` (decided).
 * @returns the same object where nothing changes
 */
export function revokeLine<L extends Line>(line: L, reason: Reason): L {
  if (line.state === 'removed' || line.reason === reason) return line;
  if (line.reason !== undefined && weight(reason) < weight(line.reason)) return line;
  return { ...line, state: 'revoked', reason };
}

function weight(reason: Reason): number {
  if (reason === 'payment_failed') return 0;
  return reason === 'other' ? 1 : 2;
}

/**
 * Restores an offer of an order.
 * @param only restores what was revoked for this reason and nothing else
 * @returns the same object where nothing changes
 */
export function restoreLine<L extends Line>(line: L, only?: Reason): L {
  if (line.state !== 'revoked' || (only !== undefined && line.reason !== only)) return line;
  return { ...line, state: 'active', reason: undefined };
}

/** Takes an offer of an order away altogether. */
export function removeLine<L extends Line>(line: L): L {
  return line.state === 'removed' ? line : { ...line, state: 'removed', reason: undefined };
}

/** An entitlement that the order gave, as it is now. */
export interface HeldAccess extends EntitlementState {
  readonly merchantEntitlementId: string;
}

/** A change that one entitlement needs. */
export interface AccessChange<H extends HeldAccess> {
  readonly merchantEntitlementId: string;
  readonly action: Action;
  readonly before: H | undefined;
  readonly after: EntitlementState;
}

/** The access that an order is to give from now on. */
export interface WantedAccess {
  readonly merchantEntitlementIds: ReadonlySet<string>;
  /** Entitlements that stay revoked, but for another reason: each gets its line, too. */
  readonly restated: ReadonlySet<string>;
  /** Whether what has ended comes back as it was, or is given anew. */
  readonly back: 'restore' | 'grant';
}

/**
 * Compares the access that an order has given with the access that it is to give.
 * @param held every entitlement that the order ever gave
 * @param now UTC milliseconds
 * @returns the changes, ordered by merchantEntitlementId; none where all is as it should be. Among them undefined,
 *   whenever so much was looked at that others should have their turn
 */
export function* planAccess<H extends HeldAccess>(
  held: readonly H[],
  { merchantEntitlementIds, restated, back }: WantedAccess,
  now: number,
): Generator<AccessChange<H> | undefined> {
  const befores = new Map<string, H>();
  yield* inParts<H, never>(held, (one) => void befores.set(one.merchantEntitlementId, one));
  const ids = new Set(merchantEntitlementIds);
  yield* inParts<string, never>(befores.keys(), (id) => void ids.add(id));
  yield* inParts([...ids].sort(), (id): AccessChange<H> | undefined => {
    const before = befores.get(id);
    const change = merchantEntitlementIds.has(id)
      ? give(before, back, now)
      : before && take(before, restated.has(id), now);
    return change && { merchantEntitlementId: id, before, ...change };
  });
}

type Step = Pick<AccessChange<HeldAccess>, 'action' | 'after'>;

function give(
  before: HeldAccess | undefined,
  back: 'restore' | 'grant',
  now: number,
): Step | undefined {
  if (before && !isOver(before, now)) return undefined;
  if (before && back === 'restore') {
    const { start, description } = before;
    return { action: 'restore', after: { start, end: undefined, description } };
  }
  const after = grant(undefined, { start: undefined, end: undefined, description: undefined }, now);
  // Without an end there is nothing to refuse.
  if (typeof after === 'string') throw new Error(after);
  return { action: 'grant', after };
}

function take(before: HeldAccess, restated: boolean, now: number): Step | undefined {
  const { start, end, description } = before;
  const state = { start, end, description };
  const after = revoke(state, now);
  if (after) return { action: 'revoke', after };
  return restated ? { action: 'revoke', after: state } : undefined;
}
