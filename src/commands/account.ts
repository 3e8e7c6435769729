/** `latchkey account`: looks at the accounts, and erases personal data. */
import { Command } from 'commander';
import { addStoreOptions, MERCHANT_OPTION } from './options';
import type { AccountOptions } from './actions/account';
import type { EraseOptions } from './actions/erase-account';
import type { ShowOptions } from './actions/show-account';

export function accountCommand(): Command {
  return new Command('account')
    .description('Look at accounts, and erase personal data.')
    .addCommand(list())
    .addCommand(show())
    .addCommand(erase())
    .addCommand(erasures());
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
    .description(
      'Show an account with all that is kept of it: its data, family, entitlements of every source, ' +
        'orders, AutoBills, and the accounts that were merged into it.',
    )
    .argument('<id>', 'a VID or merchantAccountId')
    .option('--merchant <login>', 'of this merchant')
    .option('--limit <number>', 'at most as many rows of each list (default: 1000)');
  return addStoreOptions(command).action(async (id: string, options: ShowOptions) =>
    (await import('./actions/show-account.js')).showAccount(command, id, options),
  );
}

function erase(): Command {
  const command = new Command('erase')
    .description(
      'Erase the personal data of an account for good: names, addresses, e-mail address, nameValues, notes, ids ' +
        'that are an e-mail address or name. The account, its random ids, access and history stay.',
    )
    .argument('[id]', 'a VID or merchantAccountId')
    .option('--email <address>', 'the account that has this e-mail address')
    .option(...MERCHANT_OPTION)
    .option('--revoke', 'take all its access, too')
    .option('--yes', 'do it; without this it only says which account it would be');
  return addStoreOptions(command).action(async (id: string | undefined, options: EraseOptions) =>
    (await import('./actions/erase-account.js')).erase(command, id, options),
  );
}

function erasures(): Command {
  const command = new Command('erasures')
    .description(
      'List when the personal data of an account was erased: moment, author, whether access was taken, and ' +
        "when nothing of it was left in the database's files.",
    )
    .argument('<id>', 'a VID or merchantAccountId')
    .option(...MERCHANT_OPTION);
  return addStoreOptions(command).action(async (id: string, options: EraseOptions) =>
    (await import('./actions/erase-account.js')).listErasures(command, id, options),
  );
}
