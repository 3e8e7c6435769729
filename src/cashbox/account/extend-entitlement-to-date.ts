/** Account.extendEntitlementToDate: moves the end of a granted entitlement to a later moment. */
import { InvalidValue } from '../../contract/invalid-value';
import type { AccountOperations, Timestamp } from '../../contract/types.generated';
import { extending, extendingTo } from '../../grants/kinds';
import type { Call } from '../call';
import { EXTEND } from '../returns';
import { extendEntitlement } from './extend-entitlement';

type ToDate = AccountOperations['extendEntitlementToDate'];

async function toDate(call: Call<ToDate['input']>): Promise<ToDate['output']> {
  const extensionDate = call.input.extensionDate as Timestamp | InvalidValue | undefined;
  const kind =
    extensionDate instanceof InvalidValue
      ? extending(() => {
          throw EXTEND.dateNotConverted(extensionDate.reason);
        })
      : extendingTo(extensionDate);
  return extendEntitlement(call, kind);
}

/**
 * @throws Refusal, in the documented order: `Entitlement not specified.` · `Base Account not
 *   specified.` · `Extension date not specified.` · `Account not found.` · `Entitlement not found.` ·
 *   `Failed to convert extension date: ….` · the three of `EXTEND`
 */
export const extendEntitlementToDate = Object.assign(toDate, { takesInvalid: ['extensionDate'] });
