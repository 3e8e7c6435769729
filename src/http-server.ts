/**
 * The HTTP server around whatever answers: its connections, and what a client may take of time.
 * Decided: docs/decisions/connections.md
 */
import { createServer, type RequestListener, type Server, type ServerOptions } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Settings } from './config/settings';
import { Connections } from './connections';
import type { Tls } from './tls';
import { whenReady } from './when-ready';

/** Headers are a few hundred bytes: milliseconds within which they must have come. */
const MAX_HEADERS_TIMEOUT = 20_000;
const MAX_CHECKING_INTERVAL = 5000;

/**
 * A server whose requests wait until the application is there.
 * @param tls undefined: it speaks http
 */
export function createHttpServer(
  settings: Pick<Settings, 'requestTimeout' | 'keepAlive'>,
  tls: Tls | undefined,
  app: Promise<RequestListener>,
): { readonly server: Server; readonly connections: Connections } {
  const connections = new Connections(whenReady(() => app));
  const server = tls
    ? createTlsServer({ ...limits(settings), ...tls }, connections.take)
    : createServer(limits(settings), connections.take);
  connections.watch(server);
  // Not in Node's documentation: a client that ends its half of a connection after its request
  // still gets the reply.
  return { server: Object.assign(server, { httpAllowHalfOpen: true }), connections };
}

/** A client that sends slowly, or not at all, must not hold a connection for ever. */
function limits({
  requestTimeout,
  keepAlive,
}: Pick<Settings, 'requestTimeout' | 'keepAlive'>): ServerOptions {
  const milliseconds = requestTimeout * 1000;
  return {
    requestTimeout: milliseconds,
    // A proxy must be the first to close: a request of its own would else meet the end of the connection.
    keepAliveTimeout: keepAlive * 1000,
    // Counts from a request's first byte; the time between two requests is none of it.
    headersTimeout: Math.min(milliseconds, MAX_HEADERS_TIMEOUT),
    // How often Node.js looks for connections that are over their time.
    connectionsCheckingInterval: Math.min(milliseconds / 2, MAX_CHECKING_INTERVAL),
  };
}
