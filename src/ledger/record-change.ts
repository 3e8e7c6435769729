/** Records the changes of entitlements that calls make. */
import type { Work } from '../base/work';
import { changesAccess, nextChange } from '../entitlements/course';
import type { Action, EntitlementState } from '../entitlements/entitlement';
import type { EntitlementKey, StoredEntitlement, UnitOfWork } from '../store/store';
import { recordDueOf } from './record-due';

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
 * Saves a change and its line in the ledger, after all that time alone changed earlier of the same account's
 * entitlements and of the AutoBills that gave them.
 */
export async function recordChange(unit: UnitOfWork, work: Work, change: Change): Promise<void> {
  const { actor, callId: soapId, now } = work;
  const { accountId, before, after } = change;
  await recordDueOf(unit, accountId, work);
  await unit.recordChange({
    at: now,
    changesAccess: changesAccess(before, after, now),
    dueAt: nextChange(after, now)?.at,
    actor,
    soapId,
    ...change,
  });
}
