/** The action of `latchkey backup`. */
import type { Command } from 'commander';
import type { Database } from '../../store/database';
import { printJson, printLine } from '../print';
import { ProgressBar } from '../progress';
import { existingDatabase, namingDatabase, offered } from './with-store';

interface Options {
  readonly json?: boolean;
}

/** Copies the database. @throws Error when something is at `file`, or the copy is not whole */
export async function backup(command: Command, file: string, { json }: Options): Promise<void> {
  const database = existingDatabase(command);
  const pages = await namingDatabase(database.name, () => copyDatabase(database, file, 'backup'));
  if (json) await printJson({ database: database.name, backup: file, pages });
  else await printLine(`${file} is a copy of ${database.name}, and whole`);
}

/**
 * Copies a database, with a progress bar on a terminal.
 * @returns how many pages it has
 */
export async function copyDatabase(from: Database, to: string, title: string): Promise<number> {
  const bar = ProgressBar.onTerminal(title);
  let pages = 0;
  await offered(from, 'backup')(to, ({ totalPages, remainingPages }) => {
    pages = totalPages;
    // At the end of the last page the copy is not yet checked.
    const done = Math.min(totalPages - remainingPages, totalPages - 1);
    bar?.show(`of ${totalPages} pages`, done, totalPages);
  }).catch((error: unknown) => {
    throw plainly(error, to);
  });
  bar?.show(`of ${pages} pages`, 1, 1);
  return pages;
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
