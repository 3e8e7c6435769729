/** Refusals of changes of entitlements by name, so that a test can order each of the vendor's strings. */
import type { Refusal } from '../base/refusal';
import {
  accountNotFound,
  baseAccountNotSpecified,
  entitlementNotSpecified,
  GRANT,
  REVOKE,
} from '../grants/refusals';

/** The cause in strings that end in one. */
const CAUSE = 'the simulation has ordered it';

const COMMON = {
  entitlementNotSpecified: entitlementNotSpecified(),
  baseAccountNotSpecified: baseAccountNotSpecified(),
  accountNotFound: accountNotFound(),
};

/** By operation and the name of the string; the last three are the store's. */
const STRINGS: Readonly<Record<string, Readonly<Record<string, Refusal>>>> = {
  revokeEntitlement: {
    ...COMMON,
    notActive: REVOKE.notActive(),
    failed: REVOKE.failed(CAUSE),
    notSaved: REVOKE.notSaved(CAUSE),
    notReloaded: REVOKE.notReloaded(CAUSE),
  },
  grantEntitlement: {
    ...COMMON,
    failed: GRANT.failed(CAUSE),
    notSaved: GRANT.notSaved(CAUSE),
    notReloaded: GRANT.notReloaded(CAUSE),
  },
};

/** All of them: `revokeEntitlement.notSaved` → the refusal. */
export const NAMED_STRINGS: ReadonlyMap<string, Refusal> = new Map(
  Object.entries(STRINGS).flatMap(([operation, strings]) =>
    Object.entries(strings).map(([name, refusal]) => [`${operation}.${name}`, refusal] as const),
  ),
);

/** A Return that is ordered. */
interface Return {
  readonly returnCode?: number | undefined;
  readonly returnString?: string | undefined;
}

/** The code and string that a fault orders; undefined: it orders none. */
export function returnOf({ returnCode, returnString }: Return) {
  if (returnCode === undefined && returnString === undefined) return undefined;
  const named = NAMED_STRINGS.get(returnString ?? '');
  return {
    returnCode: returnCode ?? named?.code ?? 500,
    returnString:
      named?.message ?? returnString ?? 'Internal error; the simulation has ordered it.',
  };
}
