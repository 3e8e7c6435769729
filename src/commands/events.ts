/** `latchkey events`: all that happened, once and in order. */
import { Command } from 'commander';
import type { EventsOptions } from './actions/events';
import { addStoreOptions, MERCHANT_OPTION } from './options';

export function eventsCommand(): Command {
  const command = new Command('events')
    .description(
      'Print the events of accounts, orders, AutoBills and entitlements in the order of their numbers: number, ' +
        'when, type, account, what it is about, actor, note, soapId, reason. --json prints them as GET /v1/events ' +
        'answers them.',
    )
    .option(...MERCHANT_OPTION)
    .option('--after <number>', 'only those after the event of this number')
    .option('--types <types>', 'only these types, separated by commas')
    .option('--account <id>', 'only of this VID or merchantAccountId')
    .option(
      '--follow',
      'go on with what happens from now on, until Ctrl-C; a server may end and start meanwhile',
    );
  return addStoreOptions(command).action(async (options: EventsOptions) =>
    (await import('./actions/events.js')).printEvents(command, options),
  );
}
