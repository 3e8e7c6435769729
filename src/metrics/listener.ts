/** The server of GET /metrics, on an address of its own. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Registry } from 'prom-client';

/** One collector or a few: whatever else comes waits. */
const MOST_CONNECTIONS = 16;

/** A request is a line and some headers. Milliseconds. */
const REQUEST_TIMEOUT = 5000;

const PATH = '/metrics';

/** The listener of a registry. */
export interface MetricsListener {
  /** `http://127.0.0.1:9464/metrics`. */
  readonly url: string;
  readonly close: () => Promise<void>;
}

/**
 * Takes the address and answers.
 * @throws Error when it is taken, or must not be used
 */
export async function listenForMetrics(
  registry: Registry,
  { host, port }: { readonly host: string; readonly port: number },
  onFailure: (error: unknown) => void,
): Promise<MetricsListener> {
  const server = createServer(
    { requestTimeout: REQUEST_TIMEOUT, headersTimeout: REQUEST_TIMEOUT },
    (request, response) => {
      answer(registry, request, response).catch((error: unknown) => {
        onFailure(error);
        response.destroy();
      });
    },
  );
  server.maxConnections = MOST_CONNECTIONS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const name = host.includes(':') ? `[${host}]` : host;
  const { port: taken } = server.address() as AddressInfo;
  return { url: `http://${name}:${taken}${PATH}`, close: () => close(server) };
}

async function answer(
  registry: Registry,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const [path] = (request.url ?? '').split('?');
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  if (path !== PATH || !isRead) {
    const status = path === PATH ? 405 : 404;
    const text = `GET ${PATH} is all that is answered here.\n`;
    response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(text);
    return;
  }
  const text = await registry.metrics();
  response
    .writeHead(200, {
      'Content-Type': registry.contentType,
      'Content-Length': Buffer.byteLength(text),
      'Cache-Control': 'no-store',
    })
    .end(request.method === 'HEAD' ? undefined : text);
}

async function close(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
