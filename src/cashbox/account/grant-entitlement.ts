/** Account.grantEntitlement: gives an account an entitlement. */
import type { AccountOperations } from '../../contract/types.generated';
import { grant } from '../../entitlements/entitlement';
import type { Handler } from '../call';
import { GRANT } from '../returns';
import { changeEntitlement } from './change-entitlement';

/**
 * Granting what the account holds already replaces its end, description and, where given, start.
 * @throws Refusal `Entitlement not specified.` · `Base Account not specified.` · `Account not
 *   found.` · the three of `GRANT`
 */
export const grantEntitlement: Handler<AccountOperations['grantEntitlement']> = (call) => {
  const { entitlement = {} } = call.input;
  const request = {
    start: entitlement.startTimestamp,
    end: entitlement.endTimestamp,
    description: entitlement.description,
  };
  return changeEntitlement(call, {
    action: 'grant',
    merchantEntitlementId: entitlement.merchantEntitlementId,
    strings: GRANT,
    decide: (current, now) => {
      const granted = grant(current, request, now);
      if (typeof granted === 'string') throw GRANT.failed(granted);
      return granted;
    },
  });
};
