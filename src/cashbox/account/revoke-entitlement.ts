/** Account.revokeEntitlement: ends at once what grantEntitlement gave. */
import type { AccountOperations } from '../../contract/types.generated';
import { revoke } from '../../entitlements/entitlement';
import type { Handler } from '../call';
import { REVOKE } from '../returns';
import { changeEntitlement } from './change-entitlement';

/**
 * The entitlement is named by the object or by merchantEntitlementId (documented). What an AutoBill
 * or an order gave stays.
 * @throws Refusal `Entitlement not specified.` · `Base Account not specified.` · `Account not
 *   found.` · the others of `REVOKE`
 */
export const revokeEntitlement: Handler<AccountOperations['revokeEntitlement']> = (call) => {
  const named = call.input.entitlement?.merchantEntitlementId;
  const { merchantEntitlementId = named } = call.input;
  return changeEntitlement(call, {
    action: 'revoke',
    merchantEntitlementId,
    strings: REVOKE,
    decide: (current, now) => {
      if (named !== undefined && named !== merchantEntitlementId) {
        throw REVOKE.failed('entitlement and merchantEntitlementId differ');
      }
      const revoked = current && revoke(current, now);
      if (!revoked) throw REVOKE.notActive();
      return revoked;
    },
  });
};
