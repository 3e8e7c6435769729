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
import { eventsCommand } from './events';
import { findCommand } from './find';
import { healthCommand } from './health';
import { keyCommand } from './key';
import { ledgerCommand } from './ledger';
import { logIdCommand } from './log-id';
import { merchantCommand } from './merchant';
import { offerCommand } from './offer';
import { proxyCommand } from './proxy';
import { pushCommand } from './push';
import { repairCommand } from './repair';
import { replayCommand } from './replay';
import { restoreCommand } from './restore';
import { serveCommand } from './serve';
import { simCommand } from './sim/sim';
import { storeCommand } from './store';
import { userCommand } from './user';
import { validateCommand } from './validate';
import { webhookCommand } from './webhook';
import { whyCommand } from './why';
import { workCommand } from './work';

/** All commands by their names, in the order of the help. */
const COMMANDS: ReadonlyMap<string, () => Command> = new Map([
  ['serve', serveCommand],
  ['merchant', merchantCommand],
  ['key', keyCommand],
  ['user', userCommand],
  ['account', accountCommand],
  ['entitlement', entitlementCommand],
  ['offer', offerCommand],
  ['auto-bill', autoBillCommand],
  ['push', pushCommand],
  ['why', whyCommand],
  ['find', findCommand],
  ['ledger', ledgerCommand],
  ['events', eventsCommand],
  ['audit', auditCommand],
  ['webhook', webhookCommand],
  ['sim', simCommand],
  ['log-id', logIdCommand],
  ['work', workCommand],
  ['backup', backupCommand],
  ['restore', restoreCommand],
  ['check', checkCommand],
  ['repair', repairCommand],
  ['store', storeCommand],
  ['health', healthCommand],
  ['call', callCommand],
  ['validate', validateCommand],
  ['proxy', proxyCommand],
  ['replay', replayCommand],
  ['completion', completionCommand],
]);

/**
 * The `latchkey` command with all that it can do; nothing runs before it parses arguments.
 * @param only the one command that is to be had, for making the others takes longer than a short one
 * takes; all where there is none of that name
 */
export function createProgram(only?: string): Command {
  const program = new Command('latchkey')
    .description('An entitlement server that CashBox SOAP clients talk to without a change.')
    .version(version)
    // What follows a command's name is that command's: `call` has a --version of its own.
    .enablePositionalOptions();
  const named = only === undefined ? undefined : COMMANDS.get(only);
  for (const make of named ? [named] : COMMANDS.values()) program.addCommand(make());
  return program;
}
