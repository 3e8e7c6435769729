/** Writes an answer while it is made: as fast as it is read, and no faster. */
import type { ServerResponse } from 'node:http';
import type { Time } from '../base/time';
import { waitForReader } from '../base/wait-for-reader';
import { NDJSON } from './lines';
import type { Pieces, PlainAnswer, Route } from './route';

/** How long a reader may take. */
export interface Patience {
  readonly time: Pick<Time, 'after'>;
  /** Seconds that the reader of a large answer may stand still. */
  readonly replyTimeout: number;
}

/**
 * Writes the pieces one after the other; at most one waits for the reader. Once that is gone, no further one is made.
 * @param begin called when the first piece is made: until then an error can still be answered
 * @returns whether all was handed to the system
 */
export async function sendPieces(
  response: ServerResponse,
  pieces: Pieces,
  begin: () => void,
  { time, replyTimeout }: Patience,
): Promise<boolean> {
  const iterator = pieces[Symbol.asyncIterator]();
  try {
    let next = await iterator.next();
    begin();
    while (next.done !== true) {
      if (response.destroyed) return false;
      const isFull = !response.write(next.value);
      if (isFull && !(await waitForReader(response, time, replyTimeout * 1000))) return false;
      next = await iterator.next();
    }
    response.end();
    return true;
  } finally {
    await iterator.return?.();
  }
}

/** The headers of an answer that is made while it is sent. */
export function writtenHead(
  { answers }: Pick<Route, 'answers'>,
  { status, headers = {} }: PlainAnswer,
  callId: string,
): Record<string, string> {
  const type = answers[status]?.written === 'lines' ? NDJSON : 'application/json';
  return {
    // Compressing would hold back what is written, and make other bytes of it.
    'Cache-Control': 'no-store, no-transform',
    'Content-Type': `${type}; charset=utf-8`,
    'X-Request-Id': callId,
    ...headers,
  };
}

/**
 * Ends an answer in the only way that its client sees once it has begun: it lacks its end. What was written before goes
 * out, unless its reader takes none of it.
 */
export function endEarly(response: ServerResponse, { time, replyTimeout }: Patience): void {
  if (response.destroyed) return;
  const cancel = time.after(replyTimeout * 1000, () => response.destroy());
  response.once('close', cancel);
  response.socket?.destroySoon();
}
