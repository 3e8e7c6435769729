/** `latchkey offer`: the offers that orders give access to. */
import { Command } from 'commander';
import { addStoreOptions, MERCHANT_OPTION } from './options';
import type { OfferOptions } from './actions/offer';

export function offerCommand(): Command {
  return new Command('offer')
    .description('Manage offers: named sets of merchantEntitlementIds, which orders give.')
    .addCommand(add())
    .addCommand(change())
    .addCommand(list())
    .addCommand(show());
}

function add(): Command {
  const command = new Command('add')
    .description('Make an offer.')
    .argument('<name>', 'its name, for people')
    .requiredOption('--entitlement <id...>', 'the merchantEntitlementIds that it gives')
    .option('--id <id>', 'what clients name it by (default: a new id)');
  return addOfferOptions(command).action(async (name: string, options: OfferOptions) =>
    (await import('./actions/offer.js')).add(command, name, options),
  );
}

function change(): Command {
  const command = new Command('change')
    .description('Change an offer, and at once the access that its active orders give.')
    .argument('<id>', 'what clients name it by')
    .option('--name <name>', 'its new name')
    .option('--entitlement <id...>', 'all the merchantEntitlementIds that it gives from now on');
  return addOfferOptions(command).action(async (id: string, options: OfferOptions) =>
    (await import('./actions/offer.js')).change(command, id, options),
  );
}

function list(): Command {
  const command = new Command('list').description('List the offers: id, name, entitlements.');
  return addOfferOptions(command).action(async (options: OfferOptions) =>
    (await import('./actions/offer.js')).list(command, options),
  );
}

function show(): Command {
  const command = new Command('show')
    .description('Show an offer.')
    .argument('<id>', 'what clients name it by');
  return addOfferOptions(command).action(async (id: string, options: OfferOptions) =>
    (await import('./actions/offer.js')).show(command, id, options),
  );
}

function addOfferOptions(command: Command): Command {
  return addStoreOptions(command.option(...MERCHANT_OPTION));
}
