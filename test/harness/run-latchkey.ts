/** Runs the built `latchkey` command in a process of its own. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from './server';

export interface CommandResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** @param database the file that it works with */
export function runLatchkey(database: string, ...args: string[]): Promise<CommandResult> {
  const env = { ...process.env, LATCHKEY_DATABASE: database, LATCHKEY_TIME_ZONE: 'UTC' };
  const cli = join(ROOT, 'dist', 'src', 'cli.js');
  return new Promise((resolve) => {
    execFile(process.execPath, [cli, ...args], { env }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? -1), stdout, stderr });
    });
  });
}
