/** Many requests at once on one connection: one reply is under way at a time, and all are given. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Connections } from '../../src/connections';
import { Connection } from '../harness/connection';

const REQUESTS = 500;
/** More than the system takes of one connection that is not read. */
const BODY = 'x'.repeat(100_000);

let server: Server;
let url: string;
let begun = 0;

beforeAll(async () => {
  const connections = new Connections((request, response) => {
    begun += 1;
    response.end(`${request.url} ${BODY}`);
  });
  server = createServer(connections.take);
  connections.watch(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

beforeEach(() => (begun = 0));

const pipeline = (count: number) =>
  Array.from({ length: count }, (_, n) => `GET /${n} HTTP/1.1\r\nHost: latchkey\r\n\r\n`).join('');

/** The next turns of the event loop, for what has arrived to be looked at. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < 100; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

test('replies that are not read hold up the requests after them', async () => {
  const connection = await Connection.open(url);
  connection.pause();
  connection.write(pipeline(REQUESTS));
  await turns();
  expect(begun).toBeGreaterThan(0);
  expect(begun).toBeLessThan(REQUESTS / 2);
  connection.resume();
  for (let n = 0; n < REQUESTS; n += 1) {
    expect((await connection.reply()).text.slice(0, 5)).toBe(`/${n} ${BODY}`.slice(0, 5));
  }
  expect(begun).toBe(REQUESTS);
  connection.close();
});

test('beyond what may wait on all connections, one with more than a few waiting requests is closed', async () => {
  const open = async (count: number) => {
    const connection = await Connection.open(url);
    connection.pause();
    connection.write(pipeline(count));
    await turns();
    return connection;
  };
  const many: Connection[] = [];
  for (let n = 0; n < 6; n += 1) many.push(await open(REQUESTS));
  const few = await open(10);
  many.at(-1)?.resume();
  await many.at(-1)?.end();
  few.resume();
  for (let n = 0; n < 10; n += 1) expect((await few.reply()).status).toBe(200);
  many[0]?.resume();
  for (let n = 0; n < REQUESTS; n += 1) expect((await many[0]?.reply())?.status).toBe(200);
  for (const connection of many) connection.close();
  few.close();
  await turns();
  const again = await open(REQUESTS);
  again.resume();
  for (let n = 0; n < REQUESTS; n += 1) expect((await again.reply()).status).toBe(200);
  again.close();
});

test('a connection with more waiting requests than it may have is closed', async () => {
  const connection = await Connection.open(url);
  connection.pause();
  connection.write(pipeline(20_000));
  connection.resume();
  await connection.end();
  expect(begun).toBeLessThan(20_000);
});
