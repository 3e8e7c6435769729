#!/usr/bin/env node
/** The `latchkey` command. */
import { Command } from 'commander';
import { version } from './base/package';
import { accountCommand } from './commands/account';
import { auditCommand } from './commands/audit';
import { autoBillCommand } from './commands/auto-bill';
import { backupCommand } from './commands/backup';
import { callCommand } from './commands/call';
import { checkCommand } from './commands/check';
import { keyCommand } from './commands/key';
import { ledgerCommand } from './commands/ledger';
import { merchantCommand } from './commands/merchant';
import { offerCommand } from './commands/offer';
import { serveCommand } from './commands/serve';
import { validateCommand } from './commands/validate';

const program = new Command('latchkey')
  .description('An entitlement server that CashBox SOAP clients talk to without a change.')
  .version(version)
  .addCommand(serveCommand())
  .addCommand(merchantCommand())
  .addCommand(keyCommand())
  .addCommand(accountCommand())
  .addCommand(offerCommand())
  .addCommand(autoBillCommand())
  .addCommand(ledgerCommand())
  .addCommand(auditCommand())
  .addCommand(backupCommand())
  .addCommand(checkCommand())
  .addCommand(callCommand())
  .addCommand(validateCommand());

program.parseAsync().catch((error: unknown) => {
  console.error(`latchkey: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
