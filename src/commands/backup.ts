/** `latchkey backup`: a copy of the database, also while a server works with it. */
import { Command } from 'commander';
import { type BackupProgress, backupDatabase } from '../store/sqlite/backup';
import { addStoreOptions, existingDatabase } from './options';
import { printJson } from './print';

interface Options {
  readonly json?: boolean;
}

export function backupCommand(): Command {
  const command = new Command('backup')
    .description('Copy the database as it is now, also while it is served, and check the copy.')
    .argument('<file>', 'where the copy goes; nothing may be there');
  return addStoreOptions(command).action(async (file: string, { json }: Options) => {
    const database = existingDatabase(command);
    let pages = 0;
    await backupDatabase(database, file, (progress) => {
      pages = progress.totalPages;
      if (process.stderr.isTTY) showProgress(progress);
    }).catch((error: unknown) => {
      throw plainly(error, file);
    });
    if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
    if (json) printJson({ database, backup: file, pages });
    else console.log(`${file} is a copy of ${database}, and whole`);
  });
}

function showProgress({ totalPages, remainingPages }: BackupProgress): void {
  const percent = Math.floor((100 * (totalPages - remainingPages)) / Math.max(totalPages, 1));
  process.stderr.write(`\r${percent} % of ${totalPages} pages`);
}

/** Says which of the two files exists: the copy itself or what it is called until it is whole. */
function plainly(error: unknown, file: string): unknown {
  const { code, path, dest = path } = error as { code?: string; path?: string; dest?: string };
  if (code !== 'EEXIST') return error;
  return new Error(
    dest === file
      ? `${file} exists; name another file`
      : `${String(dest)} exists: another backup writes it, or one was cut off; then remove it`,
  );
}
