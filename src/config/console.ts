/** The settings of the console. */
import type { Setting } from './setting';

export interface ConsoleSettings {
  /** Whether there is one. */
  readonly console: boolean;
}

export const CONSOLE_SETTINGS: {
  readonly [Name in keyof ConsoleSettings]: Setting<ConsoleSettings[Name]>;
} = {
  console: {
    variable: 'LATCHKEY_CONSOLE',
    flag: '--console <on|off>',
    description: 'whether there are pages at /console, for users to sign in to',
    default: 'on',
    parse: (text) => (text === 'on' ? true : text === 'off' ? false : undefined),
    expected: 'on or off',
  },
};
