/** The end of a server whose log nobody reads at present: the pipe is full, and so is what the server keeps. */
import { execFileSync, spawn, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Connection } from '../harness/connection';
import { freePort } from '../harness/free-port';
import { ROOT } from '../harness/server';

const CLI = join(ROOT, 'dist', 'src', 'cli.js');

/** Pipelined at a time, and how often: 1.8 MB of log. */
const TOGETHER = 500;
const ROUNDS = 8;

/** Its Fault quotes the name, and the log quotes the Fault. */
const BODY = `<${'x'.repeat(250)}/>`;
const REQUEST = `POST /soap.pl HTTP/1.1\r\nHost: a\r\nContent-Length: ${BODY.length}\r\n\r\n${BODY}`;

/** A long reply, so often that the system does not take all of it for a reader that stands still. */
const LONG = 'GET /v1/docs/swagger-ui-bundle.js HTTP/1.1\r\nHost: a\r\n\r\n'.repeat(10);

let folder: string;
let pipe: number;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
  const name = join(folder, 'pipe');
  execFileSync('mkfifo', [name]);
  // Open for both, it needs no reader.
  pipe = openSync(name, 'r+');
});

afterEach(() => {
  closeSync(pipe);
  rmSync(folder, { recursive: true });
});

/** A client whose replies hold the end of the server up. */
async function stall(url: string): Promise<Connection> {
  const stalled = await Connection.open(url);
  stalled.pause();
  stalled.write(LONG);
  return stalled;
}

/** Connects as soon as the server listens. */
async function connect(url: string): Promise<Connection> {
  for (;;) {
    try {
      return await Connection.open(url);
    } catch {
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}

test.each<[string, string[], (pipe: number) => StdioOptions]>([
  ['standard output', [], (log) => ['ignore', log, 'ignore']],
  ['standard error', ['--json'], (log) => ['ignore', 'ignore', log]],
])('on %s: SIGTERM ends it with 0, a second one at once', async (_title, flags, stdio) => {
  for (const signals of [1, 2]) {
    const port = await freePort();
    const database = join(folder, `${signals}.db`);
    const args = [CLI, 'serve', `--port=${port}`, `--database=${database}`, ...flags];
    const child = spawn(process.execPath, args, { stdio: stdio(pipe) });
    const ended = once(child, 'exit');
    const url = `http://127.0.0.1:${port}`;
    let stalled: Connection | undefined;
    try {
      const connection = await connect(url);
      // Else it may end by itself before the second signal.
      if (signals === 2) stalled = await stall(url);
      for (let round = 0; round < ROUNDS; round += 1) {
        connection.write(REQUEST.repeat(TOGETHER));
        for (let n = 0; n < TOGETHER; n += 1) expect((await connection.reply()).status).toBe(500);
      }
      child.kill('SIGTERM');
      await connection.end();
      if (signals === 2) child.kill('SIGTERM');
      expect(await ended).toEqual([signals - 1, null]);
    } finally {
      child.kill('SIGKILL');
      stalled?.close();
    }
  }
});
