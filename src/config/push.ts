/** The settings of CashBox's push notifications. */
import type { Setting } from './setting';

export interface PushServerSettings {
  /** The version of the API whose objects messages show, as they name it: `22_0`. */
  readonly pushSoapVersion: string;
}

export const PUSH_SETTINGS: {
  readonly [Name in keyof PushServerSettings]: Setting<PushServerSettings[Name]>;
} = {
  pushSoapVersion: {
    variable: 'LATCHKEY_PUSH_SOAP_VERSION',
    flag: '--push-soap-version <version>',
    description: 'version of the API whose objects push notifications show, a served one',
    default: '22_0',
    parse: (text) => (/^\d{1,2}_\d$/.test(text) ? text : undefined),
    expected: 'a version such as 22_0',
  },
};
