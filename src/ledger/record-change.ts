/** Records changes of entitlements: those of calls, and those that time alone makes. */
import { TIME, type Work } from '../base/work';
import { changesAccess, nextChange } from '../entitlements/course';
import type { Action, EntitlementState } from '../entitlements/entitlement';
import type { EntitlementKey, StoredEntitlement, UnitOfWork } from '../store/store';

/** A change that a call makes. */
export interface Change extends EntitlementKey {
  readonly accountId: number;
  readonly action: Action;
  readonly before: StoredEntitlement | undefined;
  readonly after: EntitlementState;
  readonly note: string | undefined;
  /** Why, as a word of a fixed list; undefined: the call knows none. */
  readonly reason?: string | undefined;
}

/** Saves a change and its line in the ledger, after the lines of earlier changes by time alone. */
export async function recordChange(
  unit: UnitOfWork,
  { actor, callId: soapId, now }: Work,
  change: Change,
): Promise<void> {
  const { before, after } = change;
  if (before) await recordCourse(unit, change.accountId, before, now);
  await unit.recordChange({
    at: now,
    changesAccess: changesAccess(before, after, now),
    dueAt: nextChange(after, now)?.at,
    actor,
    soapId,
    ...change,
  });
}

/** The most entitlements that one unit of work brings up to date: other units have their turn. */
const BATCH = 1000;

/**
 * Writes a line in the ledger for each entitlement of the merchant that time alone started or ended
 * until now, dated when it happened; at most BATCH at a time.
 * @returns whether that was all: the ledger is then complete up to now
 */
export async function recordDue(unit: UnitOfWork): Promise<boolean> {
  const now = unit.dueUntil();
  for (let recorded = 0; recorded < BATCH;) {
    const due = await unit.listDue(now, BATCH - recorded);
    if (due.length === 0) return true;
    for (const entitlement of due) await recordStep(unit, entitlement.accountId, entitlement);
    recorded += due.length;
  }
  return false;
}

/** Records what is due of one entitlement: it may have started and ended meanwhile. */
async function recordCourse(
  unit: UnitOfWork,
  accountId: number,
  entitlement: StoredEntitlement,
  now: number,
): Promise<void> {
  let { dueAt } = entitlement;
  while (dueAt !== undefined && dueAt <= now) {
    dueAt = await recordStep(unit, accountId, { ...entitlement, dueAt });
  }
}

/** @returns when the next step is due, or undefined */
async function recordStep(
  unit: UnitOfWork,
  accountId: number,
  { dueAt: at, ...entitlement }: StoredEntitlement & { dueAt: number },
): Promise<number | undefined> {
  const { merchantEntitlementId, source, sourceId, start, end, description } = entitlement;
  const state: EntitlementState = { start, end, description };
  const dueAt = nextChange(state, at)?.at;
  await unit.recordChange({
    accountId,
    merchantEntitlementId,
    source,
    sourceId,
    action: at === start ? 'start' : 'expire',
    before: state,
    after: state,
    at,
    dueAt,
    changesAccess: true,
    actor: TIME,
    note: undefined,
    soapId: undefined,
  });
  return dueAt;
}
