/** `latchkey account`: looks at the accounts. */
import { Command } from 'commander';
import { addStoreOptions } from './options';
import type { AccountOptions } from './actions/account';

export function accountCommand(): Command {
  return new Command('account')
    .description('Look at accounts.')
    .addCommand(list())
    .addCommand(show());
}

function list(): Command {
  const command = new Command('list')
    .description('List the accounts: merchant, merchantAccountId, VID, e-mail address, created.')
    .option('--merchant <login>', 'only those of this merchant');
  return addStoreOptions(command).action(async (options: AccountOptions) =>
    (await import('./actions/account.js')).listAccounts(command, options),
  );
}

function show(): Command {
  const command = new Command('show')
    .description('Show an account with all that is kept of it.')
    .argument('<id>', 'a VID or merchantAccountId')
    .option('--merchant <login>', 'of this merchant');
  return addStoreOptions(command).action(async (id: string, options: AccountOptions) =>
    (await import('./actions/account.js')).showAccount(command, id, options),
  );
}
