/** The end of a call that goes on until something happens. */
import type { ServerResponse } from 'node:http';

/**
 * Makes the signal that an answer's client is gone, or the server stops; only calls that wait ask for it. A client that has ended
 * its half of the connection counts as gone: one that is gone altogether looks the same.
 * @param stopping aborted when the server is to end
 */
export function endOf(
  response: ServerResponse,
  stopping: AbortSignal | undefined,
): () => AbortSignal {
  let gone: AbortController | undefined;
  return () => {
    if (gone) return gone.signal;
    const end = (gone = new AbortController());
    const abort = () => end.abort();
    const { socket } = response.req;
    if (response.destroyed || socket.readableEnded || stopping?.aborted) abort();
    stopping?.addEventListener('abort', abort);
    socket.once('end', abort);
    response.once('close', () => {
      stopping?.removeEventListener('abort', abort);
      socket.off('end', abort);
      abort();
    });
    return end.signal;
  };
}
