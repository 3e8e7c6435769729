/** An entitlement is named by the object or by merchantEntitlementId (documented). */
import type { Entitlement } from '../../contract/types.generated';

/** The id that a request names, and a sentence where it names two (decided). */
export interface NamedEntitlement {
  readonly merchantEntitlementId: string | undefined;
  readonly differ: string | undefined;
}

export function namedEntitlement(input: {
  readonly entitlement?: Entitlement | undefined;
  readonly merchantEntitlementId?: string | undefined;
}): NamedEntitlement {
  const inObject = input.entitlement?.merchantEntitlementId;
  const { merchantEntitlementId = inObject } = input;
  const differ = inObject !== undefined && inObject !== merchantEntitlementId;
  return {
    merchantEntitlementId,
    differ: differ ? 'entitlement and merchantEntitlementId differ' : undefined,
  };
}
