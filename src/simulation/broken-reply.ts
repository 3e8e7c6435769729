/** Replies that are none, or not whole: written past HTTP's own rules, straight to the connection. */
import { STATUS_CODES } from 'node:http';
import { Socket } from 'node:net';
import { SIMULATION_HEADER } from '../base/simulate';
import type { Time } from '../base/time';
import type { Exchange } from './exchange';
import type { ConnectionFault } from './fault';
import { pause } from './faults';
import type { Random } from './random';

/** A reply as it would have been sent. */
export interface WholeReply {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** How many bytes of nonsense are sent. */
const NONSENSE = 64;

/** Breaks a connection. @param reply needed for CUT_BODY */
export function breakConnection(
  kind: ConnectionFault,
  { response }: Exchange,
  { reply, random }: { readonly reply: WholeReply | undefined; readonly random: Random },
): void {
  const { socket } = response;
  if (!socket || socket.destroyed) return;
  switch (kind) {
    case 'EMPTY_RESPONSE':
      socket.destroySoon();
      return;
    case 'CONNECTION_RESET_BY_PEER':
      reset(socket);
      return;
    case 'MALFORMED_RESPONSE_CHUNK':
      socket.write(`${headOf(200, 'text/xml; charset=utf-8')}Transfer-Encoding: chunked\r\n\r\n`);
      socket.end(nonsense(random));
      return;
    case 'RANDOM_DATA_THEN_CLOSE':
      socket.end(nonsense(random));
      return;
    case 'CUT_BODY': {
      const { status = 200, contentType = '', body = '' } = reply ?? {};
      const bytes = Buffer.from(body);
      socket.write(`${headOf(status, contentType)}Content-Length: ${bytes.length}\r\n\r\n`);
      socket.end(bytes.subarray(0, bytes.length >> 1));
    }
  }
}

/** Sends a reply in pieces, with equal pauses between them. */
export async function dribble(
  { response }: Exchange,
  { status, contentType, body }: WholeReply,
  {
    numberOfChunks,
    totalDuration,
  }: { readonly numberOfChunks: number; readonly totalDuration: number },
  time: Pick<Time, 'after'>,
): Promise<void> {
  const { socket } = response;
  if (!socket) return;
  const bytes = Buffer.from(body);
  socket.write(`${headOf(status, contentType)}Content-Length: ${bytes.length}\r\n\r\n`);
  const size = Math.max(1, Math.ceil(bytes.length / numberOfChunks));
  const count = Math.ceil(bytes.length / size);
  for (let index = 0; index < count && !socket.destroyed; index += 1) {
    await pause(totalDuration / count, socket, time);
    socket.write(bytes.subarray(index * size, (index + 1) * size));
  }
  socket.end();
}

function headOf(status: number, contentType: string): string {
  return (
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nContent-Type: ${contentType}\r\n` +
    `${SIMULATION_HEADER}: on\r\nConnection: close\r\n`
  );
}

/** By a RST, as far as the connection is one of TCP alone. */
function reset(socket: Socket): void {
  if (Object.getPrototypeOf(socket) === Socket.prototype) socket.resetAndDestroy();
  else socket.destroy();
}

/** Bytes that no chunk and no status line begin with. */
function nonsense(random: Random): Buffer {
  return Buffer.from(Array.from({ length: NONSENSE }, () => 0x80 + Math.floor(random() * 0x80)));
}
