/** The formats of messages, as settings and contract have them. */
import { createPushFormats } from './push/format';
import { SettingError, SETTINGS, type Settings } from './config/settings';
import type { Contract } from './contract/contract';
import { type FormatOf, formatsOf } from './webhooks/formats';
import { STANDARD } from './webhooks/standard';

/**
 * Standard Webhooks, and push notifications.
 * @throws SettingError where the version that messages are to name is not served */
export function createFormats(
  contract: Contract,
  { pushSoapVersion: soapVersion, timeZone }: Pick<Settings, 'pushSoapVersion' | 'timeZone'>,
): FormatOf {
  const number = soapVersion.replace('_', '.');
  if (!contract.versions.includes(number)) {
    const { variable } = SETTINGS.pushSoapVersion;
    throw new SettingError(`${variable}: "${soapVersion}" is not served`);
  }
  const version = () => contract.findVersion(number) ?? contract.newest;
  return formatsOf([STANDARD, ...createPushFormats({ version, soapVersion, timeZone })]);
}
