/** A database that a command cannot open: one line that names it and what to do. */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runLatchkey } from '../harness/run-latchkey';

const folder = mkdtempSync(join(tmpdir(), 'latchkey-'));

const pipe = join(folder, 'pipe');
const socket = join(folder, 'socket');
const link = join(folder, 'link');
let server: Server;

beforeAll(async () => {
  execFileSync('mkfifo', [pipe]);
  symlinkSync(pipe, link);
  server = createServer().listen(socket);
  await once(server, 'listening');
});

afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

/** Nothing of these can be opened: a pipe would be waited for, and a device taken for an empty database. */
const NO_FILES: ReadonlyArray<[title: string, place: string, rest: string]> = [
  ['a folder', folder, ' is a folder; name a file'],
  ['a named pipe', pipe, ' is a named pipe; name a file'],
  ['a link to one', link, ' is a named pipe; name a file'],
  ['a socket', socket, ' is a socket; name a file'],
  ['a device', '/dev/zero', ' is a device; name a file'],
];

test.each([
  ...NO_FILES,
  [
    'PostgreSQL that nothing answers for',
    'postgres://ada@127.0.0.1:1/x',
    ': the database cannot be reached; start PostgreSQL, or name its host and port as they are',
  ],
])('%s in place of the database', async (_title, place, rest) => {
  expect(await runLatchkey(place, 'ledger')).toEqual({
    code: 1,
    stdout: '',
    stderr: `latchkey: ${place}${rest}\n`,
  });
});

const COMMANDS: readonly (readonly string[])[] = [
  ['serve', '--port', '0'],
  ['merchant', 'list'],
  ['merchant', 'add', 'acme'],
  ['merchant', 'remove', 'acme'],
  ['check'],
  ['repair'],
  ['backup', join(folder, 'backup.db')],
  ['restore', __filename],
];

test.each(COMMANDS)('%s: no command waits for a named pipe', async (...command) => {
  const { code, stderr } = await runLatchkey(pipe, ...command);
  expect([code, stderr]).toEqual([1, `latchkey: ${pipe} is a named pipe; name a file\n`]);
});

test('neither end of a copy, and no backup, is anything but a file', async () => {
  const there = join(folder, 'there.db');
  const says = { code: 1, stderr: `latchkey: ${pipe} is a named pipe; name a file\n` };
  expect(await runLatchkey(there, 'store', 'copy', pipe, there)).toMatchObject(says);
  expect(await runLatchkey(there, 'store', 'copy', there, pipe)).toMatchObject(says);
  expect(await runLatchkey(there, 'restore', pipe)).toMatchObject(says);
  expect(existsSync(there)).toBe(false);
});
