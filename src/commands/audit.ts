/** `latchkey audit`: exports the ledger for an audit. */
import { Command, Option } from 'commander';
import { addLedgerFilter, addSetting } from './options';
import type { AuditOptions } from './actions/audit';

export function auditCommand(): Command {
  return new Command('audit').description('Export the ledger.').addCommand(exportCommand());
}

function exportCommand(): Command {
  const command = new Command('export')
    .description(
      'Write every line of the ledger to standard output, oldest first, with moments in UTC. In CSV ' +
        "a text that a spreadsheet would take for a formula has ' before it.",
    )
    .addOption(
      new Option('--format <format>', 'csv or json').choices(['csv', 'json']).default('csv'),
    )
    .addOption(new Option('--json', 'the same as --format json').conflicts('format'));
  addLedgerFilter(command);
  return addSetting(command, 'database').action(async (options: AuditOptions) =>
    (await import('./actions/audit.js')).exportLedger(command, options),
  );
}
