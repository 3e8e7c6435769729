/**
 * The pieces in which the body of a request comes. Each takes time of its own, however short it is: a body of
 * single bytes takes hundreds of times as long as the same bytes together.
 * Decided: docs/decisions/connections.md
 */
import type { IncomingMessage, ServerResponse } from 'node:http';

/** Pieces that are always taken. */
export const MOST_PIECES = 2000;

/** The bytes that a body has to have for each piece beyond them. */
export const LEAST_MEAN = 32;

/** Said to the client. */
export const TOO_MANY_PIECES = `The request body comes in too many small pieces: ${MOST_PIECES}, and one more for each ${LEAST_MEAN} bytes, are taken.`;

const cutOff = new WeakSet<IncomingMessage>();

/** Whether the body of a request ended before its time: it is answered with TOO_MANY_PIECES. */
export function isInTooManyPieces(request: IncomingMessage): boolean {
  return cutOff.has(request);
}

/**
 * Ends a chunked body that comes in too many pieces, and has its connection closed after the reply. A body with a
 * Content-Length needs no limit: its pieces are those in which the system hands it on.
 * @param onPiece called with each piece
 */
export function limitPieces(
  request: IncomingMessage,
  response: ServerResponse,
  onPiece: () => void,
): void {
  if (request.headers['transfer-encoding'] === undefined) return;
  const push = request.push.bind(request);
  let pieces = 0;
  let bytes = 0;
  request.push = (piece: Buffer | null) => {
    if (cutOff.has(request)) return false;
    if (piece === null) return push(null);
    onPiece();
    pieces += 1;
    bytes += piece.length;
    if (bytes >= LEAST_MEAN * (pieces - MOST_PIECES)) return push(piece);
    cutOff.add(request);
    closeAfter(request, response);
    // Else the end of the body would end the connection before the reply.
    request.complete = true;
    push(null);
    return false;
  };
  // Left alone, the rest of a body that no one has asked for would be read past the limit.
  response.once('prefinish', () => request.resume());
}

function closeAfter({ socket }: IncomingMessage, response: ServerResponse): void {
  response.shouldKeepAlive = false;
  if (response.writableFinished) socket.destroySoon();
  else if (response.headersSent) response.once('finish', () => socket.destroySoon());
}
