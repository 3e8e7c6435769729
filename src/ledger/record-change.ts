/** Records changes of entitlements: those of calls, and those that time alone makes. */
import { TIME, type Work } from '../base/work';
import { changesAccess, nextChange } from '../entitlements/course';
import type { Action, EntitlementState } from '../entitlements/entitlement';
import type { DueEntitlement, EntitlementKey, StoredEntitlement, UnitOfWork } from '../store/store';

/** A change that a call makes. */
export interface Change extends EntitlementKey {
  readonly accountId: number;
  readonly action: Action;
  readonly before: StoredEntitlement | undefined;
  readonly after: EntitlementState;
  readonly note: string | undefined;
  /** Why, as a word of a fixed list; undefined: the call knows none. */
  readonly reason?: string | undefined;
  /** The VID of the billing plan that gives it, or gave it if it ends; undefined: none does. */
  readonly billingPlan?: string | undefined;
}

/**
 * Saves a change and its line in the ledger, after the lines of earlier changes by time alone of the
 * same account.
 */
export async function recordChange(
  unit: UnitOfWork,
  { actor, callId: soapId, now }: Work,
  change: Change,
): Promise<void> {
  const { accountId, before, after } = change;
  await recordDueOf(unit, accountId, now);
  await unit.recordChange({
    at: now,
    changesAccess: changesAccess(before, after, now),
    dueAt: nextChange(after, now)?.at,
    actor,
    soapId,
    ...change,
  });
}

/** The entitlements that are brought up to date in one turn of the event loop: look-ups, and calls that are committed with them, wait for as long. */
const STEP = 60;

/** The most that a unit of work does where no other waits for it. */
const MOST = 300;

/**
 * Writes a line in the ledger for each entitlement of the merchant that time alone started or ended
 * until now, dated when it happened, in the order of these moments; some hundreds at most.
 * @returns whether that was all: the ledger is then complete up to now
 */
export async function recordDue(unit: UnitOfWork): Promise<boolean> {
  const until = unit.dueUntil();
  for (let done = STEP; ; done += STEP) {
    if (await unit.recordDueBatch(until, STEP)) return true;
    if ((await unit.givesWay()) || done >= MOST) return false;
  }
}

/** Saves what time alone changed of an account until a moment, which is that of the unit, and its lines. */
export async function recordDueOf(unit: UnitOfWork, accountId: number, now: number): Promise<void> {
  await recordInOrder(unit, await unit.listDueOf(accountId), now);
}

/**
 * Records what is due of entitlements until a moment: one may have started and ended meanwhile.
 * @param due the earliest first
 */
async function recordInOrder(
  unit: UnitOfWork,
  due: readonly DueEntitlement[],
  until: number,
): Promise<void> {
  const steps = [...due];
  for (const entitlement of due) {
    const end = nextChange(entitlement, entitlement.dueAt);
    if (end && end.at <= until) steps.push({ ...entitlement, dueAt: end.at });
  }
  // Of one moment, second steps come after first ones.
  steps.sort((one, other) => one.dueAt - other.dueAt);
  for (const step of steps) await recordStep(unit, step);
}

async function recordStep(
  unit: UnitOfWork,
  { dueAt: at, accountId, ...entitlement }: DueEntitlement,
): Promise<void> {
  const { merchantEntitlementId, source, sourceId, start, end, description } = entitlement;
  const state: EntitlementState = { start, end, description };
  await unit.recordChange({
    accountId,
    merchantEntitlementId,
    source,
    sourceId,
    action: at === start ? 'start' : 'expire',
    before: state,
    after: state,
    at,
    dueAt: nextChange(state, at)?.at,
    changesAccess: true,
    actor: TIME,
    note: undefined,
    soapId: undefined,
  });
}
