/** The entitlements that follow from an AutoBill: those it is to give against those it gives. Pure. */
import { inParts } from './in-parts';
import { type Action, type EntitlementState, isOver, revoke } from './entitlement';

/** An entitlement of an AutoBill. Its plan and each of its products give entitlements of their own. */
export interface GivenAccess extends EntitlementState {
  readonly merchantEntitlementId: string;
  readonly sourceId: string;
}

/** A change that one entitlement needs. */
export interface AccessChange<Held extends GivenAccess> {
  readonly merchantEntitlementId: string;
  readonly sourceId: string;
  readonly action: Action;
  readonly before: Held | undefined;
  readonly after: EntitlementState;
}

/** How what is to be given is brought about. */
export interface Bringing {
  /** Whether what has ended comes back as it was, or is given anew. */
  readonly back: 'restore' | 'grant';
  /** New entitlements start no earlier; UTC milliseconds. */
  readonly notBefore: number;
  readonly now: number;
}

/**
 * Compares the access that an AutoBill gives with the access that it is to give from now on.
 * @param held every entitlement that it ever gave
 * @returns the changes: what ends, then the others, each ordered by merchantEntitlementId; none where all is as it should
 *   be. Among them undefined, whenever so much was looked at that others should have their turn
 */
export function* followAccess<Held extends GivenAccess>(
  held: readonly Held[],
  wanted: readonly GivenAccess[],
  bringing: Bringing,
): Generator<AccessChange<Held> | undefined> {
  const befores = new Map<string, Held>();
  yield* inParts<Held, never>(held, (one) => void befores.set(keyOf(one), one));
  const goals = new Map<string, GivenAccess>();
  yield* inParts<GivenAccess, never>(wanted, (one) => void goals.set(keyOf(one), one));
  const keys = new Set<string>();
  for (const known of [goals, befores])
    yield* inParts<string, never>(known.keys(), (key) => void keys.add(key));
  const others: AccessChange<Held>[] = [];
  yield* inParts([...keys].sort(), (key) => {
    const before = befores.get(key);
    const goal = goals.get(key);
    const step = stepTo(before, goal, bringing);
    if (!step) return undefined;
    const { merchantEntitlementId, sourceId } = (before ?? goal) as GivenAccess;
    const change = { merchantEntitlementId, sourceId, before, ...step };
    if (isOver(change.after, bringing.now)) return change;
    others.push(change);
    return undefined;
  });
  yield* inParts(others, (change) => change);
}

function keyOf({ merchantEntitlementId, sourceId }: GivenAccess): string {
  // No text that is taken holds the character between them.
  return `${merchantEntitlementId}\0${sourceId}`;
}

interface Step {
  readonly action: Action;
  readonly after: EntitlementState;
}

function stepTo(
  before: GivenAccess | undefined,
  goal: GivenAccess | undefined,
  bringing: Bringing,
): Step | undefined {
  const { now } = bringing;
  const wanted = goal && !isOver(goal, now) ? stateOf(goal) : undefined;
  if (!before || isOver(before, now)) return wanted && give(before, wanted, bringing);
  if (!wanted) {
    const after = revoke(stateOf(before), now);
    return after && { action: 'revoke', after };
  }
  return change(before, wanted, bringing);
}

function stateOf({ start, end, description }: EntitlementState): EntitlementState {
  return { start, end, description };
}

function give(
  before: EntitlementState | undefined,
  wanted: EntitlementState,
  { back, notBefore }: Bringing,
): Step {
  if (before && back === 'restore') {
    return { action: 'restore', after: { ...wanted, start: before.start } };
  }
  return { action: 'grant', after: { ...wanted, start: Math.max(wanted.start, notBefore) } };
}

/** An entitlement in force keeps its start; one that is still to come follows. */
function change(
  before: EntitlementState,
  wanted: EntitlementState,
  { back, now }: Bringing,
): Step | undefined {
  const after = { ...wanted, start: before.start > now ? wanted.start : before.start };
  if (after.end !== before.end) {
    const later = (after.end ?? Infinity) > (before.end ?? Infinity);
    return { action: later ? (back === 'restore' ? 'restore' : 'extend') : 'revoke', after };
  }
  const same = after.start === before.start && after.description === before.description;
  return same ? undefined : { action: 'grant', after };
}
