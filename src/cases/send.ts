/** Sends a stored request to a server as a client would have, byte for byte, and takes the reply. */
import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import {
  type BodyOptions,
  headerOf,
  readRequest,
  type ShownHead,
  type StoredRequest,
} from './stored-request';

/** A reply, unpacked. */
export interface WireReply extends ShownHead {
  readonly body: Buffer;
}

/** Bounds and trust of a connection. */
export interface Connecting {
  /** Certificates beside those that Node.js trusts; PEM. */
  readonly ca?: readonly string[] | undefined;
  /** Aborted: the request fails with its reason. */
  readonly signal?: AbortSignal | undefined;
  /** The most bytes of a reply, packed and unpacked. */
  readonly most?: number;
}

/** More than this is no reply that is looked at. */
const MOST_REPLY = 64 * 2 ** 20;

/**
 * Sends request line, headers and body as they are stored: macros expanded, compressed or chunked
 * where the headers say so. Host (over HTTP/1.1) and Content-Length (unless chunked) are filled in.
 * @param url of the server; a stored request's path follows it
 * @throws Error of the connection; RangeError for a reply that is too large
 */
export function send(
  url: string,
  stored: string,
  options: BodyOptions = {},
  connecting: Connecting = {},
): Promise<WireReply> {
  const request = readRequest(stored, options);
  const sendBy = request.protocol === 'HTTP/1.0' ? sendHttp10 : sendHttp11;
  return sendBy(new URL(url), request, connecting);
}

type Sent = Promise<WireReply>;

function sendHttp11(
  { protocol, host, hostname, port }: URL,
  { method, path, headers, body }: StoredRequest,
  { ca, signal, most = MOST_REPLY }: Connecting,
): Sent {
  return new Promise((resolve, reject) => {
    const sent = headers.filter(([name]) => name.toLowerCase() !== 'host');
    const start = protocol === 'https:' ? requestHttps : requestHttp;
    const request = start({
      hostname: withoutBrackets(hostname),
      port,
      method,
      path,
      headers: ['Host', host, ...sent.flat()],
      agent: false,
      ...(ca && { ca: [...ca] }),
      signal,
    });
    request.on('response', (response: IncomingMessage) => {
      const pieces = new Pieces(most, (error) => response.destroy(error));
      response.on('data', pieces.add);
      response.on('error', reject);
      response.on('end', () => {
        const { statusCode: status = 0, headers: received } = response;
        settle(resolve, reject, () =>
          toReply(status, (name) => received[name], pieces.bytes(), most),
        );
      });
    });
    request.on('error', reject);
    const write = () => {
      // Two writes, so that a chunked body comes in more than one chunk.
      const middle = body.length >> 1;
      if (middle > 0) request.write(body.subarray(0, middle));
      request.end(body.subarray(middle));
    };
    if (headerOf(headers, 'expect')?.toLowerCase() === '100-continue') {
      request.on('continue', write);
      request.flushHeaders();
    } else write();
  });
}

/** Over a bare socket, for Node's client speaks HTTP/1.1 only. */
function sendHttp10(
  { protocol, hostname, port }: URL,
  { method, path, headers, body }: StoredRequest,
  { ca, signal, most = MOST_REPLY }: Connecting,
): Sent {
  return new Promise((resolve, reject) => {
    const host = withoutBrackets(hostname);
    const socket =
      protocol === 'https:'
        ? connectTls({
            host,
            servername: host,
            port: Number(port || 443),
            ...(ca && { ca: [...ca] }),
          })
        : connect(Number(port || 80), host);
    const onAbort = () => socket.destroy(signal?.reason as Error);
    signal?.addEventListener('abort', onAbort);
    socket.on('close', () => signal?.removeEventListener('abort', onAbort));
    const lines = headers.map(([name, value]) => `${name}: ${value}`);
    socket.write(`${[`${method} ${path} HTTP/1.0`, ...lines].join('\r\n')}\r\n\r\n`);
    socket.write(body);
    const pieces = new Pieces(most, (error) => socket.destroy(error));
    socket.on('data', pieces.add);
    socket.on('error', reject);
    socket.on('end', () =>
      settle(resolve, reject, () => {
        const bytes = pieces.bytes();
        const end = bytes.indexOf('\r\n\r\n');
        const head = bytes.toString('latin1', 0, end);
        const header = (name: string) => new RegExp(`^${name}: (.*)$`, 'im').exec(head)?.[1];
        const status = Number(/^HTTP\/1\.\d (\d+)/.exec(head)?.[1]);
        return toReply(status, header, bytes.subarray(end + 4), most);
      }),
    );
  });
}

/** An address of IPv6 stands in brackets in a URL. */
function withoutBrackets(hostname: string): string {
  return hostname.replace(/^\[(.*)\]$/, '$1');
}

/** The pieces of a reply, up to a bound. */
class Pieces {
  private readonly kept: Buffer[] = [];
  private length = 0;

  constructor(
    readonly most: number,
    private readonly refuse: (error: Error) => void,
  ) {}

  readonly add = (piece: Buffer): void => {
    this.length += piece.length;
    if (this.length > this.most) this.refuse(tooLarge(this.most));
    else this.kept.push(piece);
  };

  bytes(): Buffer {
    return Buffer.concat(this.kept);
  }
}

function tooLarge(most: number): RangeError {
  return new RangeError(`the reply has more than ${most} bytes`);
}

function settle<T>(resolve: (value: T) => void, reject: (error: unknown) => void, make: () => T) {
  try {
    resolve(make());
  } catch (error) {
    reject(error);
  }
}

type HeaderOf = (name: 'content-type' | 'content-encoding') => string | undefined;

const UNPACK: Readonly<
  Record<string, ((bytes: Buffer, options: { maxOutputLength: number }) => Buffer) | undefined>
> = { gzip: gunzipSync, 'x-gzip': gunzipSync, deflate: inflateSync, br: brotliDecompressSync };

function toReply(status: number, header: HeaderOf, bytes: Buffer, most: number): WireReply {
  const contentEncoding = header('content-encoding') ?? '';
  const unpack = UNPACK[contentEncoding.toLowerCase()];
  const body = unpack ? unpack(bytes, { maxOutputLength: most }) : bytes;
  return { status, contentType: header('content-type') ?? '', contentEncoding, body };
}
