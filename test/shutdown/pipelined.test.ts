/** Requests in a row that the system has taken in when a server is told to stop, and the server reads afterwards. */
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SYSTEM_TIME } from '../../src/base/time';
import { Connections } from '../../src/connections';
import { Connection } from '../harness/connection';

const GET = 'GET / HTTP/1.1\r\nHost: latchkey\r\n\r\n';
const MANY = 20;
const HOUR = 3_600_000;

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
