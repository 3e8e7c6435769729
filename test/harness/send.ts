/** Sends a stored request to a server as a client would have, byte for byte, and takes the reply. */
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { deflateRawSync, deflateSync, gunzipSync, gzipSync } from 'node:zlib';

/** How the body of a stored request is turned into bytes. */
export interface BodyOptions {
  /** The encoding of its text; default UTF-8. */
  readonly encoding?: 'utf16le' | 'utf16be' | 'latin1';
  /**
   * Whether it goes out as it stands although its headers name a Content-Encoding: for one that is
   * damaged. Default: it is compressed as they say.
   */
  readonly asItStands?: boolean;
  /** Whether deflate is the bare stream, without zlib's header. */
  readonly bareDeflate?: boolean;
}

export interface WireReply {
  readonly status: number;
  readonly contentType: string;
  /** Empty where the reply isn't compressed. */
  readonly contentEncoding: string;
  /** Decompressed. */
  readonly body: string;
}

interface WireRequest {
  readonly method: string;
  readonly path: string;
  readonly protocol: string;
  readonly headers: ReadonlyArray<readonly [string, string]>;
  readonly body: Buffer;
}

/**
 * Sends request line, headers and body as they are stored: macros expanded, compressed or chunked
 * where the headers say so. Host (over HTTP/1.1) and Content-Length (unless chunked) are filled in.
 */
export function send(url: string, stored: string, options: BodyOptions = {}): Promise<WireReply> {
  const request = readRequest(stored, options);
  return request.protocol === 'HTTP/1.0' ? sendHttp10(url, request) : sendHttp11(url, request);
}

function readRequest(
  stored: string,
  { encoding, asItStands, bareDeflate }: BodyOptions,
): WireRequest {
  const [head, text] = splitAtBlankLine(stored);
  const [requestLine = '', ...headerLines] = head.split('\n');
  const [method = '', path = '', protocol = ''] = requestLine.split(' ');
  const headers = headerLines.map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon), line.slice(colon + 1).trim()];
  });
  const expanded = expand(text, encoding);
  const contentEncoding = headerOf(headers, 'content-encoding');
  const body = asItStands ? expanded : compress(expanded, contentEncoding, bareDeflate);
  if (headerOf(headers, 'transfer-encoding') === undefined) {
    headers.push(['Content-Length', String(body.length)]);
  }
  return { method, path, protocol, headers, body };
}

/** The parts before and after the first blank line. */
export function splitAtBlankLine(text: string): [string, string] {
  const index = text.indexOf('\n\n');
  return index < 0 ? [text, ''] : [text.slice(0, index), text.slice(index + 2)];
}

function headerOf(headers: WireRequest['headers'], name: string): string | undefined {
  return headers.find(([key]) => key.toLowerCase() === name)?.[1].toLowerCase();
}

/** `{{repeat:3:<a>}}` stands for `<a><a><a>`, `{{hex:c328}}` for those bytes. */
function expand(text: string, encoding: BodyOptions['encoding']): Buffer {
  const pieces = text.split(/(\{\{(?:repeat:\d+:[^}]*|hex:[0-9a-f]*)\}\})/);
  return Buffer.concat(
    pieces.map((piece) => {
      const [, count, repeated] = /^\{\{repeat:(\d+):([^}]*)\}\}$/.exec(piece) ?? [];
      if (repeated !== undefined) return encode(repeated.repeat(Number(count)), encoding);
      const [, hex] = /^\{\{hex:([0-9a-f]*)\}\}$/.exec(piece) ?? [];
      return hex === undefined ? encode(piece, encoding) : Buffer.from(hex, 'hex');
    }),
  );
}

function encode(text: string, encoding: BodyOptions['encoding']): Buffer {
  if (encoding === 'utf16be') return Buffer.from(text, 'utf16le').swap16();
  return Buffer.from(text, encoding ?? 'utf8');
}

function compress(body: Buffer, encoding: string | undefined, bareDeflate = false): Buffer {
  if (encoding === 'gzip' || encoding === 'x-gzip') return gzipSync(body);
  if (encoding === 'deflate') return bareDeflate ? deflateRawSync(body) : deflateSync(body);
  return body;
}

function sendHttp11(url: string, { method, path, headers, body }: WireRequest): Promise<WireReply> {
  return new Promise((resolve, reject) => {
    const { host, hostname, port } = new URL(url);
    const sent = headers.filter(([name]) => name.toLowerCase() !== 'host');
    const request = httpRequest(
      { hostname, port, method, path, headers: ['Host', host, ...sent.flat()], agent: false },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const status = response.statusCode ?? 0;
          resolve(toReply(status, (name) => response.headers[name], Buffer.concat(chunks)));
        });
      },
    );
    request.on('error', reject);
    const write = () => {
      // Two writes, so that a chunked body comes in more than one chunk.
      const middle = body.length >> 1;
      if (middle > 0) request.write(body.subarray(0, middle));
      request.end(body.subarray(middle));
    };
    if (headerOf(headers, 'expect') === '100-continue') {
      request.on('continue', write);
      request.flushHeaders();
    } else write();
  });
}

/** Over a bare socket, for Node's client speaks HTTP/1.1 only. */
function sendHttp10(url: string, { method, path, headers, body }: WireRequest): Promise<WireReply> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname, () => {
      const lines = headers.map(([name, value]) => `${name}: ${value}`);
      socket.write(`${[`${method} ${path} HTTP/1.0`, ...lines].join('\r\n')}\r\n\r\n`);
      socket.write(body);
    });
    const chunks: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.on('error', reject);
    socket.on('end', () => {
      const bytes = Buffer.concat(chunks);
      const end = bytes.indexOf('\r\n\r\n');
      const head = bytes.toString('latin1', 0, end);
      const header = (name: string) => new RegExp(`^${name}: (.*)$`, 'im').exec(head)?.[1];
      const status = Number(/^HTTP\/1\.\d (\d+)/.exec(head)?.[1]);
      resolve(toReply(status, header, bytes.subarray(end + 4)));
    });
  });
}

type Header = (name: 'content-type' | 'content-encoding') => string | undefined;

function toReply(status: number, header: Header, bytes: Buffer): WireReply {
  const contentEncoding = header('content-encoding') ?? '';
  const body = contentEncoding === 'gzip' ? gunzipSync(bytes) : bytes;
  return {
    status,
    contentType: header('content-type') ?? '',
    contentEncoding,
    body: body.toString('utf8'),
  };
}
