/**
 * Writes down what changes no entitlement: the course of orders and AutoBills, the data of accounts, endpoints. It gets its
 * number in the feed with the changes of entitlements, which record-change.ts writes.
 * Decided: docs/decisions/feed.md
 */
import type { Work } from '../base/work';
import type { RecordedEvent } from '../store/events';
import type { UnitOfWork } from '../store/store';

/** What happened; its author and call are the work's. */
export type Happening = Pick<
  RecordedEvent,
  'type' | 'accountId' | 'subject' | 'reason' | 'note' | 'document'
> & {
  /** When, if not at the moment of the unit; UTC milliseconds. */
  readonly at?: number;
};

/** Adds an event to the feed. */
export async function recordEvent(
  unit: Pick<UnitOfWork, 'events'>,
  { actor, callId: soapId, now }: Pick<Work, 'actor' | 'callId' | 'now'>,
  { at = now, ...happening }: Happening,
): Promise<void> {
  await unit.events.insert({ ...happening, at, actor, soapId });
}
