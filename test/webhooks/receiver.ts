/** A receiver of messages: a real HTTP server that answers as a test says, and keeps what it got. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';

/** A request as it came over the wire. */
export interface Received {
  /** Names and values in turn, in their own capitals. */
  readonly rawHeaders: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly path: string;
}

/** What the receiver does with a request: a status, or anything with the response. */
export type Manner = number | ((response: ServerResponse, received: Received) => void);

export class Receiver {
  readonly received: Received[] = [];
  /** How it answers. */
  manner: Manner = 204;
  /** Requests that are answered at present, and the most at once. */
  open = 0;
  most = 0;
  private waiting: Array<() => void> = [];
  private server!: Server;

  async start(): Promise<this> {
    this.server = createServer((request, response) => void this.take(request, response));
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/hooks`;
  }

  /** What was sent, as JSON. */
  get events(): Array<{ type: string; sequence: number; data: Record<string, unknown> }> {
    return this.received.map(({ body }) => JSON.parse(body) as (typeof this.events)[number]);
  }

  /** Fulfils when that number of requests has come. */
  async until(count: number): Promise<void> {
    while (this.received.length < count) {
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
  }

  /** @throws WebhookVerificationError where a request was not signed with the secret */
  verify(secret: string, { body, headers }: Received): unknown {
    return new Webhook(secret).verify(body, { ...headers });
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.open += 1;
    this.most = Math.max(this.most, this.open);
    response.on('close', () => (this.open -= 1));
    let body = '';
    for await (const piece of request) body += String(piece);
    const headers = request.headers as Record<string, string>;
    const received = { rawHeaders: request.rawHeaders, headers, body, path: request.url ?? '' };
    this.received.push(received);
    if (typeof this.manner === 'number') response.writeHead(this.manner).end();
    else this.manner(response, received);
    for (const resolve of this.waiting.splice(0)) resolve();
  }
}
