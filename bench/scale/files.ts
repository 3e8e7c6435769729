/** Large files and servers on them, for the benches that want some. */
import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { InvalidArgumentError } from 'commander';
import { ProgressBar } from '../../src/commands/progress';
import { type Contestant, startOn } from '../contestant';
import { Client } from './client';
import { generate } from './generate';
import type { Side } from './measure';
import { Population } from './population';

/** A number with a comma for each thousand. */
export const count = (value: number) => value.toLocaleString('en');

/** A server on a file of its own, until it is stopped. */
export interface Started extends Side {
  readonly contestant: Contestant;
  /** The path of its file. */
  readonly database: string;
  /** From the start of the process until it listened, in milliseconds. */
  readonly startMs: number;
  readonly stop: () => Promise<void>;
}

/** Makes the file where the folder doesn't hold it yet. @returns its path */
export async function prepare(folder: string, accounts: number): Promise<string> {
  const path = join(folder, `${accounts}.db`);
  if (!existsSync(path)) {
    const bar = new ProgressBar(`${count(accounts)} accounts`);
    const unfinished = `${path}.unfinished`;
    for (const suffix of ['', '-wal', '-shm']) rmSync(unfinished + suffix, { force: true });
    await generate(unfinished, accounts, (table, rows, of) => bar.show(table, rows, of));
    renameSync(unfinished, path);
  }
  console.log(
    `${count(accounts)} accounts, ${count(accounts * 5)} entitlements: ` +
      `${(statSync(path).size / 2 ** 20).toFixed(0)} MB`,
  );
  return path;
}

/** Starts a server on a copy of the file, for calls change it. */
export async function start(path: string, accounts: number, scratch: string): Promise<Started> {
  const database = join(scratch, `${accounts}.db`);
  for (const suffix of ['-wal', '-shm']) rmSync(database + suffix, { force: true });
  copyFileSync(path, database);
  // Else commits would wait until the copy is on the disk.
  const copied = openSync(database, 'r+');
  fsyncSync(copied);
  closeSync(copied);
  const begun = performance.now();
  const contestant = await startOn('latchkey', database, 'info');
  const startMs = performance.now() - begun;
  const client = new Client(contestant.endpoint);
  const stop = async () => {
    client.close();
    await contestant.stop();
    rmSync(database);
  };
  return { contestant, database, startMs, client, population: new Population(accounts), stop };
}

/** Reads an option that counts something. */
export function positive(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) {
    throw new InvalidArgumentError('It must be a whole number above 0.');
  }
  return value;
}
