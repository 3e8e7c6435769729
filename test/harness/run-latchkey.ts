/** Runs the built `latchkey` command in a process of its own. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { ROOT } from './server';

/** The built program. */
export const CLI = join(ROOT, 'dist', 'src', 'cli.js');

export interface CommandResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** @param database the file that it works with */
export function runLatchkey(database: string, ...args: string[]): Promise<CommandResult> {
  return runLatchkeyWith({ database }, ...args);
}

/** A run's options beside its arguments. */
export interface Circumstances {
  readonly database: string;
  readonly environment?: NodeJS.ProcessEnv;
  /** Standard input; default: none. */
  readonly input?: string;
}

/** The same with an environment or an input. */
export function runLatchkeyWith(
  { database, environment, input }: Circumstances,
  ...args: string[]
): Promise<CommandResult> {
  const env = {
    ...process.env,
    LATCHKEY_DATABASE: database,
    LATCHKEY_TIME_ZONE: 'UTC',
    ...environment,
  };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [CLI, ...args], { env }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? -1), stdout, stderr });
    });
    child.stdin?.end(input);
  });
}

/** A command that goes on, whose two outputs are kept apart. */
export interface RunningCommand {
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Fulfils with the match once either output has it; rejects when the process ends before. */
  readonly until: (pattern: RegExp) => Promise<RegExpExecArray>;
  /** Ends its standard input. */
  readonly endInput: () => void;
  /** Fulfils with the exit code once it has ended. */
  readonly ended: Promise<number | null>;
  /** Ends it, by SIGTERM where no other signal is named. @returns the exit code; null: the signal ended it */
  readonly stop: (signal?: NodeJS.Signals) => Promise<number | null>;
}

const running = new Set<ChildProcess>();

// A test that failed before it ended its server must not leave it running.
afterAll(() => running.forEach((child) => child.kill('SIGKILL')));

/** Starts `latchkey serve` on any free port. */
export function startServe(database: string, ...args: string[]): RunningCommand {
  return startCommand(database, 'serve', ...args);
}

/** Starts a command that ends when it is told to. */
export function startCommand(database: string, ...args: string[]): RunningCommand {
  const env = { ...process.env, LATCHKEY_DATABASE: database, LATCHKEY_PORT: '0' };
  const child = spawn(process.execPath, [CLI, ...args], { env });
  running.add(child);
  const ended = once(child, 'close').then(([code]: Array<number | null>) => {
    running.delete(child);
    return code ?? null;
  });
  const texts = { stdout: '', stderr: '' };
  child.stdout.on('data', (piece: Buffer) => (texts.stdout += piece.toString()));
  child.stderr.on('data', (piece: Buffer) => (texts.stderr += piece.toString()));
  const until = (pattern: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      const look = () => {
        const found = pattern.exec(texts.stdout) ?? pattern.exec(texts.stderr);
        if (found) resolve(found);
      };
      child.stdout.on('data', look);
      child.stderr.on('data', look);
      child.once('close', () => {
        look();
        reject(new Error(`ended:\n${texts.stdout}${texts.stderr}`));
      });
      look();
    });
  return {
    stdout: () => texts.stdout,
    stderr: () => texts.stderr,
    until,
    endInput: () => void child.stdin.end(),
    ended,
    stop: (signal = 'SIGTERM') => {
      child.kill(signal);
      return ended;
    },
  };
}
