/** Account.grantEntitlement: gives an account an entitlement. */
import type { AccountOperations } from '../../contract/types.generated';
import { granting } from '../../grants/kinds';
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
  const { startTimestamp: start, endTimestamp: end, description } = entitlement;
  return changeEntitlement(call, {
    kind: granting({ start, end, description }),
    merchantEntitlementId: entitlement.merchantEntitlementId,
    strings: GRANT,
  });
};
