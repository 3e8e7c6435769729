/** Options that several commands share. Loads nothing that only a running command needs. */
import { type Command, Option } from 'commander';
import { readSettings, type Setting, SETTINGS, type Settings } from '../config/settings';

/** Adds a setting's flag to a command; in camelCase the flag is the setting's name. */
export function addSetting(command: Command, name: keyof Settings): Command {
  const setting: Setting<unknown> = SETTINGS[name];
  const fallback = setting.default === '' ? '' : ` (default: ${setting.default})`;
  const described = `${setting.description}${fallback} [${setting.variable}]`;
  // A flag whose value may be left out means "on" without one.
  return command.addOption(new Option(setting.flag, described).preset('on'));
}

/** The settings that a command's flags and the environment give. */
export function settingsOf(command: Command): Settings {
  return readSettings(command.optsWithGlobals(), process.env);
}

/** Adds what every command has that works with the database. */
export function addStoreOptions(command: Command): Command {
  return addSetting(command, 'database').option('--json', 'print JSON, one document a line');
}

/** The option of every command that is about one merchant. */
export const MERCHANT_OPTION = [
  '--merchant <login>',
  'of this merchant; may be left out where there is one',
] as const;

/** The filter of the ledger. Moments are read when the command runs. */
export interface LedgerFilterOptions {
  readonly merchant?: string;
  readonly account?: string;
  readonly order?: string;
  readonly soapId?: string;
  readonly from?: string;
  readonly to?: string;
}

/** Adds what narrows the ledger. */
export function addLedgerFilter(command: Command): Command {
  return command
    .option('--merchant <login>', 'only this merchant')
    .option('--account <id>', 'only this VID or merchantAccountId')
    .option('--order <id>', 'only what was done to this order')
    .option('--soap-id <id>', 'only what this call did: its soapId or X-Request-Id')
    .option('--from <moment>', 'only from this moment on: ISO 8601 with an offset')
    .option('--to <moment>', 'only until just before this moment');
}
