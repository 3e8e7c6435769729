/** `latchkey key`: the API keys of REST callers. */
import { Command, Option } from 'commander';
import { SCOPES, SCOPES_IN_WORDS } from '../base/scope';
import { addStoreOptions, MERCHANT_OPTION } from './options';
import type { KeyOptions } from './actions/key';

export function keyCommand(): Command {
  return new Command('key')
    .description('Manage the API keys of REST callers.')
    .addCommand(add())
    .addCommand(list())
    .addCommand(revoke());
}

function add(): Command {
  const command = new Command('add')
    .description('Make a key; it is printed once and kept only as a digest.')
    .argument('<name>', "the caller's name in the ledger")
    .addOption(new Option('--scope <scope>', `${SCOPES_IN_WORDS} (default: write)`).choices(SCOPES))
    .addOption(new Option('--read-only', 'the same as --scope read').conflicts('scope'))
    .option(...MERCHANT_OPTION);
  return addStoreOptions(command).action(async (name: string, options: KeyOptions) =>
    (await import('./actions/key.js')).addKey(command, name, options),
  );
}

function list(): Command {
  const command = new Command('list')
    .description('List the keys: merchant, name, access, created, last used, revoked.')
    .option('--merchant <login>', 'only those of this merchant');
  return addStoreOptions(command).action(async (options: KeyOptions) =>
    (await import('./actions/key.js')).listKeys(command, options),
  );
}

function revoke(): Command {
  const command = new Command('revoke')
    .description('End a key; it stops working at once. Its name is not given again.')
    .argument('<name>', 'the name that it was added by')
    .option(...MERCHANT_OPTION);
  return addStoreOptions(command).action(async (name: string, options: KeyOptions) =>
    (await import('./actions/key.js')).revokeKey(command, name, options),
  );
}
