/** Account.extendEntitlementByInterval: moves the end of a granted entitlement by a span of time. */
import type { AccountOperations, TimeInterval } from '../../contract/types.generated';
import { extendingBy } from '../../grants/kinds';
import type { Handler } from '../call';
import { extendEntitlement } from './extend-entitlement';

/**
 * Counts on the calendar of the configured time zone.
 * @throws Refusal `Entitlement not specified.` · `Base Account not specified.` · `Extension interval
 *   not specified.` · `Account not found.` · `Entitlement not found.` · the three of `EXTEND`
 */
export const extendEntitlementByInterval: Handler<
  AccountOperations['extendEntitlementByInterval']
> = (call) => extendEntitlement(call, extendingBy(toInterval(call.input.interval), call.timeZone));

function toInterval({ years = 0, months = 0, weeks = 0, days = 0 }: TimeInterval = {}) {
  return { years, months, weeks, days };
}
