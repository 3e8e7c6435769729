/** Writes an answer while it is made: as fast as it is read, and no faster. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type ReaderOptions, type WrittenReply, writeReply } from '../base/reply-reader';
import { NDJSON } from './lines';
import type { Pieces, PlainAnswer, Route } from './route';
import { Ahead } from './run-ahead';

/**
 * Writes the pieces one after the other; at most one waits for the reader. Once that is gone, no further one is made.
 * @param begin called when the first piece is made: until then an error can still be answered
 * @throws what keeps the first piece from being made
 */
export async function sendPieces(
  response: ServerResponse,
  pieces: Pieces,
  begin: () => void,
  reader: ReaderOptions,
): Promise<WrittenReply> {
  const iterator = pieces[Symbol.asyncIterator]();
  try {
    let next = await iterator.next();
    begin();
    const make = async (write: (text: string) => Promise<void>) => {
      for (; next.done !== true; next = await iterator.next()) await write(next.value);
    };
    return await writeReply(response, make, reader);
  } finally {
    await iterator.return?.();
  }
}

const ahead = new Ahead();

/** The same of results of lines: a client may send all of them before it reads. */
export function sendLines(
  response: ServerResponse,
  pieces: Pieces,
  begin: () => void,
  reader: ReaderOptions,
): Promise<WrittenReply> {
  const isSending = sendingOf(response.req);
  return sendPieces(response, ahead.of(pieces), begin, { ...reader, isSending });
}

/** Whether more of a request has come since it was asked last. */
function sendingOf(request: IncomingMessage): () => boolean {
  let seen = request.socket.bytesRead;
  return () => {
    const { bytesRead } = request.socket;
    const isSending = !request.complete && bytesRead > seen;
    seen = bytesRead;
    return isSending;
  };
}

/** The same pieces. @param hear is given each as it is made; null: that was all */
export async function* hearing(pieces: Pieces, hear: (piece: string | null) => void): Pieces {
  for await (const piece of pieces) {
    hear(piece);
    yield piece;
  }
  hear(null);
}

/** @param replyTimeout seconds that the reader may stand still */
export function readerOf({
  time,
  replyTimeout,
}: Pick<ReaderOptions, 'time'> & { readonly replyTimeout: number }): ReaderOptions {
  return { time, limit: replyTimeout * 1000 };
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
