/** `latchkey why`: whether an account has access, and why. */
import { Command } from 'commander';
import { addStoreOptions, MERCHANT_OPTION } from './options';
import type { WhyOptions } from './actions/why';

export function whyCommand(): Command {
  const command = new Command('why')
    .description(
      'Say whether an account has access at a moment, until when and by what, or what took it away, ' +
        'with the lines of the ledger that made it so.',
    )
    .argument('<name>', 'a VID, merchantAccountId, e-mail address or order')
    .option(...MERCHANT_OPTION)
    .option('--entitlement <id>', 'only this merchantEntitlementId')
    .option('--at <moment>', 'at this moment: ISO 8601 with an offset; default: now');
  return addStoreOptions(command).action(async (name: string, options: WhyOptions) =>
    (await import('./actions/why.js')).explain(command, name, options),
  );
}
