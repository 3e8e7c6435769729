/** Account.extendEntitlementByInterval: moves the end of a granted entitlement by a span of time. */
import type { AccountOperations, TimeInterval } from '../../contract/types.generated';
import { extendBy } from '../../entitlements/extend';
import type { Handler } from '../call';
import { EXTEND } from '../returns';
import { extendEntitlement } from './extend-entitlement';

/**
 * Counts on the calendar of the configured time zone.
 * @throws Refusal `Entitlement not specified.` · `Base Account not specified.` · `Extension interval
 *   not specified.` · `Account not found.` · `Entitlement not found.` · the three of `EXTEND`
 */
export const extendEntitlementByInterval: Handler<
  AccountOperations['extendEntitlementByInterval']
> = (call) => {
  const interval = toInterval(call.input.interval);
  return extendEntitlement(
    call,
    () => {
      if (Object.values(interval).every((count: number) => count === 0)) {
        throw EXTEND.intervalNotSpecified();
      }
    },
    (current) => extendBy(current, interval, call.timeZone),
  );
};

function toInterval({ years = 0, months = 0, weeks = 0, days = 0 }: TimeInterval = {}) {
  return { years, months, weeks, days };
}
