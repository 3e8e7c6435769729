/** `latchkey sim merchant`: merchants that are made for tests. */
import { Command } from 'commander';
import type { AddOptions } from '../actions/sim/merchants';
import { addServerOptions, type ControlOptions } from './options';

export function merchantCommand(): Command {
  return new Command('merchant')
    .description('Make merchants for tests, and take them away.')
    .addCommand(add())
    .addCommand(list())
    .addCommand(remove());
}

const actions = () => import('../actions/sim/merchants.js');

function add(): Command {
  const command = new Command('add')
    .description('Make one, and print its login, password, API key and addresses.')
    .argument('[login]', 'what its clients call themselves (default: one that is made up)')
    .option('--password-stdin', 'read the password from the first line of standard input')
    .option('--scope <read|write|admin>', "the API key's scope (default: admin)");
  return addServerOptions(command).action(async (login: string | undefined, options: AddOptions) =>
    (await actions()).addMerchant(login, options),
  );
}

function list(): Command {
  const command = new Command('list').description('List the merchants, by login.');
  return addServerOptions(command).action(async (options: ControlOptions) =>
    (await actions()).listMerchants(options),
  );
}

function remove(): Command {
  const command = new Command('remove')
    .description('Take one away, with all that it has.')
    .argument('<login>', 'the merchant');
  return addServerOptions(command).action(async (login: string, options: ControlOptions) =>
    (await actions()).removeMerchant(login, options),
  );
}
