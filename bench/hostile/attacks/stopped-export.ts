/** An export of the ledger whose reader stands still, while others write: the write-ahead log must not grow. */
import { spawn } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { bodyOf } from '../../requests';
import type { Attack } from '../attack';
import { counted, post } from '../sending';

const WRITES = 3000;
const AT_ONCE = 8;

export const stoppedExport: Attack = {
  name: 'stopped-export',
  title: `an audit export that nobody reads, beside ${WRITES.toLocaleString('en')} grants and revocations`,
  run: async ({ endpoint, database }) => {
    const cli = join(__dirname, '..', '..', '..', 'src', 'cli.js');
    const parameters = [cli, 'audit', 'export', '--json', '--database', database];
    // A pipe of which nothing is read.
    const reader = spawn(process.execPath, parameters, { stdio: ['ignore', 'pipe', 'ignore'] });
    await setTimeout(2000);
    const statuses: number[] = [];
    for (let from = 0; from < WRITES; from += AT_ONCE) {
      const name = (from / AT_ONCE) % 2 === 0 ? 'grant' : 'revoke';
      const calls = Array.from({ length: AT_ONCE }, (_, n) => post(endpoint, bodyOf(name, n)));
      statuses.push(...(await Promise.all(calls)));
    }
    const { size } = statSync(`${database}-wal`);
    reader.kill('SIGKILL');
    return `${counted(statuses)}; write-ahead log ${(size / 1e6).toFixed(1)} MB`;
  },
};
