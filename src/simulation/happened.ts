/** What happened to a merchant's accounts, as control calls show it: events of the feed in a line each. */
import { z } from 'zod';
import { toIso } from '../base/iso';
import { momentOutput } from '../rest/fields';
import type { RecordedEvent, StoredEvent } from '../store/events';
import type { LedgerRow, Reader } from '../store/store';

/** One thing that happened. */
export const Happened = z
  .object({
    at: momentOutput,
    account: z.string().meta({ description: 'Its merchantAccountId; where it has none, its VID.' }),
    entitlement: z.string().optional().meta({ description: 'The merchantEntitlementId.' }),
    action: z.string().meta({
      description:
        "The ledger's word (`expire`), or the feed's where it is no change of access (`autobill.ended`).",
    }),
    source: z.string().optional().meta({ description: 'What gives the entitlement.' }),
  })
  .meta({ id: 'Happened' });

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
  const happened: Array<z.infer<typeof Happened>> = [];
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

function present({ account, line, event }: StoredEvent): z.infer<typeof Happened> {
  const { at } = line ?? (event as RecordedEvent);
  const name = account.merchantAccountId ?? account.VID;
  if (!line) return { at: toIso(at), account: name, action: (event as RecordedEvent).type };
  const { merchantEntitlementId: entitlement, action, source }: LedgerRow = line;
  return { at: toIso(at), account: name, entitlement, action, source };
}
