/** The common part of the two ways of extending an entitlement. */
import type { Account, Entitlement } from '../../contract/types.generated';
import type { EntitlementState } from '../../entitlements/entitlement';
import type { Call } from '../call';
import { EXTEND } from '../returns';
import { changeEntitlement } from './change-entitlement';
import { namedEntitlement } from './named-entitlement';

interface ExtensionInput {
  readonly account?: Account | undefined;
  readonly entitlement?: Entitlement | undefined;
  readonly merchantEntitlementId?: string | undefined;
  readonly note?: string | undefined;
}

/**
 * @param check refuses an extension that says not how far
 * @param extend the state after it, or a sentence that says why it cannot be
 */
export async function extendEntitlement(
  call: Call<ExtensionInput>,
  check: () => void,
  extend: (current: EntitlementState) => EntitlementState | string,
): Promise<{ account?: Account | undefined }> {
  const named = namedEntitlement(call.input);
  return changeEntitlement(call, {
    action: 'extend',
    merchantEntitlementId: named.merchantEntitlementId,
    strings: EXTEND,
    check,
    decide: (current) => {
      if (named.differ) throw EXTEND.failed(named.differ);
      if (!current) throw EXTEND.notFound();
      const extended = extend(current);
      if (typeof extended === 'string') throw EXTEND.failed(extended);
      return { start: extended.start, end: extended.end, description: extended.description };
    },
  });
}
