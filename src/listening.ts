/** Where the HTTP server listens. Knows nothing of the content. */
import type { Server } from 'node:http';
import { Server as TlsServer } from 'node:tls';
import type { Settings } from './config/settings';
import { inheritedSocket } from './systemd';

/**
 * Connections that wait to be taken in, as far as the system allows that many. With Node's 511 the others of a thousand
 * that come at once try again only after a second.
 */
const BACKLOG = 4096;

/**
 * Takes the address that the settings name, or the socket that systemd has opened for this process.
 * @returns its URL: `http://127.0.0.1:8787`, `https:` with a certificate, or `unix:` and the path of an inherited socket
 * @throws Error when the port is taken or must not be used
 */
export async function listen(server: Server, { host, port }: Settings): Promise<string> {
  const fd = inheritedSocket(process.env, process.pid);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(fd === undefined ? { host, port, backlog: BACKLOG } : { fd }, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address = server.address();
  if (address === null || typeof address === 'string') return `unix:${address ?? ''}`;
  const name = fd === undefined ? host : address.address;
  const scheme = server instanceof TlsServer ? 'https' : 'http';
  return `${scheme}://${name.includes(':') ? `[${name}]` : name}:${address.port}`;
}

/** Whether only this machine reaches the server: by a loopback address, or a socket in the file system. */
export function isLoopback(server: Server): boolean {
  const address = server.address();
  if (address === null || typeof address === 'string') return true;
  return /^(?:::ffff:)?127\.|^::1$/.test(address.address);
}
