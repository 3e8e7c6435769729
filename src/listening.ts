/** Where the HTTP server listens, and how it stops listening. Knows nothing of what is served. */
import type { Server } from 'node:http';
import type { ListenOptions } from 'node:net';
import { Server as TlsServer } from 'node:tls';
import type { Time } from './base/time';
import type { Settings } from './config/settings';
import { inheritedSocket } from './systemd';

/**
 * Takes the address that the settings name, or the socket that systemd has opened for this process.
 * @throws Error when the port is taken or must not be used
 */
export function listen(server: Server, { host, port }: Settings): Promise<void> {
  const fd = inheritedSocket(process.env, process.pid);
  const where: ListenOptions & { fd?: number } = fd === undefined ? { host, port } : { fd };
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(where, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/**
 * The address of a server that listens: `http://127.0.0.1:8787`, https with a certificate, or the path of its socket.
 * @param host the name or address that the settings give it; undefined where it inherited its socket
 */
export function urlOf(server: Server, host: string | undefined): string {
  const address = server.address();
  if (address === null || typeof address === 'string') return `unix:${address ?? ''}`;
  const name = host ?? address.address;
  const scheme = server instanceof TlsServer ? 'https' : 'http';
  return `${scheme}://${name.includes(':') ? `[${name}]` : name}:${address.port}`;
}

/** How often a server that is stopping looks for idle connections, in milliseconds. */
const HANG_UP_INTERVAL = 20;

/** Takes no new connection and resolves when the requests under way are answered. */
export function close(server: Server, { every }: Pick<Time, 'every'>): Promise<void> {
  // A connection that is kept alive after its last reply would hold it up.
  const stopHangingUp = every(HANG_UP_INTERVAL, () => server.closeIdleConnections());
  return new Promise((resolve) => {
    server.close(() => {
      stopHangingUp();
      resolve();
    });
  });
}
