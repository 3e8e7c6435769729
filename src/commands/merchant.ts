/** `latchkey merchant`: the logins that may call. */
import { Command } from 'commander';
import { addStoreOptions } from './options';
import type { CredentialOptions, SetOptions } from './actions/merchant';
import type { RemoveOptions } from './actions/remove-merchant';

export function merchantCommand(): Command {
  return new Command('merchant')
    .description('Manage the logins that may call the server.')
    .addCommand(add())
    .addCommand(list())
    .addCommand(password())
    .addCommand(set())
    .addCommand(remove());
}

const PASSWORD_OPTION = [
  '--password-stdin',
  'read the password from the first line of standard input, instead of making one',
] as const;

function add(): Command {
  const command = new Command('add')
    .description(
      'Make a merchant, and the database where there is none; the password is kept only as a hash. ' +
        'A password that is made is printed once.',
    )
    .argument('<login>', 'what its clients call themselves')
    .option(...PASSWORD_OPTION);
  return addStoreOptions(command).action(async (login: string, options: CredentialOptions) =>
    (await import('./actions/merchant.js')).addMerchant(command, login, options),
  );
}

function list(): Command {
  const command = new Command('list').description(
    'List the merchants: login, created, payment failure limit, days of grace.',
  );
  return addStoreOptions(command).action(async (options: { json?: boolean }) =>
    (await import('./actions/merchant.js')).listMerchants(command, options),
  );
}

function password(): Command {
  const command = new Command('password')
    .description('Give a merchant a new password; the old one stops working at once.')
    .argument('<login>', 'the merchant')
    .option(...PASSWORD_OPTION);
  return addStoreOptions(command).action(async (login: string, options: CredentialOptions) =>
    (await import('./actions/merchant.js')).changePassword(command, login, options),
  );
}

function set(): Command {
  const command = new Command('set')
    .description('Change how a merchant is treated.')
    .argument('<login>', 'the merchant')
    .option(
      '--payment-failure-limit <number>',
      'payments of an order that may fail in a row before it is revoked',
    )
    .option('--grace-days <number>', 'days that access by an AutoBill lasts while it is not paid');
  return addStoreOptions(command).action(async (login: string, options: SetOptions) =>
    (await import('./actions/merchant.js')).setMerchant(command, login, options),
  );
}

function remove(): Command {
  const command = new Command('remove')
    .description(
      'Remove a merchant with its keys. One that has data is removed only with --force and --export: ' +
        'all its data is written to a file and removed for good, lines of the ledger too.',
    )
    .argument('<login>', 'the merchant')
    .option('--force', 'also when it has data')
    .option('--export <file>', 'where its data goes first, as JSON; nothing may be there');
  return addStoreOptions(command).action(async (login: string, options: RemoveOptions) =>
    (await import('./actions/remove-merchant.js')).remove(command, login, options),
  );
}
