/** Where a server is reached from its own machine. */
import type { Settings } from '../config/settings';

/**
 * The address of a server with these settings: `http://127.0.0.1:8787`, or `https:` where they name a certificate.
 * One that listens on all addresses is asked at the loopback.
 */
export function ownUrl({
  host,
  port,
  tlsCert,
}: Pick<Settings, 'host' | 'port' | 'tlsCert'>): string {
  const loopback: Record<string, string> = { '0.0.0.0': '127.0.0.1', '::': '::1' };
  const name = loopback[host] ?? host;
  const scheme = tlsCert === undefined ? 'http' : 'https';
  return `${scheme}://${name.includes(':') ? `[${name}]` : name}:${port}`;
}

/** @throws Error that names the option whose value is no URL of a server */
export function requireHttpUrl(option: string, url: string): void {
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return;
  throw new Error(`${option}: "${url}" is not an http or https URL`);
}
