/** The OpenID Connect provider that the settings name. */
import { getSystemErrorMap } from 'node:util';
import { createProvider, type Provider } from './access/oidc';
import { OIDC_SETTINGS, type OidcSettings } from './config/oidc';
import { readBounded, SMALL_FILE } from './base/bounded-file';
import { SettingError } from './config/setting';

/**
 * Reads the secret, and asks the provider nothing.
 * @returns undefined when they name none
 * @throws SettingError that names the setting when one is missing, or the file cannot be read
 */
export function readProvider(settings: OidcSettings): Provider | undefined {
  const { oidcIssuer: issuer, oidcClientId: clientId, oidcClientSecretFile: file } = settings;
  if (issuer === undefined) {
    if (clientId !== undefined) throw refuse('oidcIssuer', 'is missing; a client id needs it');
    if (file !== undefined) throw refuse('oidcIssuer', 'is missing; a secret needs it');
    return undefined;
  }
  if (clientId === undefined) throw refuse('oidcClientId', 'is missing; an issuer needs it');
  const clientSecret = file === undefined ? undefined : readSecret(file);
  return createProvider({ issuer, clientId, clientSecret, claim: settings.oidcClaim });
}

function readSecret(file: string): string {
  let secret: string;
  try {
    secret = readBounded(file, SMALL_FILE).toString().trim();
  } catch (error) {
    const { errno = 0, message } = error as NodeJS.ErrnoException;
    const [, reason = message] = getSystemErrorMap().get(errno) ?? [];
    throw refuse('oidcClientSecretFile', `${file} cannot be read: ${reason}`);
  }
  if (secret === '') throw refuse('oidcClientSecretFile', `${file} is empty`);
  return secret;
}

function refuse(name: keyof OidcSettings, text: string): SettingError {
  const { flag, variable } = OIDC_SETTINGS[name];
  return new SettingError(`${flag.split(' ')[0] ?? ''} (${variable}): ${text}`);
}
