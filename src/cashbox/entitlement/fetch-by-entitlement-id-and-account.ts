/** Entitlement.fetchByEntitlementIdAndAccount: the sources of one entitlement of an account. */
import type { EntitlementOperations } from '../../contract/types.generated';
import { requireIdLength } from '../../grants/id-limit';
import { isActive } from '../../entitlements/entitlement';
import { findNamedAccount, requireName } from '../../grants/name-account';
import type { Handler } from '../call';
import { entitlementNotSpecified } from '../returns';
import { listHeld } from './present';

/**
 * Those in force, or with showAll all of them (documented).
 * @throws Refusal `Entitlement not specified.` · `Base Account not specified.` · `Account not
 *   found.` (decided)
 */
export const fetchByEntitlementIdAndAccount: Handler<
  EntitlementOperations['fetchByEntitlementIdAndAccount']
> = async (call) => {
  const { entitlementId, account: named } = call.input;
  if (!entitlementId) throw entitlementNotSpecified();
  requireName(named);
  requireIdLength('entitlementId', entitlementId);
  const reader = call.store.reader(call.merchant.id);
  const account = await findNamedAccount(reader, named);
  return {
    entitlements: await listHeld(call, reader, account, {
      list: (id, part) => reader.listEntitlementsOfId(id, entitlementId, part),
      isShown: isActive,
    }),
  };
};
