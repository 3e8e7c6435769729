/** The settings of the log, beside its level. */
import { LOG_IDS, type LogIdsMode } from '../base/log-ids';
import type { Setting } from './setting';

export interface LogSettings {
  /** How ids and e-mail addresses that a refused call names stand in the log. */
  readonly logIds: LogIdsMode;
  /** Milliseconds from which a call gets a line about where its time went; 0: none does. */
  readonly slowCall: number;
}

const MOST_SLOW = 3_600_000;

export const LOG_SETTINGS: { readonly [Name in keyof LogSettings]: Setting<LogSettings[Name]> } = {
  logIds: {
    variable: 'LATCHKEY_LOG_IDS',
    flag: `--log-ids <${LOG_IDS.join('|')}>`,
    description: 'how the log shows the accounts, orders and AutoBills that a refused call names',
    default: 'hashed',
    parse: (text) => LOG_IDS.find((mode) => mode === text),
    expected: 'on, hashed or off',
  },
  slowCall: {
    variable: 'LATCHKEY_SLOW_CALL',
    flag: '--slow-call <milliseconds>',
    description: 'from how many milliseconds on a call gets a warning of its own; 0: none does',
    default: '1000',
    parse: (text) =>
      /^\d{1,7}$/.test(text) && Number(text) <= MOST_SLOW ? Number(text) : undefined,
    expected: `a number of milliseconds from 0 to ${MOST_SLOW}`,
  },
};
