/** The certificate and key that https is served with. */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { getSystemErrorMap } from 'node:util';
import { readBounded, SMALL_FILE } from './base/bounded-file';
import { SettingError } from './config/setting';
import { TLS_SETTINGS, type TlsSettings } from './config/tls';

/** Both are PEM. */
export interface Tls {
  readonly cert: Buffer;
  readonly key: Buffer;
}

/**
 * Reads and checks the files that the settings name.
 * @returns undefined when they name none
 * @throws SettingError that names the setting when one file is missing, bad, or not the other's
 */
export function readTls({ tlsCert, tlsKey }: TlsSettings): Tls | undefined {
  if (tlsCert === undefined && tlsKey === undefined) return undefined;
  if (tlsKey === undefined) throw refuse('tlsKey', 'is missing; a certificate needs its key');
  if (tlsCert === undefined) throw refuse('tlsCert', 'is missing; a key needs its certificate');
  const cert = read('tlsCert', tlsCert);
  const key = read('tlsKey', tlsKey);
  const certificate = parse('tlsCert', tlsCert, 'certificate', () => new X509Certificate(cert));
  const privateKey = parse('tlsKey', tlsKey, 'private key', () => createPrivateKey(key));
  if (!certificate.checkPrivateKey(privateKey)) {
    throw refuse('tlsKey', `${tlsKey} is not the key of the certificate ${tlsCert}`);
  }
  return { cert, key };
}

function read(name: keyof TlsSettings, file: string): Buffer {
  try {
    return readBounded(file, SMALL_FILE);
  } catch (error) {
    const { errno = 0, message } = error as NodeJS.ErrnoException;
    const [, reason = message] = getSystemErrorMap().get(errno) ?? [];
    throw refuse(name, `${file} cannot be read: ${reason}`);
  }
}

function parse<T>(name: keyof TlsSettings, file: string, kind: string, run: () => T): T {
  try {
    return run();
  } catch {
    throw refuse(name, `${file} has no ${kind} that can be read`);
  }
}

function refuse(name: keyof TlsSettings, text: string): SettingError {
  const { flag, variable } = TLS_SETTINGS[name];
  return new SettingError(`${flag.split(' ')[0] ?? ''} (${variable}): ${text}`);
}
