/** The tree of commands. */
import { Command } from 'commander';
import { version } from '../base/package';
import { accountCommand } from './account';
import { auditCommand } from './audit';
import { autoBillCommand } from './auto-bill';
import { backupCommand } from './backup';
import { callCommand } from './call';
import { checkCommand } from './check';
import { completionCommand } from './completion';
import { entitlementCommand } from './entitlement';
import { findCommand } from './find';
import { healthCommand } from './health';
import { keyCommand } from './key';
import { ledgerCommand } from './ledger';
import { logIdCommand } from './log-id';
import { merchantCommand } from './merchant';
import { offerCommand } from './offer';
import { repairCommand } from './repair';
import { restoreCommand } from './restore';
import { serveCommand } from './serve';
import { validateCommand } from './validate';
import { whyCommand } from './why';
import { workCommand } from './work';

/** The `latchkey` command with all that it can do; nothing runs before it parses arguments. */
export function createProgram(): Command {
  return (
    new Command('latchkey')
      .description('An entitlement server that CashBox SOAP clients talk to without a change.')
      .version(version)
      // What follows a command's name is that command's: `call` has a --version of its own.
      .enablePositionalOptions()
      .addCommand(serveCommand())
      .addCommand(merchantCommand())
      .addCommand(keyCommand())
      .addCommand(accountCommand())
      .addCommand(entitlementCommand())
      .addCommand(offerCommand())
      .addCommand(autoBillCommand())
      .addCommand(whyCommand())
      .addCommand(findCommand())
      .addCommand(ledgerCommand())
      .addCommand(auditCommand())
      .addCommand(logIdCommand())
      .addCommand(workCommand())
      .addCommand(backupCommand())
      .addCommand(restoreCommand())
      .addCommand(checkCommand())
      .addCommand(repairCommand())
      .addCommand(healthCommand())
      .addCommand(callCommand())
      .addCommand(validateCommand())
      .addCommand(completionCommand())
  );
}
