/** Logs merchants in, in CashBox's words. Decided: docs/decisions/store-failures.md */
import type { Authenticate } from '../access/authenticate';
import type { OnFailedLogin } from '../access/failed-logins';
import { TooManyFailures } from '../base/refusal';
import type { Operation } from '../contract/model';
import { type Merchant, StoreError } from '../store/store';
import {
  type ChangeStrings,
  EXTEND,
  GRANT,
  permissionDenied,
  REVOKE,
  storeFailed,
} from './returns';

/** The operations that say in strings of their own that nothing can be saved, by class and name. */
const CHANGES: Readonly<Record<string, ChangeStrings>> = {
  'Account.grantEntitlement': GRANT,
  'Account.revokeEntitlement': REVOKE,
  'Account.extendEntitlementToDate': EXTEND,
  'Account.extendEntitlementByInterval': EXTEND,
};

/**
 * @returns a function that answers the merchant whose credentials a call has; it throws the Refusal
 *   403 of wrong ones, TooManyFailures, Busy, and the Refusal of an operation for which the store cannot look them up
 */
export function createLogIn(authenticate: Authenticate, onFailedLogin?: OnFailedLogin) {
  return async (
    credentials: Parameters<Authenticate>[0],
    address: string,
    operation: Pick<Operation, 'service' | 'name'>,
  ): Promise<Merchant> => {
    let merchant: Merchant | undefined;
    try {
      merchant = await authenticate(credentials, address);
    } catch (error) {
      if (error instanceof TooManyFailures) onFailedLogin?.();
      throw notLookedUp(error, operation);
    }
    if (merchant) return merchant;
    onFailedLogin?.();
    throw permissionDenied();
  };
}

function notLookedUp(
  error: unknown,
  { service, name }: Pick<Operation, 'service' | 'name'>,
): unknown {
  if (!(error instanceof StoreError)) return error;
  const strings = error.kind === 'unavailable' ? CHANGES[`${service}.${name}`] : undefined;
  return strings?.notSaved(error.description) ?? storeFailed(error);
}
