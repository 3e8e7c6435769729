/** Writes down a change of an entitlement, and first what time alone has changed of it since. */
import type { Timestamp } from '../contract/types.generated';
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

/** Whose doing a change is. */
export interface Author {
  /** The merchant's login, or the name of its API key. */
  readonly actor: string;
  /** Undefined: it was no SOAP call. */
  readonly soapId: string | undefined;
}

/** Who makes the changes that time alone makes. */
const TIME = 'latchkey';

/** Saves a change and its line in the ledger. */
export async function recordChange(
  unit: UnitOfWork,
  { actor, soapId }: Author,
  change: Change,
  now: Timestamp,
): Promise<void> {
  const { before, after } = change;
  if (before) await tellCourse(unit, change.accountId, before, now);
  await unit.recordChange({
    at: now,
    changesAccess: changesAccess(before, after, now),
    dueAt: nextChange(after, now)?.at,
    actor,
    soapId,
    ...change,
  });
}

/** As many entitlements as are brought up to date in one unit of work: others have their turn. */
const BATCH = 1000;

/**
 * Writes a line in the ledger for each entitlement of the merchant that started or ended by time
 * alone until `now`, each at its moment; but not for more than so many.
 * @returns whether that was all: what the ledger tells is then complete up to `now`
 */
export async function tellDue(unit: UnitOfWork, now: Timestamp): Promise<boolean> {
  for (let told = 0; told < BATCH;) {
    const due = await unit.listDue(now, BATCH - told);
    if (due.length === 0) return true;
    for (const entitlement of due) await tellStep(unit, entitlement.accountId, entitlement);
    told += due.length;
  }
  return false;
}

/** Tells what is due of one entitlement: it may have started and ended meanwhile. */
async function tellCourse(
  unit: UnitOfWork,
  accountId: number,
  entitlement: StoredEntitlement,
  now: Timestamp,
): Promise<void> {
  let { dueAt } = entitlement;
  while (dueAt !== undefined && dueAt <= now) {
    dueAt = await tellStep(unit, accountId, { ...entitlement, dueAt });
  }
}

/** @returns when the next step is due, or undefined */
async function tellStep(
  unit: UnitOfWork,
  accountId: number,
  { dueAt: at, ...entitlement }: StoredEntitlement & { dueAt: Timestamp },
): Promise<Timestamp | undefined> {
  const { merchantEntitlementId, source, sourceId, start, end, description } = entitlement;
  const state: EntitlementState = { start, end, description };
  const dueAt = nextChange(state, at)?.at;
  await unit.recordChange({
    ...{ accountId, merchantEntitlementId, source, sourceId },
    action: at === start ? 'start' : 'expire',
    ...{ before: state, after: state, at, dueAt },
    changesAccess: true,
    actor: TIME,
    note: undefined,
    soapId: undefined,
  });
  return dueAt;
}
