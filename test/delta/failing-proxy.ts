/** Stands between a client and a server, and lets calls fail in every way that a network does. */
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How a call fails, in turn: not sent on or answered, or only after the server has done the work. */
const FAILURES = ['drop', 'refuse', 'drop-reply', 'cut-reply', 'refuse-late'] as const;

export interface FailingProxy {
  readonly url: string;
  /** The calls that have failed so far. */
  readonly failed: number;
  /** From now on every call fails after that many more; undefined: it is over. */
  outageAfter(calls: number | undefined): void;
  stop(): Promise<void>;
}

/** @param every one call in that many fails; WSDLs come through, unless there is an outage */
export async function startFailingProxy(target: string, every: number): Promise<FailingProxy> {
  let calls = 0;
  let failed = 0;
  let left: number | undefined;
  const server = createServer((incoming, outgoing) => {
    const isCall = incoming.method === 'POST';
    if (isCall) calls++;
    if (isCall && left !== undefined) left--;
    const fails = (left !== undefined && left < 0) || (isCall && calls % every === 0);
    const failure = fails ? FAILURES[failed++ % FAILURES.length] : undefined;
    if (failure === 'drop') incoming.socket.destroy();
    else if (failure === 'refuse') refuse(outgoing);
    else forward(target, incoming, outgoing, failure);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get failed() {
      return failed;
    },
    outageAfter: (more) => (left = more),
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function refuse(outgoing: ServerResponse): void {
  outgoing.writeHead(500, { 'Content-Type': 'text/plain' }).end('The gateway failed.\n');
}

function forward(
  target: string,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  failure: (typeof FAILURES)[number] | undefined,
): void {
  const { method, url = '/' } = incoming;
  const headers = { ...incoming.headers, connection: 'close' };
  const onward = request(`${target}${url}`, { method, headers, agent: false }, (response) => {
    const chunks: Buffer[] = [];
    response.on('data', (chunk: Buffer) => chunks.push(chunk));
    response.on('end', () => {
      const body = Buffer.concat(chunks);
      if (failure === 'drop-reply') outgoing.destroy();
      else if (failure === 'refuse-late') refuse(outgoing);
      else {
        const passed = { ...response.headers, 'content-length': body.length };
        delete passed['transfer-encoding'];
        delete passed.connection;
        outgoing.writeHead(response.statusCode ?? 0, passed);
        if (failure === 'cut-reply') {
          outgoing.write(body.subarray(0, body.length >> 1), () => outgoing.destroy());
        } else outgoing.end(body);
      }
    });
  });
  onward.on('error', () => outgoing.destroy());
  incoming.pipe(onward);
}
