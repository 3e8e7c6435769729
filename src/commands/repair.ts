/** `latchkey repair`: makes text representable that older versions let in. */
import { Command } from 'commander';
import type { RepairOptions } from './actions/repair';
import { addStoreOptions } from './options';

export function repairCommand(): Command {
  const command = new Command('repair')
    .description(
      'Make text representable that older versions let in and latchkey check lists: each character ' +
        'that XML 1.0 lacks becomes U+FFFD, and an id gets an end that keeps it unique.',
    )
    .option('--dry-run', 'print what would be changed, and change nothing');
  return addStoreOptions(command).action(async (options: RepairOptions) =>
    (await import('./actions/repair.js')).repair(command, options),
  );
}
