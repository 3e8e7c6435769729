/** The built server as a process of its own, for tests that kill it or take things away from it. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { readSettings } from '../../src/config/settings';
import { hashPassword } from '../../src/access/password';
import type { Demo } from '../../src/demo';
import { loadMerchant } from '../../src/demo';
import { newId } from '../../src/base/new-id';
import { findDatabase } from '../../src/store/open';
import { ROOT } from './server';

const CLI = join(ROOT, 'dist', 'src', 'cli.js');

export interface ServerProcess {
  readonly url: string;
  readonly pid: number;
  /** From its start until it listened, in milliseconds. */
  readonly startMs: number;
  /** Every line that it printed, on either output. */
  readonly lines: readonly string[];
  /** Whether it still runs. */
  readonly alive: () => boolean;
  /** Resident memory, in bytes. */
  readonly residentMemory: () => number;
  /** Sends it a signal. */
  readonly signal: (signal: NodeJS.Signals) => void;
  /** Its exit code once it has ended; null: a signal ended it. */
  readonly exitCode: Promise<number | null>;
  /** Ends it by a signal, and waits for the end. */
  readonly end: (signal: NodeJS.Signals) => Promise<void>;
}

const running = new Set<ChildProcess>();

// A test that failed before it ended its server must not leave it running.
afterAll(() => running.forEach((child) => child.kill('SIGKILL')));

/**
 * Starts `latchkey serve` on a database and waits until it listens.
 * @param flags for Node.js itself
 */
export async function startServerProcess(
  database: string,
  environment: NodeJS.ProcessEnv = {},
  flags: readonly string[] = [],
): Promise<ServerProcess> {
  const started = performance.now();
  const env = { ...process.env, ...environment, LATCHKEY_DATABASE: database, LATCHKEY_PORT: '0' };
  const args = [...flags, CLI, 'serve'];
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  const ended = once(child, 'close').then(([code]: Array<number | null>) => {
    running.delete(child);
    return code ?? null;
  });
  const lines: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => lines.push(line));
  const url = await new Promise<string>((resolve, reject) => {
    child.once('close', () => reject(new Error(`ended:\n${lines.join('\n')}`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      lines.push(line);
      const [, found] = /"url":"([^"]+)"/.exec(line) ?? [];
      if (found) resolve(found);
    });
  });
  const { pid = 0 } = child;
  return {
    url,
    pid,
    startMs: performance.now() - started,
    lines,
    alive: () => child.exitCode === null && child.signalCode === null,
    residentMemory: () => {
      const [, kilobytes] =
        /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
      return Number(kilobytes) * 1024;
    },
    signal: (signal) => void child.kill(signal),
    exitCode: ended,
    end: async (signal) => {
      child.kill(signal);
      await ended;
    },
  };
}

/** A password hash that costs next to nothing to verify. */
const CHEAP = { N: 2, r: 1, p: 1 };

/** Makes a database with those merchants. @param url a file, or what LATCHKEY_DATABASE may name */
export async function makeDatabase(url: string, merchants: readonly Demo[]): Promise<void> {
  const store = await findDatabase(url, readSettings({}, {})).open();
  const surroundings = { store, timeZone: 'America/Los_Angeles', newId };
  for (const merchant of merchants) {
    await loadMerchant(merchant, await hashPassword(merchant.password, CHEAP), surroundings);
  }
  await store.close();
}

/** Runs `latchkey check`; rejects with what it printed when something is wrong. */
export async function runCheck(database: string): Promise<string> {
  const args = [CLI, 'check', '--database', database];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return stdout;
}
