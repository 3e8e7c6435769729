/** `latchkey call`: calls an operation of this server or of any CashBox-compatible endpoint. */
import { Command } from 'commander';
import type { CallOptions } from './actions/call';

export function callCommand(): Command {
  const command = new Command('call')
    .description(
      'Call an operation through a SOAP client that reads the WSDL of the endpoint, and print ' +
        'the Return and the reply. Exit code 2 when it is refused.',
    )
    .argument('<operation>', 'revokeEntitlement, or with its class: Account.revokeEntitlement')
    .argument('[name=value...]', 'e.g. account.merchantAccountId=xyz123 nameValues[0].name=tier')
    .option(
      '--endpoint <url>',
      "where the API lives (default: this machine's server, as the settings place it)",
    )
    .option('--version <X.Y>', 'API version', '22.0')
    .option(
      '--login <login>',
      'merchant login; the password is read from LATCHKEY_PASSWORD',
      'demo',
    )
    .option('--srd <json>', 'which elements the reply should hold')
    .option('--json', 'print JSON on one line');
  return command.action(async (operation: string, pairs: string[], options: CallOptions) =>
    (await import('./actions/call.js')).callOperation(operation, pairs, options),
  );
}
