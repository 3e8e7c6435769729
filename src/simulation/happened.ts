/** What happened to a merchant's accounts, as control calls show it: events of the feed in a line each. */
import { toIso } from '../base/iso';
import type { RecordedEvent, StoredEvent } from '../store/events';
import type { LedgerRow, Reader } from '../store/store';
import type { z } from 'zod';
import type { Happened } from './shown';

/** Events that are read at once. */
const PAGE = 500;

/** The most that one answer lists. */
export const MOST_HAPPENED = 10_000;

/**
 * Lists what happened after an event.
 * @param after its number; 0: from the first
 * @param until the number of the last that is looked at
 * @param isWanted default: all are
 */
export async function listHappened(
  reader: Pick<Reader, 'events'>,
  { after, until }: { readonly after: number; readonly until: number },
  isWanted: (soapId: string | undefined) => boolean = () => true,
) {
  const happened: Array<z.output<typeof Happened>> = [];
  let last = after;
  while (last < until && happened.length < MOST_HAPPENED) {
    const events = await reader.events.list(last, Math.min(PAGE, until - last));
    if (events.length === 0) break;
    for (const event of events) {
      last = event.sequence;
      if (isWanted((event.line ?? event.event)?.soapId)) happened.push(present(event));
    }
  }
  return happened;
}

function present({ account, line, event }: StoredEvent): z.output<typeof Happened> {
  const { at } = line ?? (event as RecordedEvent);
  const name = account && (account.merchantAccountId ?? account.VID);
  if (!line) return { at: toIso(at), account: name, action: (event as RecordedEvent).type };
  const { merchantEntitlementId: entitlement, action, source }: LedgerRow = line;
  return { at: toIso(at), account: name, entitlement, action, source };
}
