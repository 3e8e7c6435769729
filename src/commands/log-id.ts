/** `latchkey log-id`: how the log shows an id. */
import { Command } from 'commander';
import { addStoreOptions } from './options';

export function logIdCommand(): Command {
  const command = new Command('log-id')
    .description(
      'Print how the log shows an id or e-mail address that a refused call names, to look for it there: ' +
        "a digest under the database's own key.",
    )
    .argument('<id>', 'a merchantAccountId, e-mail address, order or AutoBill');
  return addStoreOptions(command).action(async (id: string, options: { json?: boolean }) =>
    (await import('./actions/log-id.js')).printLogId(command, id, options),
  );
}
