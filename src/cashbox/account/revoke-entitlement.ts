/** Account.revokeEntitlement: ends at once what grantEntitlement gave. */
import type { AccountOperations } from '../../contract/types.generated';
import { REVOKING } from '../../grants/kinds';
import type { Handler } from '../call';
import { REVOKE } from '../returns';
import { changeEntitlement } from './change-entitlement';
import { namedEntitlement } from './named-entitlement';

/**
 * Entitlements of AutoBills and orders stay (documented).
 * @throws Refusal `Entitlement not specified.` · `Base Account not specified.` · `Account not
 *   found.` · the others of `REVOKE`
 */
export const revokeEntitlement: Handler<AccountOperations['revokeEntitlement']> = (call) =>
  changeEntitlement(call, { kind: REVOKING, strings: REVOKE, ...namedEntitlement(call.input) });
