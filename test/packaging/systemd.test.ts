/** The units for systemd: their form, how little they may do, and what they rely on in the server. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { isInstalled, testWith } from '../clients/scenario';
import { freePort } from '../harness/free-port';
import { ROOT } from '../harness/server';

const CLI = join(ROOT, 'dist', 'src', 'cli.js');
const UNITS = ['latchkey.service', 'latchkey.socket'];

/** The exposure that `systemd-analyze security` may find, in tenths: 100 is a service without limits. */
const MAX_EXPOSURE = 15;

const run = promisify(execFile);
const testSystemd = testWith(isInstalled(['systemd-analyze', '--version']), 'systemd');

let folder: string;
let database: string;
const children = new Set<ChildProcess>();

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
  database = join(folder, 'test.db');
});

afterEach(() => {
  children.forEach((child) => child.kill('SIGKILL'));
  rmSync(folder, { recursive: true });
});

function start(command: string, args: readonly string[], env = process.env): ChildProcess {
  const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  children.add(child);
  child.once('exit', () => children.delete(child));
  return child;
}

async function firstLine({ stdout }: ChildProcess): Promise<string> {
  if (!stdout) throw new Error('no output');
  const [line] = (await once(createInterface({ input: stdout }), 'line')) as [string];
  return line;
}

testSystemd('the units are well formed, and the service may do next to nothing', async () => {
  for (const unit of UNITS) {
    // This Node.js in the place of the one that the unit expects.
    const text = readFileSync(join(ROOT, 'packaging', 'systemd', unit), 'utf8');
    writeFileSync(join(folder, unit), text.replace('=/usr/bin/node ', `=${process.execPath} `));
  }
  const paths = UNITS.map((unit) => join(folder, unit));
  expect(await run('systemd-analyze', ['verify', ...paths])).toEqual({ stdout: '', stderr: '' });
  const threshold = `--threshold=${MAX_EXPOSURE}`;
  const [service = ''] = paths;
  await run('systemd-analyze', ['security', '--offline=true', threshold, service]);
});

testSystemd('a socket that systemd opens is served, and SIGTERM ends the server', async () => {
  const port = await freePort();
  const address = `127.0.0.1:${port}`;
  const args = ['--listen', address, '-E', `LATCHKEY_DATABASE=${database}`];
  const child = start('systemd-socket-activate', [...args, process.execPath, CLI, 'serve']);
  const reply = await connect(`http://${address}/readyz`);
  expect(reply.status).toBe(200);
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
});

/** systemd-socket-activate reports nothing when it listens. */
async function connect(url: string): Promise<Response> {
  for (;;) {
    const reply = await fetch(url).catch(() => undefined);
    if (reply) return reply;
  }
}

const RECEIVE = `
import socket, sys
receiver = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
receiver.bind(sys.argv[1])
print('bound', flush=True)
print(receiver.recv(4096).decode().strip(), flush=True)
# systemd-notify waits until what it sends after that has been received as well.
receiver.recv(4096)
`;

testSystemd('a unit of Type=notify learns when the server is ready', async () => {
  const socket = join(folder, 'notify');
  const receiver = start('python3', ['-c', RECEIVE, socket]);
  expect(await firstLine(receiver)).toBe('bound');
  const env = {
    ...process.env,
    LATCHKEY_DATABASE: database,
    LATCHKEY_PORT: '0',
    NOTIFY_SOCKET: socket,
  };
  const server = start(process.execPath, [CLI, 'serve'], env);
  expect(await firstLine(receiver)).toBe('READY=1');
  server.kill('SIGTERM');
  expect(await once(server, 'exit')).toEqual([0, null]);
});
