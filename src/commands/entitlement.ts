/** `latchkey entitlement`: changes what accounts are granted. */
import { Command, Option } from 'commander';
import { addSetting, addStoreOptions, MERCHANT_OPTION } from './options';
import type { ImportOptions } from './actions/entitlement-import';

export function entitlementCommand(): Command {
  return new Command('entitlement')
    .description('Change what accounts are granted.')
    .addCommand(importCommand());
}

function importCommand(): Command {
  const command = new Command('import')
    .description(
      'Grant, revoke and extend, a line of JSON each, as POST /v1/entitlements:batch takes them. Lines that are refused ' +
        'are printed with their numbers, and the exit code is 1. The same file again, after an interruption or by ' +
        'mistake, does nothing twice.',
    )
    .argument('<file>', 'lines of JSON; - is standard input')
    .addOption(
      // What was done under a name before is tried again, too.
      new Option('--dry-run', 'change nothing, and print what would be refused').conflicts('key'),
    )
    .option(
      '--key <name>',
      'names this import: lines that were done under that name, here or as an Idempotency-Key, are left alone ' +
        '(default: a digest of the file)',
    )
    .option(...MERCHANT_OPTION);
  // Intervals are counted where the server counts them.
  return addStoreOptions(addSetting(command, 'timeZone')).action(
    async (file: string, options: ImportOptions) =>
      (await import('./actions/entitlement-import.js')).importEntitlements(command, file, options),
  );
}
