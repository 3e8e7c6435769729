/** `latchkey check`: whether a database is whole, and its ledger and entitlements agree. */
import { Command } from 'commander';
import { addStoreOptions } from './options';

export function checkCommand(): Command {
  const command = new Command('check').description(
    'Check the database: its structure, that replaying the ledger gives exactly the present ' +
      'entitlements, and that orders give what their offers hold. Exit code 1 when something is wrong.',
  );
  return addStoreOptions(command).action(async (options: { json?: boolean }) =>
    (await import('./actions/check.js')).check(command, options),
  );
}
