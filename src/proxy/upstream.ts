/**
 * Hands requests on to another server and its answers back, both untouched and as they come: in memory is no more of
 * them than is to be kept.
 * Decided: docs/decisions/proxy.md
 */
import {
  Agent,
  type IncomingMessage,
  request as requestHttp,
  type ServerResponse,
} from 'node:http';
import { Agent as TlsAgent, request as requestHttps } from 'node:https';
import { describeConnectionError } from '../base/connection-errors';
import { isInTooManyPieces, TOO_MANY_PIECES } from '../base/pieces';
import type { Time } from '../base/time';
import { KeptBody } from './kept-body';

/** The other server, and how it is reached. */
export interface UpstreamOptions {
  /** Its address, without a path. */
  readonly url: URL;
  /** The certificates that are trusted, PEM; undefined: those that Node.js trusts. */
  readonly ca?: readonly string[] | undefined;
  /** Milliseconds for which it may stand still. */
  readonly limit: number;
  readonly time: Pick<Time, 'after'>;
  /** Whether requests name the clients' addresses: only one that trusts this proxy needs them. Default: no. */
  readonly namesClients?: boolean;
}

/** An exchange that is over. */
export type Forwarded = Answered | { readonly failure: string };

/** A request that was answered, as far as it is kept. */
export interface Answered {
  readonly failure?: undefined;
  readonly status: number;
  /** Names and values in turn, as they were sent. */
  readonly rawHeaders: readonly string[];
  /** As they went over the wire; undefined: larger than what is kept. */
  readonly request: Buffer | undefined;
  readonly reply: Buffer | undefined;
}

/** Another server. */
export interface Upstream {
  readonly origin: string;
  /**
   * Hands a request on and answers it; a failure is answered 502, or 504 where time ran out.
   * @param before the beginning of its body, where that was read already
   */
  forward(request: IncomingMessage, response: ServerResponse, before?: Buffer): Promise<Forwarded>;
  /** Closes what is open. */
  close(): void;
}

/** Headers that belong to one connection (RFC 9110, 7.6.1). */
const OF_CONNECTION: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'upgrade',
]);

/** The failure of a server that stood still. */
class StoodStill extends Error {
  override name = 'StoodStill';
}

/** One connection a request: one that the server is just closing would lose a call that may not be sent twice. */
export function createUpstream(options: UpstreamOptions): Upstream {
  const { url, ca, limit, time, namesClients = false } = options;
  const isTls = url.protocol === 'https:';
  const agent = isTls
    ? new TlsAgent({ keepAlive: false, ...(ca && { ca: [...ca] }) })
    : new Agent({ keepAlive: false });
  const start = (request: IncomingMessage) =>
    (isTls ? requestHttps : requestHttp)({
      agent,
      // An address of IPv6 stands in brackets in a URL.
      hostname: url.hostname.replace(/^\[(.*)\]$/, '$1'),
      port: url.port,
      method: request.method,
      path: pathOf(request),
      headers: [...headersFor(request, url.host), ...(namesClients ? addressOf(request) : [])],
    });
  return {
    origin: url.origin,
    forward: (request, response, before) =>
      new Exchange(request, response, start(request), { before, limit, time }).over,
    close: () => agent.destroy(),
  };
}

/** A client that takes this server for an HTTP proxy names the whole URL. */
export function pathOf({ url = '/' }: Pick<IncomingMessage, 'url'>): string {
  return url.replace(/^https?:\/\/[^/?]*/i, '').replace(/^(?!\/)/, '/');
}

/** After the addresses that the request names already. */
function addressOf({ socket }: IncomingMessage): string[] {
  return ['X-Forwarded-For', socket.remoteAddress ?? ''];
}

function headersFor({ rawHeaders, method = '' }: IncomingMessage, host: string): string[] {
  const names = new Set<string>();
  const headers = pairsOf(rawHeaders).filter(([name]) => {
    const lower = name.toLowerCase();
    names.add(lower);
    return lower !== 'host' && !OF_CONNECTION.has(lower);
  });
  // Node.js would send a body that has neither in chunks, which servers of old do not take.
  const isBare = !names.has('content-length') && !names.has('transfer-encoding');
  if (isBare && !/^(?:GET|HEAD|DELETE|OPTIONS)$/.test(method))
    headers.push(['Content-Length', '0']);
  return ['Host', host, ...headers.flat()];
}

/** Headers as they were sent. */
export function pairsOf(rawHeaders: readonly string[]): Array<[name: string, value: string]> {
  const pairs: Array<[string, string]> = [];
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    pairs.push([rawHeaders[at] ?? '', rawHeaders[at + 1] ?? '']);
  }
  return pairs;
}

