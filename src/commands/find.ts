/** `latchkey find`: what a name belongs to. */
import { Command } from 'commander';
import { addStoreOptions, MERCHANT_OPTION } from './options';
import type { FindOptions } from './actions/find';

export function findCommand(): Command {
  const command = new Command('find')
    .description(
      'Find what a name belongs to, and what happened by it: a call that changed access, an order, an ' +
        'AutoBill, an account, or an entitlement of an offer, product or billing plan.',
    )
    .argument('<text>', 'a soapId or X-Request-Id, VID, id, e-mail address')
    .option(...MERCHANT_OPTION);
  return addStoreOptions(command).action(async (text: string, options: FindOptions) =>
    (await import('./actions/find.js')).findText(command, text, options),
  );
}
