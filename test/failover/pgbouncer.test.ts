/** The store's behaviour on PostgreSQL through PgBouncer, which gives each connection away after a transaction. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../harness/free-port';
import {
  CONNECTIONS,
  describeOnPostgres,
  makeEmptyDatabase,
  openEmptyStore,
} from '../harness/postgres';
import { describeStore } from '../store-suite/describe-store';

const PGBOUNCER = '/usr/sbin/pgbouncer';

const folder = mkdtempSync(join(tmpdir(), 'latchkey-pgbouncer-'));
let pooler: ChildProcess | undefined;
let port = 0;

async function start(): Promise<void> {
  port = await freePort();
  const { port: database } = new URL(await makeEmptyDatabase());
  const settings = [
    '[databases]',
    `* = host=127.0.0.1 port=${database} user=postgres`,
    '[pgbouncer]',
    'listen_addr = 127.0.0.1',
    `listen_port = ${port}`,
    'unix_socket_dir =',
    'auth_type = any',
    'pool_mode = transaction',
    // Fewer than the store has: transactions of all change places on them.
    'default_pool_size = 6',
  ];
  // Who is not root runs it, and reads this.
  chmodSync(folder, 0o755);
  const file = join(folder, 'pgbouncer.ini');
  writeFileSync(file, `${settings.join('\n')}\n`);
  const [command, ...args] =
    process.getuid?.() === 0
      ? ['setpriv', '--reuid=postgres', '--regid=postgres', '--init-groups', '--', PGBOUNCER, file]
      : [PGBOUNCER, file];
  pooler = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  for await (const piece of pooler.stderr ?? []) if (String(piece).includes('process up')) break;
}

async function stop(): Promise<void> {
  if (pooler?.exitCode === null) {
    pooler.kill('SIGKILL');
    await once(pooler, 'exit');
  }
  rmSync(folder, { recursive: true });
}

const isInstalled = existsSync(PGBOUNCER);
const title = 'the store through PgBouncer';

(isInstalled || process.env.CI ? describeOnPostgres : describe.skip)(
  isInstalled ? title : `${title} (not installed: pgbouncer)`,
  () => {
    beforeAll(start, 300_000);
    afterAll(stop);
    describeStore('in transaction mode', (time, onCommit) =>
      openEmptyStore({ time, onCommit }, (url) => {
        const pooled = new URL(url);
        pooled.port = String(port);
        return { url: pooled.href, settings: { ...CONNECTIONS, databasePooler: 'transaction' } };
      }),
    );
  },
);
