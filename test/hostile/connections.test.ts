/** Clients that send slowly, much, half, or nothing at all, and honest ones beside them. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { callAccount } from '../harness/soap-call';
import { makeDatabase, type ServerProcess, startServerProcess } from '../harness/server-process';
import { SEED } from '../harness/seed';

const NAMED = '<account><merchantAccountId>ada-1815</merchantAccountId></account>';
const IDLE = 1000;

let folder: string;
let server: ServerProcess;
const sockets = new Set<Socket>();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
  const database = join(folder, 'latchkey.db');
  await makeDatabase(database, SEED);
  server = await startServerProcess(database, { LATCHKEY_REQUEST_TIMEOUT: '1' });
});

afterEach(() => {
  sockets.forEach((socket) => socket.destroy());
  sockets.clear();
});

afterAll(async () => {
  await server.end('SIGTERM');
  rmSync(folder, { recursive: true });
});

async function open(): Promise<Socket> {
  const { hostname, port } = new URL(server.url);
  const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
  socket.on('error', () => undefined);
  sockets.add(socket);
  await once(socket, 'connect');
  return socket;
}

/** A whole request, as its client would send it; it is answered that its password is wrong. */
function request(headers = ''): string {
  const body =
    '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>' +
    '<o:echoString xmlns:o="http://soap.vindicia.com/v22_0/Diagnostic"><auth>' +
    '<version>22.0</version><login>acme_soap</login><password>wrong</password></auth>' +
    '</o:echoString></e:Body></e:Envelope>';
  return (
    `POST /soap.pl HTTP/1.1\r\nHost: latchkey\r\nContent-Type: text/xml\r\n${headers}` +
    `Content-Length: ${body.length}\r\n\r\n${body}`
  );
}

async function expectHonestClientServed(): Promise<void> {
  const { returnCode } = await callAccount(server.url, 'fetchFamily', NAMED);
  expect(returnCode).toBe('200');
}

test.each([
  ['half of the headers', request().slice(0, 40)],
  ['half of the body', request().slice(0, -40)],
])('%s and no more: HTTP 408, and the connection ends', async (_, sent) => {
  const socket = await open();
  socket.write(sent);
  await expectHonestClientServed();
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 408 /);
});

test(`${IDLE} connections that send nothing`, async () => {
  for (let count = 0; count < IDLE; count++) await open();
  await expectHonestClientServed();
});

test('requests that are cut off', async () => {
  for (let length = 1; length < request().length; length += 7) {
    const socket = await open();
    socket.write(request().slice(0, length), () => socket.destroy());
    await once(socket, 'close');
  }
  await expectHonestClientServed();
  expect(server.alive()).toBe(true);
});

test('more headers than a request has: HTTP 431', async () => {
  const socket = await open();
  socket.write(request(`X-Much: ${'x'.repeat(20_000)}\r\n`));
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 431 /);
  await expectHonestClientServed();
});

test('a client that ends its half of the connection gets its reply', async () => {
  const socket = await open();
  socket.end(request());
  expect(await text(socket)).toContain('<returnCode>403');
});
