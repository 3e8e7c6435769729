/** Where clients find this server. */
import type { IncomingMessage } from 'node:http';
import { TLSSocket } from 'node:tls';

/** A Host: a name or an address, each as long as such may be, and a port. */
const HOST = /^(?:[\w.-]{1,255}|\[[\da-f:.]{2,45}\])(?::\d{1,5})?$/i;

/**
 * The public URL where one is set, else the way this request came. An HTTP/1.0 request need not
 * name a Host: it gets the address that it came to, as does one whose Host is none.
 */
export function baseUrl(request: IncomingMessage, publicUrl: string | undefined): string {
  if (publicUrl !== undefined) return publicUrl;
  const { host = '' } = request.headers;
  const scheme = request.socket instanceof TLSSocket ? 'https' : 'http';
  return `${scheme}://${HOST.test(host) ? host : localAddress(request)}`;
}

function localAddress({ socket }: IncomingMessage): string {
  const { localAddress: address = '', localPort = 0 } = socket;
  // An IPv4 address on a socket that takes both kinds is written ::ffff:127.0.0.1.
  const [, ipv4 = address] = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address) ?? [];
  return `${ipv4.includes(':') ? `[${ipv4}]` : ipv4}:${localPort}`;
}
