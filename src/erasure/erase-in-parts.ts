/**
 * Erases an account, in parts where it has much access that is to be taken.
 * Decided: docs/decisions/erasure.md
 */
import type { Work } from '../base/work';
import type { Reader, Store, StoredAccount } from '../store/store';
import { eraseAccount, type Erased, type Erasing } from './erase-account';
import { revokeInParts } from './revoke-access';

/** A call that erases. */
export interface ErasureCall {
  readonly store: Pick<Store, 'transact' | 'reader'>;
  readonly merchantId: number;
  /** The call as the rules see it, at the moment of a unit of work. */
  readonly workOf: (reader: Reader) => Work;
}

/**
 * Erases an account. Its access is taken before, where it has much of it: a call that is cut off has then taken some,
 * and erased nothing; the same call again goes on.
 */
export async function eraseInParts(
  { store, merchantId, workOf }: ErasureCall,
  found: StoredAccount,
  { revoke }: Erasing,
): Promise<Erased> {
  const taken = revoke ? await revokeInParts(store, merchantId, workOf, found) : undefined;
  return store.transact(merchantId, async (unit) => {
    const account = (await unit.findAccount(found.id)) ?? found;
    return eraseAccount(unit, workOf(unit), account, { revoke, taken });
  });
}
