/** The ids that a REST call names, for the log's line of one that is refused. */
import type { IdKind, NamedIds } from '../base/log-ids';

const KINDS: Readonly<Record<string, IdKind>> = {
  account: 'account',
  accountId: 'account',
  merchantAccountId: 'account',
  userId: 'VID',
  VID: 'VID',
  email: 'email',
  emails: 'email',
  orderId: 'order',
  autoBill: 'autoBill',
  autoBillId: 'autoBill',
  merchantAutoBillId: 'autoBill',
  entitlement: 'entitlement',
  merchantEntitlementId: 'entitlement',
};

/** The most elements of a list that are looked at. */
const MOST = 5;

/** @param parts path, query and body as they were sent: they may be anything */
export function namedIds(parts: readonly unknown[]): NamedIds {
  return parts.flatMap((part) => {
    if (typeof part !== 'object' || part === null) return [];
    return Object.entries(KINDS).flatMap(([name, kind]) => {
      const value: unknown = (part as Readonly<Record<string, unknown>>)[name];
      const all: readonly unknown[] = Array.isArray(value) ? value.slice(0, MOST) : [value];
      return all
        .filter((id) => typeof id === 'string' && id !== '')
        .map((id) => [kind, id as string] as const);
    });
  });
}
