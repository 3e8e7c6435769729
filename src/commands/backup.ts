/** `latchkey backup`: a copy of the database, also while a server works with it. */
import { Command } from 'commander';
import { backupDatabase } from '../store/sqlite/backup';
import { addStoreOptions, existingDatabase } from './options';
import { printJson } from './print';
import { ProgressBar } from './progress';

interface Options {
  readonly json?: boolean;
}

export function backupCommand(): Command {
  const command = new Command('backup')
    .description('Copy the database as it is now, also while it is served, and check the copy.')
    .argument('<file>', 'where the copy goes; nothing may be there');
  return addStoreOptions(command).action(async (file: string, { json }: Options) => {
    const database = existingDatabase(command);
    const bar = ProgressBar.onTerminal('backup');
    let pages = 0;
    await backupDatabase(database, file, ({ totalPages, remainingPages }) => {
      pages = totalPages;
      // At the end of the last page the copy is not yet checked.
      const done = Math.min(totalPages - remainingPages, totalPages - 1);
      bar?.show(`of ${totalPages} pages`, done, totalPages);
    }).catch((error: unknown) => {
      throw plainly(error, file);
    });
    bar?.show(`of ${pages} pages`, 1, 1);
    if (json) printJson({ database, backup: file, pages });
    else console.log(`${file} is a copy of ${database}, and whole`);
  });
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
