/** The settings of the console. */
import { readKeptCalls } from '../base/kept-calls';
import type { Setting } from './setting';

export interface ConsoleSettings {
  /** Whether there is one. */
  readonly console: boolean;
  /** How many of the last calls people can look at: `off`, a number, or days as in `7d`. */
  readonly calls: string;
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
  calls: {
    variable: 'LATCHKEY_CALLS',
    flag: '--calls <off|number|days>',
    description:
      'how many of the last calls the console shows: `off`, a number, or those of some days: `7d`; in memory',
    default: '1000',
    parse: (text) => (readKeptCalls(text) ? text : undefined),
    expected: 'off, a number of calls up to 100000, or days up to 31d',
  },
};
