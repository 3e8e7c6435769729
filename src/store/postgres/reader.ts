/** Look-ups in one merchant's data, on any connection. */
import { PageCursors } from '../listing/page-cursors';
import { type AccountStatements, prepareAccountReads } from './account-reads';
import { type AuditStatements, prepareAuditReads } from './audit-reads';
import { type EntitlementStatements, prepareEntitlementReads } from './entitlement-statements';
import { type EventReadStatements, prepareEventReads } from './events';
import type { Prepare } from './query';
import type { Shared } from './shared';

/** Every look-up, prepared once for a connection, or for those of a pool. */
export interface ReadStatements extends AccountStatements, EntitlementStatements {
  readonly cursors: PageCursors;
  readonly shared: Shared;
  readonly audit: AuditStatements;
  readonly events: EventReadStatements;
}

/** Prepares them. @param shared takes a merchant's lock before a look-up that must not miss a change */
export function prepareReads(prepare: Prepare, shared: Shared): ReadStatements {
  return {
    cursors: new PageCursors(),
    shared,
    audit: prepareAuditReads(prepare),
    events: prepareEventReads(prepare),
    ...prepareAccountReads(prepare),
    ...prepareEntitlementReads(prepare),
  };
}
