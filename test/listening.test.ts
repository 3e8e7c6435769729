/** The order of a server's start: the port first, and only then the database. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { readSettings } from '../src/config/settings';
import { startServer } from '../src/main';
import { inheritedSocket } from '../src/systemd';
import { ROOT } from './harness/server';

const CLI = join(ROOT, 'dist', 'src', 'cli.js');

let folder: string;
let database: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
  database = join(folder, 'data', 'test.db');
});

afterEach(() => rmSync(folder, { recursive: true }));

function start(port: number) {
  const flags = { port: String(port), database, logLevel: 'silent' };
  return startServer(readSettings(flags, {}), { demo: true });
}

async function listening(port: number): Promise<Server> {
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

test('startServer: a taken port → refused, and no database is made', async () => {
  const other = await listening(0);
  const { port } = other.address() as AddressInfo;
  await expect(start(port)).rejects.toThrow('EADDRINUSE');
  expect(existsSync(join(folder, 'data'))).toBe(false);
  other.close();
});

test('startServer: a file that is no database → refused, and the port is free again', async () => {
  const probe = await listening(0);
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  database = join(folder, 'notes.txt');
  writeFileSync(database, 'no database at all\n'.repeat(200));
  await expect(start(port)).rejects.toThrow('not a database');
  (await listening(port)).close();
});

test('startServer: a thousand connections that come at once are taken in, none has to try again', async () => {
  const probe = await listening(0);
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  const server = await start(port);
  let taken = 0;
  const sockets = Array.from({ length: 1000 }, () =>
    connect(port, '127.0.0.1', () => (taken += 1)),
  );
  // Those for which there was no room would try again after a second, and meanwhile none would come.
  for (let idle = 0; idle < 100_000 && taken < sockets.length; idle += 1) {
    const before = taken;
    await nextTurn();
    if (taken > before) idle = 0;
  }
  const some = taken;
  for (const socket of sockets) socket.destroy();
  await server.stop();
  expect(some).toBe(sockets.length);
});

test('startServer: a request that comes before the server is ready is answered', async () => {
  const probe = await listening(0);
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  const starting = start(port);
  // The port is taken a turn later, long before the contract is read.
  await new Promise((resolve) => setImmediate(resolve));
  const reply = await fetch(`http://127.0.0.1:${port}/readyz`);
  expect(reply.status).toBe(200);
  await (await starting).stop();
});

describe('systemd', () => {
  test('latchkey serve: a socket that was handed over → is served', async () => {
    const socket = await listening(0);
    const { port } = socket.address() as AddressInfo;
    // The shell's process becomes the server's: the socket is meant for that one.
    const script = 'LISTEN_FDS=1 LISTEN_PID=$$ exec "$0" "$@" serve';
    const env = { ...process.env, LATCHKEY_DATABASE: database };
    // Node.js has no public name for the descriptor of a socket.
    const { fd } = (socket as unknown as { _handle: { fd: number } })._handle;
    const child = spawn('sh', ['-c', script, process.execPath, CLI], {
      env,
      stdio: ['ignore', 'ignore', 'inherit', fd],
    });
    socket.close();
    const reply = await fetch(`http://127.0.0.1:${port}/readyz`);
    expect(reply.status).toBe(200);
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  test('inheritedSocket: one for this process → it; another process → none; two → refused', () => {
    const one = { LISTEN_FDS: '1', LISTEN_PID: '77' };
    expect(inheritedSocket(one, 77)).toBe(3);
    expect(inheritedSocket(one, 78)).toBeUndefined();
    expect(inheritedSocket({}, 77)).toBeUndefined();
    expect(() => inheritedSocket({ ...one, LISTEN_FDS: '2' }, 77)).toThrow('listens on one');
  });
});
