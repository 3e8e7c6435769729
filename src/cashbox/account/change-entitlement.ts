/** The course that granting, revoking and extending share: find the account, change, save, reload. */
import type { Account, Timestamp } from '../../contract/types.generated';
import type { Action, EntitlementState } from '../../entitlements/entitlement';
import {
  CommitError,
  type EntitlementKey,
  StoreError,
  type StoredEntitlement,
  type UnitOfWork,
} from '../../store/store';
import { type Call, workOf } from '../call';
import { recordChange } from '../../ledger/record-change';
import { type ChangeStrings, entitlementNotSpecified } from '../returns';
import { requireIdLength } from './id-limit';
import { loadAccount } from './load-account';
import { findNamedAccount, requireName } from './name-account';

interface ChangeInput {
  readonly account?: Account | undefined;
  readonly note?: string | undefined;
}

/** How one operation changes an entitlement of the account. */
export interface EntitlementChange {
  readonly action: Action;
  readonly merchantEntitlementId: string | undefined;
  readonly strings: ChangeStrings;
  /** Refuses what can be refused before the account is looked up. */
  readonly check?: () => void;
  /** The state after it; a Refusal where there can be none. */
  readonly decide: (current: StoredEntitlement | undefined, now: Timestamp) => EntitlementState;
}

/**
 * Carries out a change of a granted entitlement, as one unit of work.
 * @returns the account as it is after it
 * @throws Refusal in the documented order of checks: `Entitlement not specified.` · `Base Account
 *   not specified.` · those of `check` · `Account not found.` · those of `decide` · the three
 *   of the store
 */
export async function changeEntitlement(
  call: Call<ChangeInput>,
  { action, merchantEntitlementId, strings, check, decide }: EntitlementChange,
): Promise<{ account?: Account | undefined }> {
  if (!merchantEntitlementId) throw entitlementNotSpecified();
  const { account: named, note } = call.input;
  requireName(named);
  check?.();
  requireIdLength('merchantEntitlementId', merchantEntitlementId);
  const key: EntitlementKey = { merchantEntitlementId, source: 'Account', sourceId: '' };

  const carryOut = async (unit: UnitOfWork) => {
    const work = workOf(call, unit);
    const account = await findNamedAccount(unit, named);
    const before = await unit.findEntitlement(account.id, key);
    const after = decide(before, work.now);
    try {
      const change = { accountId: account.id, action, before, after, note, ...key };
      await recordChange(unit, work, change);
    } catch (error) {
      throw notChanged(error, strings);
    }
    try {
      return await loadAccount(unit, account, call.selection);
    } catch (error) {
      throw error instanceof StoreError ? strings.notReloaded(error.description) : error;
    }
  };
  try {
    return { account: await call.store.transact(call.merchant.id, carryOut) };
  } catch (error) {
    throw error instanceof CommitError ? strings.notSaved(error.description) : error;
  }
}

/** A store that would not make the change, or one that cannot save anything at present. */
function notChanged(error: unknown, strings: ChangeStrings): unknown {
  if (!(error instanceof StoreError)) return error;
  const refusal = error.kind === 'unavailable' ? strings.notSaved : strings.failed;
  return refusal(error.description);
}
