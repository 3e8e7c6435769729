/** `latchkey ledger`: who changed which entitlement, when and how. */
import { Command } from 'commander';
import { addLedgerFilter, addStoreOptions } from './options';
import type { LedgerCommandOptions } from './actions/ledger';

export function ledgerCommand(): Command {
  const command = new Command('ledger').description(
    'Print the ledger, oldest line first: when, merchant, account, action, entitlement, ' +
      'source, before, after, actor, note, soapId, reason.',
  );
  addLedgerFilter(command).option('--limit <number>', 'at most as many lines, the oldest first');
  return addStoreOptions(command).action(async (options: LedgerCommandOptions) =>
    (await import('./actions/ledger.js')).printLedger(command, options),
  );
}
