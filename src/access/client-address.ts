/**
 * The address that a request comes from.
 * Decided: docs/decisions/failed-logins.md
 */
import type { IncomingMessage } from 'node:http';
import proxyAddr from 'proxy-addr';
import { readAddress } from './network';

/** Finds the address that a request comes from. */
export type AddressOf = (request: IncomingMessage) => string;

/**
 * The address of a request's socket, unless that is a trusted proxy: then the one it names, and so on
 * from the end of X-Forwarded-For. An entry that is no address counts for nothing: the request comes
 * from the proxy that wrote it.
 * @param trusted addresses and networks of proxies, as `LATCHKEY_TRUSTED_PROXIES` takes them
 */
export function createAddressOf(trusted: readonly string[]): AddressOf {
  // A client that has gone away has none any more.
  if (trusted.length === 0) return ({ socket }) => socket.remoteAddress ?? '';
  const trust = proxyAddr.compile([...trusted]);
  return ({ socket, headers }) => {
    let address = socket.remoteAddress ?? '';
    // Node joins a header that comes twice.
    let rest = String(headers['x-forwarded-for'] ?? '');
    for (let hop = 0; rest !== '' && trust(address, hop); hop += 1) {
      const comma = rest.lastIndexOf(',');
      const named = readAddress(rest.slice(comma + 1));
      if (named === undefined) break;
      address = named;
      rest = rest.slice(0, Math.max(0, comma));
    }
    return address;
  };
}
