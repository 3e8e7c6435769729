/** `latchkey autobill`: records how the payments of AutoBills went. */
import { Command } from 'commander';
import { addSetting, addStoreOptions, MERCHANT_OPTION } from './options';
import type { AutoBillOptions } from './actions/auto-bill';

export function autoBillCommand(): Command {
  return new Command('autobill')
    .description('Record how the payments of an AutoBill went.')
    .addCommand(paymentFailed())
    .addCommand(paymentSucceeded())
    .addCommand(show());
}

const NOTE_OPTION = ['--note <text>', 'a note for readers of the ledger'] as const;

function paymentFailed(): Command {
  const command = new Command('payment-failed')
    .description('A payment failed: the access stays for the days of grace, then ends by itself.')
    .option('--final', 'it is not tried again: the access ends now')
    .option(...NOTE_OPTION);
  return addAutoBillOptions(command).action(async (id: string, options: AutoBillOptions) =>
    (await import('./actions/auto-bill.js')).paymentFailed(command, id, options),
  );
}

function paymentSucceeded(): Command {
  const command = new Command('payment-succeeded')
    .description('A payment came after all: access that failed payments took is restored.')
    .option(...NOTE_OPTION);
  return addAutoBillOptions(command).action(async (id: string, options: AutoBillOptions) =>
    (await import('./actions/auto-bill.js')).paymentSucceeded(command, id, options),
  );
}

function show(): Command {
  const command = new Command('show').description('Show an AutoBill and the access that it gives.');
  return addAutoBillOptions(command).action(async (id: string, options: AutoBillOptions) =>
    (await import('./actions/auto-bill.js')).showAutoBill(command, id, options),
  );
}

function addAutoBillOptions(command: Command): Command {
  command.argument('<id>', 'its merchantAutoBillId or VID').option(...MERCHANT_OPTION);
  // Days of grace are counted where the server counts them.
  return addStoreOptions(addSetting(command, 'timeZone'));
}
