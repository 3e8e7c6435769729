/** Copies a database that others may be writing to at the same time. */
import { chmodSync, closeSync, fsyncSync, linkSync, openSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import type { BackupProgress } from '../database';
import { removeEmptyLog } from './database-file';
import { requireOwn } from './own';

/** Pages copied in one go; between two the progress is reported. */
const PAGES = 1000;

/**
 * Copies a database as it is at one moment, whatever is written meanwhile, checks the copy, and only
 * then gives it its name. The copy is one file that only its owner may read.
 * @param source an existing database
 * @param target where the copy goes; nothing may be there
 * @param onProgress called before each thousand pages
 * @throws Error when `source` is another program's, `target` exists or cannot be written, or the copy is not whole
 */
export async function backupDatabase(
  source: string,
  target: string,
  onProgress: (progress: BackupProgress) => void,
): Promise<void> {
  const partial = `${target}.partial`;
  const database = new SqliteDatabase(source, { readonly: true, fileMustExist: true });
  try {
    requireOwn(database);
    closeSync(openSync(partial, 'wx', 0o600));
    try {
      // A snapshot is held: the copy would start again with every write of another process.
      database.exec('BEGIN; SELECT count(*) FROM merchant;');
      await database.backup(partial, {
        progress: (progress) => {
          onProgress(progress);
          return PAGES;
        },
      });
      verify(partial);
      chmodSync(partial, 0o600);
      sync(partial);
      // Unlike a renaming, this replaces nothing.
      linkSync(partial, target);
    } finally {
      for (const end of ['', '-journal', '-wal', '-shm']) rmSync(partial + end, { force: true });
    }
    sync(dirname(target));
  } finally {
    database.close();
    removeEmptyLog(source);
  }
}

/** Reads every page of the copy, and makes it one file: without a write-ahead log. */
function verify(path: string): void {
  const copy = new SqliteDatabase(path);
  try {
    copy.pragma('journal_mode = DELETE');
    const found = copy.pragma('integrity_check', { simple: true });
    if (found !== 'ok') throw new Error('the database is damaged: see latchkey check');
  } finally {
    copy.close();
  }
}

function sync(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
