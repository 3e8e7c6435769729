/** Another server that an option names, and the certificates by which it is trusted. */
import { X509Certificate } from 'node:crypto';
import * as tls from 'node:tls';
import { readBounded, SMALL_FILE } from '../../base/bounded-file';
import { reasonOf } from '../reason';

/**
 * Its address, which paths are put after.
 * @throws Error that names the option when it is no URL of http or https, or has more than host and port
 */
export function readOrigin(option: string, text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new Error(`${option}: "${text}" is not an http or https URL`);
  }
  const { pathname, search, hash, username, password } = url;
  if (username !== '' || password !== '') {
    throw new Error(`${option}: name no user or password in it`);
  }
  if (pathname !== '/' || search !== '' || hash !== '') {
    throw new Error(
      `${option}: name host and port alone, ${url.origin}: paths are the clients' own`,
    );
  }
  return url;
}

/**
 * The certificates of authorities: Node.js's own, those of the system where Node.js can read them (from 22.15 on), and
 * those in a file.
 * @throws Error that names the option when the file cannot be read or holds none
 */
export function readTrusted(option: string, file: string | undefined): readonly string[] {
  const { getCACertificates } = tls as Partial<typeof tls>;
  const known = getCACertificates
    ? [...getCACertificates('default'), ...getCACertificates('system')]
    : tls.rootCertificates;
  return [...new Set([...known, ...(file === undefined ? [] : [readPem(option, file)])])];
}

function readPem(option: string, file: string): string {
  let text: string;
  try {
    text = readBounded(file, SMALL_FILE).toString();
  } catch (error) {
    throw new Error(`${option}: ${file} cannot be read: ${reasonOf(error as Error)}`, {
      cause: error,
    });
  }
  try {
    new X509Certificate(text);
  } catch {
    throw new Error(`${option}: ${file} has no certificate that can be read`);
  }
  return text;
}
