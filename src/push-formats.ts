/** The formats of push notifications, as settings and contract have them. */
import { createPushFormats } from './cashbox-push/format';
import { SettingError, SETTINGS, type Settings } from './config/settings';
import type { Contract } from './contract/contract';
import type { Format } from './webhooks/format';

/** @throws SettingError where the version that messages are to name is not served */
export function pushFormatsOf(
  contract: Contract,
  { pushSoapVersion: soapVersion, timeZone }: Pick<Settings, 'pushSoapVersion' | 'timeZone'>,
): Format[] {
  const number = soapVersion.replace('_', '.');
  if (!contract.versions.includes(number)) {
    const { variable } = SETTINGS.pushSoapVersion;
    throw new SettingError(`${variable}: "${soapVersion}" is not served`);
  }
  const version = () => contract.findVersion(number) ?? contract.newest;
  return createPushFormats({ version, soapVersion, timeZone });
}
