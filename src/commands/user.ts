/** `latchkey user`: the people who sign in to the console. */
import { Command, Option } from 'commander';
import { ROLES, ROLES_IN_WORDS } from '../base/role';
import { addStoreOptions } from './options';
import type { AddUserOptions, ChangeUserOptions } from './actions/user';

export function userCommand(): Command {
  return new Command('user')
    .description('Manage the people who sign in to the console.')
    .addCommand(add())
    .addCommand(list())
    .addCommand(change())
    .addCommand(remove());
}

const roleOption = () => new Option('--role <role>', ROLES_IN_WORDS).choices(ROLES);

const PASSWORD_STDIN = [
  '--password-stdin',
  'read the password from the first line of standard input',
] as const;

function add(): Command {
  const command = new Command('add')
    .description(
      'Make a user. The password is asked for on a terminal; where none is given, one is made and printed once. ' +
        'It is kept only as a hash.',
    )
    .argument('<name>', "the person's name in the ledger")
    .addOption(roleOption().makeOptionMandatory())
    .option('--merchant <login...>', 'sees these merchants alone; default: all')
    .option(...PASSWORD_STDIN);
  return addStoreOptions(command).action(async (name: string, options: AddUserOptions) =>
    (await import('./actions/user.js')).addUser(command, name, options),
  );
}

function list(): Command {
  const command = new Command('list').description(
    'List the users: name, role, merchants, created, last seen, removed.',
  );
  return addStoreOptions(command).action(async (options: { json?: boolean }) =>
    (await import('./actions/user.js')).listUsers(command, options),
  );
}

function change(): Command {
  const command = new Command('change')
    .description('Change a user; all sessions of it end.')
    .argument('<name>', 'the user')
    .addOption(roleOption())
    .addOption(
      new Option('--merchant <login...>', 'sees these merchants alone').conflicts('allMerchants'),
    )
    .option('--all-merchants', 'sees every merchant, also those to come')
    .option('--password', 'ask for a new password on a terminal, or make one')
    .option(...PASSWORD_STDIN);
  return addStoreOptions(command).action(async (name: string, options: ChangeUserOptions) =>
    (await import('./actions/user.js')).changeUser(command, name, options),
  );
}

function remove(): Command {
  const command = new Command('remove')
    .description('Remove a user; all sessions of it end. Its name is not given again.')
    .argument('<name>', 'the user');
  return addStoreOptions(command).action(async (name: string, options: { json?: boolean }) =>
    (await import('./actions/user.js')).removeUser(command, name, options),
  );
}
