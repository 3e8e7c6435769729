/** `latchkey store`: whole databases. */
import { Command } from 'commander';
import type { CopyOptions } from './actions/store-copy';

export function storeCommand(): Command {
  return new Command('store')
    .description('Work with whole databases, each named by its URL.')
    .addCommand(copy());
}

function copy(): Command {
  const command = new Command('copy')
    .description(
      'Copy a whole database to an empty one, of the other kind as a rule, and compare both. No server may ' +
        'work with either. One that was cut off goes on where it is called again.',
    )
    .argument('<source>', 'sqlite:FILE or postgres://…')
    .argument('<target>', 'the same; a file that is not there, or an empty database')
    .option('--dry-run', 'look at both, print what would be copied, and change nothing')
    .option('--json', 'print JSON, one document a line');
  return command.action(async (source: string, target: string, options: CopyOptions) =>
    (await import('./actions/store-copy.js')).copyStore(command, { source, target }, options),
  );
}
