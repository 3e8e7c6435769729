/** The statements that change a merchant's data, prepared once for a connection. */
import { type AccountWriteStatements, prepareAccountWrites } from './account-writes';
import { type EventWriteStatements, prepareEventWrites } from './events';
import { type FeedLineStatements, prepareFeedLines } from './feed-lines';
import type { PrepareChange } from './query';

/** Every change. */
export interface WriteStatements extends AccountWriteStatements, FeedLineStatements {
  readonly events: EventWriteStatements;
}

/** Prepares them. */
export function prepareWrites(change: PrepareChange): WriteStatements {
  return {
    events: prepareEventWrites(change),
    ...prepareAccountWrites(change),
    ...prepareFeedLines(change),
  };
}
