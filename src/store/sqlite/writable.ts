/** Whether a server may write where its database lies. */
import { accessSync, constants, existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { getSystemErrorMap } from 'node:util';
import { IN_MEMORY } from './sqlite-store';

const { R_OK, W_OK, X_OK } = constants;

/**
 * Looks at the files of a database, and at their folder, before a server opens it. SQLite opens a
 * file that it may not write for reading, and keeps to that: every change would be refused until
 * the server is started again.
 * @param database a file that need not exist, or `:memory:`
 * @throws Error that says what cannot be written, why, and what to do
 */
export function requireWritable(database: string): void {
  if (database === IN_MEMORY) return;
  const file = resolve(database);
  let folder = dirname(file);
  // What is missing will be made.
  while (!existsSync(folder)) folder = dirname(folder);
  requireAccess(folder, W_OK | X_OK);
  for (const path of [file, `${file}-wal`, `${file}-shm`]) {
    if (existsSync(path)) requireAccess(path, R_OK | W_OK);
  }
}

function requireAccess(path: string, mode: number): void {
  try {
    accessSync(path, mode);
  } catch (error) {
    const { code, errno = 0, message } = error as NodeJS.ErrnoException;
    // A server that ended just now took its -wal and -shm along.
    if (code === 'ENOENT') return;
    const [, reason = message] = getSystemErrorMap().get(errno) ?? [];
    throw new Error(
      `${path} cannot be opened for writing: ${reason}; the user who runs the server must be able ` +
        'to read and write the database, its -wal and -shm, and their folder',
      { cause: error },
    );
  }
}
