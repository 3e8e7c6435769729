/** `latchkey backup`: a copy of the database, also while a server works with it. */
import { Command } from 'commander';
import { addStoreOptions } from './options';

export function backupCommand(): Command {
  const command = new Command('backup')
    .description('Copy the database as it is now, also while it is served, and check the copy.')
    .argument('<file>', 'where the copy goes; nothing may be there');
  return addStoreOptions(command).action(async (file: string, options: { json?: boolean }) =>
    (await import('./actions/backup.js')).backup(command, file, options),
  );
}
