/**
 * A change of what an account is granted, whichever API it comes by: what it would do is found first, and kept then.
 * Refusals come before anything is written.
 */
import type { Work } from '../base/work';
import type { Account } from '../contract/types.generated';
import type { EntitlementState } from '../entitlements/entitlement';
import { recordChange } from '../ledger/record-change';
import type {
  EntitlementKey,
  Eventually,
  Reader,
  StoredAccount,
  StoredEntitlement,
  UnitOfWork,
} from '../store/store';
import { requireIdLength } from './id-limit';
import type { ChangeKind } from './kinds';
import { findNamedAccount, requireName } from './name-account';
import { entitlementNotSpecified } from './refusals';

/** A change as a call asks for it. */
export interface GrantChange extends ChangeKind {
  /** By VID, merchantAccountId or both. */
  readonly account: Account | undefined;
  readonly merchantEntitlementId: string | undefined;
  readonly note: string | undefined;
  /** Why, as a word of a fixed list; undefined: the call knows none. */
  readonly reason?: string | undefined;
}

/** A change that names all that it must. */
export interface CompleteChange extends GrantChange {
  readonly merchantEntitlementId: string;
}

/** A change and its effect. */
export interface ForeseenChange {
  readonly change: CompleteChange;
  readonly account: StoredAccount;
  readonly key: EntitlementKey;
  readonly before: StoredEntitlement | undefined;
  readonly after: EntitlementState;
}

/**
 * Refuses what can be refused without a look at the data.
 * @throws Refusal in the documented order of checks: `Entitlement not specified.` · `Base Account not specified.` ·
 *   those of its kind · an id is too long
 */
export function requireComplete(change: GrantChange): asserts change is CompleteChange {
  if (!change.merchantEntitlementId) throw entitlementNotSpecified();
  requireName(change.account);
  change.check?.();
  requireIdLength('merchantEntitlementId', change.merchantEntitlementId);
}

/** The key of what an account is granted. */
function grantKey(merchantEntitlementId: string): EntitlementKey {
  return { merchantEntitlementId, source: 'Account', sourceId: '' };
}

/** What an account is granted under a key. */
export type Find = (
  accountId: number,
  key: EntitlementKey,
) => Eventually<StoredEntitlement | undefined>;

/**
 * Finds the account and the effect of a change on it; writes nothing.
 * @param now UTC milliseconds
 * @param find default: what is kept
 * @throws Refusal `Account not found.` · those of its kind
 */
export async function foreseeChange(
  reader: Reader,
  change: CompleteChange,
  now: number,
  find: Find = (accountId, key) => reader.findEntitlement(accountId, key),
): Promise<ForeseenChange> {
  const account = await findNamedAccount(reader, change.account);
  const key = grantKey(change.merchantEntitlementId);
  const before = await find(account.id, key);
  return { change, account, key, before, after: change.decide(before, now) };
}

/** Keeps a change and its line of the ledger. @throws StoreError */
export async function keepChange(
  unit: UnitOfWork,
  work: Work,
  { change, account, key, before, after }: ForeseenChange,
): Promise<void> {
  const { action, note, reason } = change;
  const kept = { accountId: account.id, action, before, after, note, reason };
  await recordChange(unit, work, { ...kept, ...key });
}
