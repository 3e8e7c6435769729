/** `latchkey restore`: puts a backup in the place of the database. */
import { Command } from 'commander';
import { addStoreOptions } from './options';

export function restoreCommand(): Command {
  const command = new Command('restore')
    .description(
      'Check a backup and put it in the place of the database, which is renamed, with its -wal and ' +
        '-shm, not removed. No server may have the database open.',
    )
    .argument('<file>', 'the backup; it stays where it is');
  return addStoreOptions(command).action(async (file: string, options: { json?: boolean }) =>
    (await import('./actions/restore.js')).restore(command, file, options),
  );
}
