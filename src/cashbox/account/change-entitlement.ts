/** The course that granting, revoking and extending share: find the account, change, save, reload. */
import type { Account } from '../../contract/types.generated';
import {
  foreseeChange,
  type GrantChange,
  keepChange,
  requireComplete,
} from '../../grants/change-grant';
import type { ChangeKind } from '../../grants/kinds';
import { CommitError, StoreError, type UnitOfWork } from '../../store/store';
import { type Call, workOf } from '../call';
import type { ChangeStrings } from '../returns';
import { loadAccount } from './load-account';

interface ChangeInput {
  readonly account?: Account | undefined;
  readonly note?: string | undefined;
}

/** How one operation changes an entitlement of the account. */
export interface EntitlementChange {
  readonly kind: ChangeKind;
  readonly merchantEntitlementId: string | undefined;
  readonly strings: ChangeStrings;
  /** A sentence where the request names two entitlements: refused once the account is found. */
  readonly differ?: string | undefined;
}

/**
 * Carries out a change of a granted entitlement, as one unit of work.
 * @returns the account as it is after it
 * @throws Refusal in the documented order of checks: `Entitlement not specified.` · `Base Account
 *   not specified.` · those of the kind's check · `Account not found.` · the others of the kind · the three
 *   of the store
 */
export async function changeEntitlement(
  call: Call<ChangeInput>,
  { kind, merchantEntitlementId, strings, differ }: EntitlementChange,
): Promise<{ account?: Account | undefined }> {
  const { account, note } = call.input;
  const decide: ChangeKind['decide'] = (current, now) => {
    if (differ) throw strings.failed(differ);
    return kind.decide(current, now);
  };
  const change: GrantChange = { account, merchantEntitlementId, note, ...kind, decide };
  requireComplete(change);

  const carryOut = async (unit: UnitOfWork) => {
    const work = workOf(call, unit);
    const foreseen = await foreseeChange(unit, change, work.now);
    try {
      await keepChange(unit, work, foreseen);
    } catch (error) {
      throw notChanged(error, strings);
    }
    try {
      return await loadAccount(unit, foreseen.account, call.selection);
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
