/** Takes the requests of a connection one at a time, however many of them it sends at once. */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** Requests that may wait on one connection; a client that sends more is cut off. */
const MAX_WAITING = 1000;

/** The state of a connection. */
interface Lane {
  busy: boolean;
  readonly waiting: Array<readonly [IncomingMessage, ServerResponse]>;
}

/**
 * Hands a request on when the reply to the one before it has been read by the client, or as much of
 * it as the system takes. Replies to requests that came together would otherwise all lie in memory
 * while the client reads none. The connection is not read meanwhile.
 */
export function oneAtATime(listener: RequestListener): RequestListener {
  const lanes = new WeakMap<Socket, Lane>();
  return (request, response) => {
    const { socket } = request;
    let lane = lanes.get(socket);
    if (!lane) {
      lane = { busy: false, waiting: [] };
      lanes.set(socket, lane);
    }
    if (!lane.busy) {
      start(lane, request, response, listener);
    } else if (lane.waiting.length === MAX_WAITING) {
      socket.destroy();
    } else {
      lane.waiting.push([request, response]);
      socket.pause();
    }
  };
}

function start(
  lane: Lane,
  request: IncomingMessage,
  response: ServerResponse,
  listener: RequestListener,
): void {
  lane.busy = true;
  response.once('close', () => {
    const next = lane.waiting.shift();
    lane.busy = false;
    if (lane.waiting.length === 0) request.socket.resume();
    if (next && !request.socket.destroyed) start(lane, ...next, listener);
  });
  listener(request, response);
}
