/** `npm start` in a clone: a signal to npm ends the server as well. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ROOT } from '../harness/server';
import { ENVIRONMENT } from './installation';

test('npm start, then SIGTERM to npm: the server finishes and ends', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
  const env = { ...ENVIRONMENT, LATCHKEY_PORT: '0', LATCHKEY_DATABASE: join(folder, 'test.db') };
  const child = spawn('npm', ['start'], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'inherit'] });
  // The output is closed when npm and the server have ended, which holds it open as well.
  const closed = once(child, 'close');
  let server: number | undefined;
  const lines: string[] = [];
  try {
    await new Promise<void>((resolve, reject) => {
      child.once('exit', () => reject(new Error(`ended:\n${lines.join('\n')}`)));
      createInterface({ input: child.stdout }).on('line', (line) => {
        lines.push(line);
        const [, pid] = /"pid":(\d+).*"url":/.exec(line) ?? [];
        if (!pid) return;
        server = Number(pid);
        resolve();
      });
    });
    child.kill('SIGTERM');
    await closed;
    server = undefined;
    expect(lines.at(-1)).toContain('"msg":"stopped"');
  } finally {
    if (server !== undefined) process.kill(server, 'SIGKILL');
    rmSync(folder, { recursive: true });
  }
}, 120_000);
