/** The common part of the two ways of extending an entitlement. */
import type { Account, Entitlement } from '../../contract/types.generated';
import type { ChangeKind } from '../../grants/kinds';
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

/** @param kind how far */
export async function extendEntitlement(
  call: Call<ExtensionInput>,
  kind: ChangeKind,
): Promise<{ account?: Account | undefined }> {
  const named = namedEntitlement(call.input);
  return changeEntitlement(call, { kind, strings: EXTEND, ...named });
}