type Outgoing = ReturnType<typeof requestHttp>;

/** One request on its way to the server, and the answer on its way back. */
class Exchange {
  readonly over: Promise<Forwarded>;
  private readonly sent = new KeptBody();
  private readonly received = new KeptBody();
  private incoming: IncomingMessage | undefined;
  private settle: (outcome: Forwarded) => void = () => undefined;
  private cancel: () => void = () => undefined;
  private isOver = false;

  constructor(
    private readonly request: IncomingMessage,
    private readonly response: ServerResponse,
    private readonly outgoing: Outgoing,
    private readonly options: {
      readonly before: Buffer | undefined;
      readonly limit: number;
      readonly time: Pick<Time, 'after'>;
    },
  ) {
    this.over = new Promise((resolve) => (this.settle = resolve));
    this.wait();
    outgoing.on('response', (incoming) => this.answer(incoming));
    outgoing.on('error', (error) => this.fail(error));
    response.once('close', () => {
      if (!response.writableFinished) this.end({ failure: 'the client went away' });
    });
    this.send();
  }

  /** From now on the server may stand still until the limit. */
  private wait(): void {
    const { time, limit } = this.options;
    if (this.isOver) return;
    this.cancel();
    this.cancel = time.after(limit, () =>
      this.fail(new StoodStill(`no answer within ${limit / 1000} seconds`)),
    );
  }

  private send(): void {
    const { request, outgoing, sent } = this;
    const { before } = this.options;
    if (before !== undefined) {
      sent.add(before);
      outgoing.write(before);
    }
    if (request.readableEnded) {
      if (isInTooManyPieces(request)) this.refuse(400, TOO_MANY_PIECES);
      else outgoing.end();
      return;
    }
    if (request.destroyed) {
      this.end({ failure: 'the client went away' });
      return;
    }
    request.on('data', (piece: Buffer) => {
      sent.add(piece);
      this.wait();
    });
    // Before the pipe's own listener, which ends what is sent on.
    request.on('end', () => {
      if (isInTooManyPieces(request)) this.refuse(400, TOO_MANY_PIECES);
    });
    request.on('close', () => {
      if (!request.complete) this.end({ failure: 'the client went away' });
    });
    request.on('error', () => this.end({ failure: 'the client went away' }));
    request.pipe(outgoing);
  }

  private answer(incoming: IncomingMessage): void {
    const { response, received } = this;
    this.incoming = incoming;
    this.wait();
    const { statusCode: status = 502, statusMessage, rawHeaders } = incoming;
    response.sendDate = false;
    // Whether the body comes in chunks is each connection's own affair.
    const headers = pairsOf(rawHeaders).filter(([name]) => {
      const lower = name.toLowerCase();
      return lower !== 'transfer-encoding' && !OF_CONNECTION.has(lower);
    });
    response.writeHead(status, statusMessage, headers.flat());
    incoming.on('data', (piece: Buffer) => {
      received.add(piece);
      this.wait();
    });
    incoming.on('error', (error) => this.fail(error));
    incoming.on('end', () => {
      const request = this.sent.bytes();
      const reply = received.bytes();
      this.end({ status, rawHeaders, request, reply });
    });
    incoming.pipe(response);
  }

  private fail(error: NodeJS.ErrnoException): void {
    const hasStoodStill = error instanceof StoodStill;
    const why = hasStoodStill ? error.message : describeConnectionError(error);
    this.refuse(hasStoodStill ? 504 : 502, why);
  }

  /** Answers in the server's stead; an answer that has begun is cut off. */
  private refuse(status: number, why: string): void {
    if (this.isOver) return;
    const { response } = this;
    if (response.headersSent) response.destroy();
    else {
      const text = status === 400 ? why : `The upstream server cannot be had: ${why}.`;
      const body = Buffer.from(`${text}\n`);
      response.writeHead(status, {
        'Content-Type': 'text/plain; charset=utf-8',
        'Content-Length': body.length,
      });
      response.end(body);
    }
    this.end({ failure: why });
  }

  private end(outcome: Forwarded): void {
    if (this.isOver) return;
    this.isOver = true;
    this.cancel();
    // A client sends all of a request before it reads, whether or not the server wanted the rest.
    this.request.unpipe();
    this.request.resume();
    if (outcome.failure !== undefined) {
      this.incoming?.destroy();
      this.outgoing.destroy();
    }
    this.settle(outcome);
  }
}
