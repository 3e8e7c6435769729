/**
 * Wire cases: one folder each under fixtures/cases. A case sends its requests one after another to
 * a fresh server and says what comes back and what the ledger gains. See fixtures/cases/README.md.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { deflateSync, gzipSync, gunzipSync } from 'node:zlib';
import type { Settings } from '../../src/config';
import type { Demo } from '../../src/demo';
import { ROOT, startTestServer, type TestServer } from './server';

export const CASES = join(ROOT, 'fixtures', 'cases');

/** What `case.json` may say. */
interface CaseFile {
  readonly title: string;
  /** Merchants to start with; default: those of `seed.json`. */
  readonly seed?: readonly Demo[];
  readonly settings?: Partial<Settings>;
  /** ISO time of the server's clock. */
  readonly now?: string;
}

export interface Step {
  /** `request.http`, or `1-request.http` and so on. */
  readonly request: string;
  readonly reply: string;
}

export interface WireCase extends CaseFile {
  readonly name: string;
  readonly steps: readonly Step[];
}

export interface WireReply {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

export function listCases(): WireCase[] {
  return readdirSync(CASES, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => {
      const steps = readdirSync(join(CASES, name))
        .filter((file) => file.endsWith('request.http'))
        .sort()
        .map((request) => ({ request, reply: request.replace('request.http', 'reply.http') }));
      return { name, steps, ...(readJson(join(name, 'case.json')) as CaseFile) };
    });
}

export function startCase({ seed, settings, now }: WireCase): Promise<TestServer> {
  return startTestServer({
    merchants: seed ?? (readJson('seed.json') as Demo[]),
    ...(settings && { settings }),
    ...(now !== undefined && { now: Date.parse(now) }),
  });
}

export function readText(wireCase: WireCase, file: string): string | undefined {
  const path = join(CASES, wireCase.name, file);
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

export function writeText(wireCase: WireCase, file: string, text: string): void {
  writeFileSync(join(CASES, wireCase.name, file), text);
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(join(CASES, file), 'utf8'));
}

/**
 * Sends a stored request as it stands: its own headers, the body expanded and, where its headers
 * say so, compressed or chunked. HTTP/1.0 goes over a bare socket.
 */
export async function send(url: string, stored: string): Promise<WireReply> {
  const [head = '', ...rest] = stored.split(/\r?\n\r?\n/);
  const [requestLine = '', ...headerLines] = head.split(/\r?\n/);
  const [method = '', path = '', protocol = ''] = requestLine.split(' ');
  const headers = headerLines.map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon), line.slice(colon + 1).trim()];
  });
  const header = (name: string) =>
    headers.find(([key]) => key.toLowerCase() === name)?.[1]?.toLowerCase();
  const body = compress(expand(rest.join('\n\n')), header('content-encoding'));
  const sent = headers.filter(
    ([name]) => !['host', 'content-length', 'connection'].includes(name.toLowerCase()),
  );
  if (header('transfer-encoding') === undefined) {
    sent.push(['Content-Length', String(body.length)]);
  }
  return protocol === 'HTTP/1.0'
    ? sendHttp10(url, `${method} ${path} HTTP/1.0`, sent, body)
    : sendHttp11(url, method, path, sent, body);
}

/** `{{repeat:3:<a>}}` stands for `<a><a><a>`, `{{hex:c328}}` for those bytes. */
function expand(text: string): Buffer {
  const pieces = text.split(/(\{\{(?:repeat:\d+:[^}]*|hex:[0-9a-f]*)\}\})/);
  return Buffer.concat(
    pieces.map((piece) => {
      const [, count, repeated] = /^\{\{repeat:(\d+):([^}]*)\}\}$/.exec(piece) ?? [];
      if (repeated !== undefined) return Buffer.from(repeated.repeat(Number(count)));
      const [, hex] = /^\{\{hex:([0-9a-f]*)\}\}$/.exec(piece) ?? [];
      return hex === undefined ? Buffer.from(piece) : Buffer.from(hex, 'hex');
    }),
  );
}

function compress(body: Buffer, encoding: string | undefined): Buffer {
  // A case of a damaged body holds its bytes itself.
  if (encoding === 'gzip' && !isGzip(body) && !isHexOnly(body)) return gzipSync(body);
  if (encoding === 'deflate') return deflateSync(body);
  return body;
}

function isGzip(body: Buffer): boolean {
  return body[0] === 0x1f && body[1] === 0x8b;
}

function isHexOnly(body: Buffer): boolean {
  return body[0] !== 0x3c;
}

function sendHttp11(
  url: string,
  method: string,
  path: string,
  headers: ReadonlyArray<[string, string]>,
  body: Buffer,
): Promise<WireReply> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const request = httpRequest(
      {
        hostname,
        port,
        method,
        path,
        headers: ['Host', `${hostname}:${port}`, ...headers.flat()],
        agent: false,
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const bytes = Buffer.concat(chunks);
          const unpacked =
            response.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes;
          resolve({
            status: response.statusCode ?? 0,
            contentType: response.headers['content-type'] ?? '',
            body: unpacked.toString('utf8'),
          });
        });
      },
    );
    request.on('error', reject);
    const chunked = headers.some(([name]) => name.toLowerCase() === 'transfer-encoding');
    if (chunked && body.length > 1) request.write(body.subarray(0, body.length >> 1));
    request.end(chunked && body.length > 1 ? body.subarray(body.length >> 1) : body);
  });
}

/** Like the clients of that age: looks at the reply once the whole request has been sent. */
function sendHttp10(
  url: string,
  requestLine: string,
  headers: ReadonlyArray<[string, string]>,
  body: Buffer,
): Promise<WireReply> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname, () => {
      const lines = [requestLine, ...headers.map(([name, value]) => `${name}: ${value}`)];
      socket.write(`${lines.join('\r\n')}\r\n\r\n`);
      socket.write(body, () => socket.on('data', (chunk: Buffer) => chunks.push(chunk)));
    });
    const chunks: Buffer[] = [];
    socket.on('error', reject);
    socket.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8');
      const [head = '', ...rest] = text.split('\r\n\r\n');
      resolve({
        status: Number(/^HTTP\/1\.\d (\d+)/.exec(head)?.[1]),
        contentType: /^content-type: (.*)$/im.exec(head)?.[1] ?? '',
        body: rest.join('\r\n\r\n'),
      });
    });
  });
}
