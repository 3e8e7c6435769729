/** Logs merchants in, in CashBox's words. */
import type { Authenticate } from '../access/authenticate';
import type { Merchant } from '../store/store';
import { permissionDenied } from './returns';

/**
 * @returns a function that answers the merchant whose credentials a call has; it throws the Refusal
 *   403 of wrong ones, TooManyFailures, and Busy
 */
export function createLogIn(authenticate: Authenticate) {
  return async (...from: Parameters<Authenticate>): Promise<Merchant> => {
    const merchant = await authenticate(...from);
    if (!merchant) throw permissionDenied();
    return merchant;
  };
}
