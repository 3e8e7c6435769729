/** Account.isEntitled: whether an account may access something now. */
import { partOf } from '../../contract/selection';
import type { AccountOperations } from '../../contract/types.generated';
import { isActive } from '../../entitlements/entitlement';
import type { Handler } from '../call';
import { entitlementNotSpecified } from '../returns';
import { requireIdLength } from '../../grants/id-limit';
import { findNamedAccount, requireName } from '../../grants/name-account';

/**
 * True when any source gives the entitlement now.
 * @throws Refusal `Entitlement not specified.` · `Base Account not specified.` · `Account not
 *   found.` (decided)
 */
export const isEntitled: Handler<AccountOperations['isEntitled']> = async (call) => {
  const { account: named, merchantEntitlementId } = call.input;
  if (!merchantEntitlementId) throw entitlementNotSpecified();
  requireName(named);
  requireIdLength('merchantEntitlementId', merchantEntitlementId);
  const reader = call.store.reader(call.merchant.id);
  const account = await findNamedAccount(reader, named);
  if (partOf(call.selection, 'entitled') === undefined) return {};
  const held = await reader.listEntitlementsOfId(account.id, merchantEntitlementId);
  const now = reader.now();
  return { entitled: held.some((entitlement) => isActive(entitlement, now)) };
};
