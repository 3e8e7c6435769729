/** The address that a request comes from. */
import type { IncomingMessage } from 'node:http';
import proxyAddr from 'proxy-addr';

/** Finds the address that a request comes from. */
export type AddressOf = (request: IncomingMessage) => string;

/**
 * The address of a request's socket, unless that is a trusted proxy: then the one it names.
 * @param trusted addresses and networks of proxies, as `LATCHKEY_TRUSTED_PROXIES` takes them
 */
export function createAddressOf(trusted: readonly string[]): AddressOf {
  const trust = proxyAddr.compile([...trusted]);
  // A client that has gone away has none any more.
  return (request) => proxyAddr(request, trust) || '';
}
