/** A large body is written as fast as it is read. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { writeBody } from '../../src/soap/write-body';
import { ManualTime } from '../background/manual-time';

const SIZE = 2 ** 25;
const LIMIT = 30_000;

async function serve() {
  const time = new ManualTime();
  let unread = SIZE;
  const { promise: written, resolve } = Promise.withResolvers<boolean>();
  const server = createServer((_request, response) => {
    response.on('close', () => resolve(response.writableFinished));
    const onRead = (bytes: number) => (unread -= bytes);
    void writeBody(response, Buffer.alloc(SIZE, 'x'), { time, limit: LIMIT, onRead });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.pause();
  socket.write('GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
  return { time, written, socket, server, unread: () => unread };
}

test('who reads gets all of it, and nothing is counted as unread in the end', async () => {
  const { socket, written, server, unread } = await serve();
  let read = 0;
  socket.on('data', ({ length }: Buffer) => (read += length)).resume();
  expect(await written).toBe(true);
  await once(socket, 'close');
  expect(read).toBeGreaterThan(SIZE);
  expect(unread()).toBe(0);
  server.close();
});

test('who reads nothing is cut off after the limit, and not before', async () => {
  const { time, written, server, unread } = await serve();
  await once(server, 'request');
  await time.pass(LIMIT - 1);
  // The system takes some megabytes by itself.
  expect(unread()).toBeGreaterThan(SIZE / 4);
  let isWritten: boolean | undefined;
  void written.then((is) => (isWritten = is));
  // The system may have taken the last of what it takes a moment later: the limit counts from then, and no longer.
  for (let more = 0; more < LIMIT && isWritten === undefined; more += 1) await time.pass(1);
  expect(isWritten).toBe(false);
  await time.pass(0);
  expect(unread()).toBe(0);
  server.close();
});
