/**
 * `npm run bench:check`: how long `latchkey check` takes on a large file, and what calls notice of it. See ../README.md.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Command } from 'commander';
import { PACKAGE_ROOT } from '../../src/base/package';
import { KINDS } from './calls';
import { Client } from './client';
import { positive, prepare, start, type Started } from './files';

interface Options {
  readonly accounts: number;
  readonly rate: number;
  readonly seconds: number;
  readonly folder?: string;
}

/** Of five calls one is a change. */
const MIX = ['isEntitled', 'fetchByAccount', 'isEntitled', 'grantEntitlement', 'isEntitled'];
const CONNECTIONS = 32;

/** Makes calls at fixed moments, whether or not those before are answered. */
class Caller {
  private readonly clients: Client[];
  private count = 0;

  constructor(
    private readonly server: Started,
    private readonly rate: number,
  ) {
    const { endpoint } = server.contestant;
    this.clients = Array.from({ length: CONNECTIONS }, () => new Client(endpoint));
  }

  /** @returns the milliseconds from the moment of each call to its answer, in order of length */
  async callUntil(ended: Promise<unknown>): Promise<number[]> {
    const over = new AbortController();
    const end = ended.then(() => over.abort());
    const calls: Array<Promise<number>> = [];
    const begun = performance.now();
    for (let n = 0; !over.signal.aborted; n += 1) {
      const due = begun + (n * 1000) / this.rate;
      const wait = due - performance.now();
      if (wait > 0) await setTimeout(wait);
      calls.push(this.call(due));
    }
    await end;
    return (await Promise.all(calls)).sort((one, other) => one - other);
  }

  close(): void {
    for (const client of this.clients) client.close();
  }

  private async call(due: number): Promise<number> {
    const { population } = this.server;
    this.count += 1;
    const { count } = this;
    const kind = KINDS.find(({ name }) => name === MIX[count % MIX.length]);
    const request = kind?.request({ population, number: population.accountAt(count, 0), count });
    const client = this.clients[count % CONNECTIONS];
    if (request) await client?.call(request);
    return performance.now() - due;
  }
}

/** Runs the command. @returns its milliseconds */
async function check(database: string, onTick: () => void = () => undefined): Promise<number> {
  const begun = performance.now();
  const cli = join(PACKAGE_ROOT, 'dist', 'src', 'cli.js');
  const child = spawn(process.execPath, [cli, 'check', '--database', database], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const timer = setInterval(onTick, 200);
  const [code] = (await once(child, 'exit')) as [number];
  clearInterval(timer);
  if (code !== 0) throw new Error(`check ended with ${code}`);
  return performance.now() - begun;
}

function print(name: string, latencies: readonly number[]): void {
  const at = (part: number) => (latencies[Math.floor(latencies.length * part)] ?? 0).toFixed(1);
  const worst = latencies.at(-1)?.toFixed(0) ?? '';
  const load = loadavg()[0]?.toFixed(1) ?? '';
  console.log(
    `${name}: ${latencies.length} calls, p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, worst ${worst} ms; load ${load}`,
  );
}

async function run({ accounts, rate, seconds, folder }: Options): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), 'latchkey-check-'));
  process.once('exit', () => rmSync(scratch, { recursive: true, force: true }));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
  const made = folder ?? join(scratch, 'made');
  mkdirSync(made, { recursive: true });
  const path = await prepare(made, accounts);
  console.log(`alone: ${((await check(path)) / 1000).toFixed(0)} s`);
  const server = await start(path, accounts, scratch);
  const caller = new Caller(server, rate);
  await caller.callUntil(setTimeout(3000));
  print('calls without it', await caller.callUntil(setTimeout(seconds * 1000)));
  let log = 0;
  const seeLog = () => (log = Math.max(log, statSync(`${server.database}-wal`).size));
  const checked = check(server.database, seeLog);
  print('calls beside it', await caller.callUntil(checked));
  console.log(`beside ${rate} calls a second: ${((await checked) / 1000).toFixed(0)} s`);
  console.log(`write-ahead log meanwhile: ${(log / 1e6).toFixed(0)} MB at most`);
  print('calls after it', await caller.callUntil(setTimeout(seconds * 1000)));
  caller.close();
  await server.stop();
}

new Command('bench:check')
  .description('Measures the check of a large file, alone and beside calls.')
  .option('--accounts <count>', 'accounts in the file', positive, 1_000_000)
  .option('--rate <count>', 'calls a second', positive, 250)
  .option('--seconds <count>', 'how long calls are measured without it', positive, 15)
  .option('--folder <path>', 'where the file is made and left; default: gone at the end')
  .action(run)
  .parseAsync()
  .catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  });
