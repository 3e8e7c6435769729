/** The action of `latchkey restore`. */
import { existsSync, mkdirSync, realpathSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Command } from 'commander';
import { toIso } from '../../base/iso';
import { SYSTEM_TIME } from '../../base/time';
import { findDatabase } from '../../store/open';
import { checkDatabase } from '../../store/sqlite/check';
import { DatabaseInUse, replaceDatabase } from '../../store/sqlite/replace';
import { openSqliteStore } from '../../store/sqlite/sqlite-store';
import { settingsOf } from '../options';
import { printFields, printJson } from '../print';
import { copyDatabase } from './backup';
import { insteadOf, namingDatabase, requireKept } from './with-store';

/** Checks a copy of the backup, and only then puts it in the place of the database. */
export async function restore(
  command: Command,
  file: string,
  { json }: { json?: boolean },
): Promise<void> {
  const settings = settingsOf(command);
  const place = findDatabase(settings.database, settings);
  requireKept(place);
  if (!place.backup) throw insteadOf(place, 'restore');
  const { name: database } = place;
  if (!existsSync(file)) throw new Error(`there is no file ${file}; name a backup`);
  if (existsSync(database) && realpathSync(file) === realpathSync(database)) {
    throw new Error(`${file} is the database itself; name a backup`);
  }
  mkdirSync(dirname(database), { recursive: true, mode: 0o700 });
  const incoming = `${database}.restoring`;
  removeDatabase(incoming);
  try {
    await namingDatabase(file, () =>
      copyDatabase(findDatabase(file, settings), incoming, 'restore'),
    );
    await namingDatabase(file, () => requireSound(incoming, file));
    const putAway = await namingDatabase(database, () => replace(database, incoming));
    if (json) await printJson({ database, restored: file, putAway });
    else await printFields({ restored: `${database} from ${file}`, ...putAwayField(putAway) });
  } finally {
    removeDatabase(incoming);
  }
}

function putAwayField(putAway: readonly string[]): { 'put away'?: string } {
  return putAway.length === 0 ? {} : { 'put away': putAway.join(' ') };
}

function removeDatabase(path: string): void {
  for (const end of ['', '-wal', '-shm', '-journal']) rmSync(path + end, { force: true });
}

/** A backup of an older version is brought to the present schema first, as a server would do. */
async function requireSound(incoming: string, file: string): Promise<void> {
  await openSqliteStore(incoming).close();
  let findings = 0;
  // Unfit text came in by an older version: the backup is as good as the database was.
  checkDatabase(incoming, ({ kind }) => (findings += Number(kind !== 'text')));
  if (findings > 0) {
    throw new Error(
      `${file} is damaged (${findings} findings); latchkey check --database lists them`,
    );
  }
}

function replace(database: string, incoming: string): string[] {
  // 20260131T230000Z: a name for every file system.
  const stamp = toIso(SYSTEM_TIME.now()).replace(/[-:]|\.\d+/g, '');
  try {
    return replaceDatabase(database, incoming, stamp);
  } catch (error) {
    if (!(error instanceof DatabaseInUse)) throw error;
    throw new Error(`${error.message}; stop the server first`, { cause: error });
  }
}
