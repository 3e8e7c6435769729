/** Requests that come when a server has been told to stop: those in a row that it reads afterwards, and those of a moment later. */
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SYSTEM_TIME } from '../../src/base/time';
import { Connections } from '../../src/connections';
import { ManualTime } from '../background/manual-time';
import { Connection } from '../harness/connection';

const GET = 'GET / HTTP/1.1\r\nHost: latchkey\r\n\r\n';
const MANY = 20;
const HOUR = 3_600_000;

/** When connections without a request are looked at first, in milliseconds. */
const LOOK = 100;

const LISTENERS: ReadonlyArray<readonly [string, RequestListener]> = [
  ['at once', (_request, response) => void response.end()],
  ['later', (_request, response) => void setImmediate(() => response.end())],
];

test.each(LISTENERS)(
  'each is answered %s, and the last reply says that it is',
  async (_title, listener) => {
    const connections = new Connections(listener);
    const server = createServer(connections.take).listen(0, '127.0.0.1');
    connections.watch(server);
    await once(server, 'listening');
    const client = await Connection.open(
      `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    );
    client.write(GET);
    await client.reply();
    client.write(GET.repeat(MANY));
    const stopped = connections.stop(server, HOUR, SYSTEM_TIME);
    for (let left = MANY; left > 0; left -= 1) {
      const { status, headers } = await client.reply();
      expect(status).toBe(200);
      expect(headers.connection).toBe(left === 1 ? 'close' : 'keep-alive');
    }
    await client.end();
    await stopped;
  },
);

test('a client that is between two requests has until the first look for the next one; one that sends none is closed then', async () => {
  const connections = new Connections((_request, response) => void response.end());
  const server = createServer(connections.take).listen(0, '127.0.0.1');
  connections.watch(server);
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const [calling, idle] = [await Connection.open(url), await Connection.open(url)];
  for (const client of [calling, idle]) {
    client.write(GET);
    expect((await client.reply()).headers.connection).toBe('keep-alive');
  }
  let isIdleClosed = false;
  const closed = idle.end().then(() => (isIdleClosed = true));
  const time = new ManualTime();
  const stopped = connections.stop(server, HOUR, time);
  await time.pass(LOOK - 1);
  calling.write(GET);
  const { status, headers } = await calling.reply();
  expect([status, headers.connection]).toEqual([200, 'close']);
  await calling.end();
  expect(isIdleClosed).toBe(false);
  await time.pass(1);
  await closed;
  await stopped;
});
