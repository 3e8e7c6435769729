/** Reads the feed page by page. Decided: docs/decisions/feed.md */
import { Refusal } from '../base/refusal';
import type { Reader } from '../store/store';
import { type Event, presentEvents, typeOf } from './present';
import type { EventType } from './schema';

/** Which events are wanted, and from where on. */
export interface FeedQuery {
  /** The number of the last event that was seen; 0: none. */
  readonly after: number;
  readonly limit: number;
  /** Undefined: every type. */
  readonly types?: ReadonlySet<EventType> | undefined;
  /** An account's row; undefined: every account. */
  readonly accountId?: number | undefined;
}

/** A part of the feed. */
export interface FeedPage {
  readonly events: readonly Event[];
  /** The number of the last event that was looked at: where the next page goes on. */
  readonly last: number;
  /** Whether there are more that were not looked at. */
  readonly more: boolean;
}

/** Events that are looked at with one question, and for one page. */
const CHUNK = 250;
const MOST = 5000;

/**
 * The wanted events after a number. A filter that lets few through ends a page early, with `more`.
 * @throws Refusal 409 where the feed does not reach that number
 */
export async function readPage(
  reader: Reader,
  login: string,
  { after, limit, types, accountId }: FeedQuery,
): Promise<FeedPage> {
  const end = await reader.events.last();
  if (after > end) throw beyondEnd(after, end);
  const isFiltered = types !== undefined || accountId !== undefined;
  const events: Event[] = [];
  let last = after;
  while (last < end && last - after < MOST && events.length < limit) {
    // Without a filter no more are looked at than are wanted.
    const most = isFiltered ? CHUNK : Math.min(CHUNK, limit - events.length);
    const looked = await reader.events.list(last, Math.min(most, end - last));
    const wanted = [];
    for (const stored of looked) {
      last = stored.sequence;
      const { account } = stored;
      const ofAccount =
        accountId === undefined || (account?.mergedInto ?? account?.id) === accountId;
      if (ofAccount && (!types || types.has(typeOf(stored)))) wanted.push(stored);
      if (events.length + wanted.length === limit) break;
    }
    for (const event of await presentEvents(reader, login, wanted)) events.push(event);
    await reader.pause(looked.length);
  }
  return { events, last, more: last < end };
}

function beyondEnd(after: number, end: number): Refusal {
  return new Refusal(
    409,
    `after is ${after}, but the last event is ${end}: the database may have been restored from a backup. ` +
      'Read all anew from 0, or from where the backup ended.',
  );
}
