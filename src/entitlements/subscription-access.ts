/** The entitlements that follow from an AutoBill: those it is to give against those it gives. Pure. */
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
 * @returns the changes: what ends, then the others, each ordered by merchantEntitlementId; none where all is as it should be
 */
export function followAccess<Held extends GivenAccess>(
  held: readonly Held[],
  wanted: readonly GivenAccess[],
  bringing: Bringing,
): AccessChange<Held>[] {
  const befores = new Map(held.map((one) => [keyOf(one), one]));
  const goals = new Map(wanted.map((one) => [keyOf(one), one]));
  const changes = [...new Map<string, GivenAccess>([...goals, ...befores])]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([key, { merchantEntitlementId, sourceId }]) => {
      const before = befores.get(key);
      const step = stepTo(before, goals.get(key), bringing);
      return step ? [{ merchantEntitlementId, sourceId, before, ...step }] : [];
    });
  const ends = ({ after }: AccessChange<Held>) => isOver(after, bringing.now);
  return [...changes.filter(ends), ...changes.filter((change) => !ends(change))];
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
