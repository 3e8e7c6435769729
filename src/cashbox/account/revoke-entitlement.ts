/** Account.revokeEntitlement: ends at once what grantEntitlement gave. */
import type { AccountOperations } from '../../contract/types.generated';
import { revoke } from '../../entitlements/entitlement';
import type { Handler } from '../call';
import { REVOKE } from '../returns';
import { changeEntitlement } from './change-entitlement';
import { namedEntitlement } from './named-entitlement';

/**
 * Entitlements of AutoBills and orders stay (documented).
 * @throws Refusal `Entitlement not specified.` · `Base Account not specified.` · `Account not
 *   found.` · the others of `REVOKE`
 */
export const revokeEntitlement: Handler<AccountOperations['revokeEntitlement']> = (call) => {
  const named = namedEntitlement(call.input);
  return changeEntitlement(call, {
    action: 'revoke',
    merchantEntitlementId: named.merchantEntitlementId,
    strings: REVOKE,
    decide: (current, now) => {
      if (named.differ) throw REVOKE.failed(named.differ);
      const revoked = current && revoke(current, now);
      if (!revoked) throw REVOKE.notActive();
      return revoked;
    },
  });
};
