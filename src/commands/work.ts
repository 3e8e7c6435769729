/** `latchkey work`: what goes on in the background. */
import { Command } from 'commander';
import { addStoreOptions } from './options';
import type { WorkOptions } from './actions/work';

export function workCommand(): Command {
  const command = new Command('work').description(
    'List the work that calls have begun and the server finishes in the background: what, on which ' +
      'product, billing plan, offer or user, merchant, begun, done of total.',
  );
  return addStoreOptions(command.option('--merchant <login>', 'only that of this merchant')).action(
    async (options: WorkOptions) => (await import('./actions/work.js')).listWork(command, options),
  );
}
