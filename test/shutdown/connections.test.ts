/**
 * SIGTERM, over bare sockets: what has arrived is answered, and nothing else holds the end up. The limit is an
 * hour where it must not matter, so that a server which waits for it ends no test.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Connection } from '../harness/connection';
import { makeDatabase, type ServerProcess, startServerProcess } from '../harness/server-process';
import { SEED } from '../harness/seed';

const HOUR = '3600';

let folder: string;
let database: string;
let server: ServerProcess;
const connections: Connection[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
  database = join(folder, 'latchkey.db');
  await makeDatabase(database, SEED);
});

afterEach(() => connections.splice(0).forEach((connection) => connection.close()));

afterAll(() => rmSync(folder, { recursive: true }));

async function start(stopTimeout: string): Promise<void> {
  server = await startServerProcess(database, { LATCHKEY_STOP_TIMEOUT: stopTimeout });
}

async function open(): Promise<Connection> {
  const connection = await Connection.open(server.url);
  connections.push(connection);
  return connection;
}

/** Sends SIGTERM, and waits until the server closes what has no request. */
async function terminate(): Promise<void> {
  const idle = await open();
  await health(idle);
  server.signal('SIGTERM');
  await idle.end();
}

const GET = (path: string) => `GET ${path} HTTP/1.1\r\nHost: latchkey\r\n\r\n`;
const SCRIPT = '/v1/docs/swagger-ui-bundle.js';

async function health(connection: Connection): Promise<void> {
  connection.write(GET('/healthz'));
  expect((await connection.reply()).status).toBe(200);
}

/** A request that takes a while: the password must be verified. */
function login(password = 'wrong'): string {
  const body =
    '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>' +
    '<o:getHello xmlns:o="http://soap.vindicia.com/v22_0/Diagnostic"><auth><version>22.0</version>' +
    `<login>nobody</login><password>${password}</password></auth></o:getHello></e:Body></e:Envelope>`;
  return `POST /soap.pl HTTP/1.1\r\nHost: latchkey\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
}

test.each([
  ['nothing', ''],
  ['half of a head', login().slice(0, 40)],
  ['half of a body', login().slice(0, -40)],
  ['a whole request and half of another', GET('/healthz') + login().slice(0, 40)],
])('a connection that has sent %s and sends no more is closed', async (_title, sent) => {
  await start(HOUR);
  const connection = await open();
  connection.write(sent);
  await terminate();
  await connection.end();
  expect(await server.exitCode).toBe(0);
});

test('no new connection is taken', async () => {
  await start(HOUR);
  const stalled = await open();
  stalled.pause();
  stalled.write(GET(SCRIPT).repeat(10));
  await health(await open());
  await terminate();
  await expect(Connection.open(server.url)).rejects.toThrow('ECONNREFUSED');
  stalled.close();
  expect(await server.exitCode).toBe(0);
});

test.each([40, login().length - 40])(
  'half a request whose rest comes after all is answered, and the reply says that it is the last: %i bytes',
  async (length) => {
    await start(HOUR);
    const connection = await open();
    connection.write(login().slice(0, length));
    await health(await open());
    await terminate();
    connection.write(login().slice(length));
    const reply = await connection.reply();
    expect(reply.text).toContain('<returnCode>403');
    expect(reply.headers.connection).toBe('close');
    await connection.end();
    expect(await server.exitCode).toBe(0);
  },
);

test('requests that have arrived are answered, those in a row, too; the last reply says that it is', async () => {
  await start(HOUR);
  const alone = await open();
  const inARow = await open();
  for (const connection of [alone, inARow]) await health(connection);
  // The server finds the requests and the signal at once, in whichever order.
  server.signal('SIGSTOP');
  alone.write(login('alone'));
  inARow.write(login('first') + GET('/healthz').repeat(20));
  server.signal('SIGTERM');
  server.signal('SIGCONT');
  const reply = await alone.reply();
  expect(reply.text).toContain('<returnCode>403');
  expect(reply.headers.connection).toBe('close');
  expect((await inARow.reply()).headers.connection).toBe('keep-alive');
  for (let left = 20; left > 0; left -= 1) {
    const { status, headers } = await inARow.reply();
    expect(status).toBe(200);
    expect(headers.connection).toBe(left === 1 ? 'close' : 'keep-alive');
  }
  await Promise.all([alone.end(), inARow.end()]);
  expect(await server.exitCode).toBe(0);
});

test('long replies under way are given whole', async () => {
  await start(HOUR);
  const reading = await open();
  reading.write(GET(SCRIPT));
  const whole = (await reading.reply()).body.length;
  const slow = await open();
  slow.pause();
  // More than the system takes for a reader that stands still.
  slow.write(GET(SCRIPT).repeat(10));
  await health(await open());
  await terminate();
  slow.resume();
  for (let reply = 0; reply < 10; reply += 1) {
    expect((await slow.reply()).body).toHaveLength(whole);
  }
  await slow.end();
  expect(await server.exitCode).toBe(0);
});

test('a reply that nobody reads holds up the end until the limit, and no longer', async () => {
  await start('1');
  const stalled = await open();
  stalled.pause();
  stalled.write(GET(SCRIPT).repeat(10));
  await health(await open());
  server.signal('SIGTERM');
  expect(await server.exitCode).toBe(0);
});

test('a second signal ends it at once', async () => {
  await start(HOUR);
  const stalled = await open();
  stalled.pause();
  stalled.write(GET(SCRIPT).repeat(10));
  await health(await open());
  await terminate();
  expect(server.alive()).toBe(true);
  server.signal('SIGTERM');
  expect(await server.exitCode).toBe(1);
});
