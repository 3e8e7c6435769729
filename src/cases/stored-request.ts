/**
 * The files of a request and its reply in a wire case: as HTTP has them, but for line feeds and a body unpacked.
 * fixtures/cases/README.md describes them.
 */
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';

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

/** A header as it is written. */
export type Header = readonly [name: string, value: string];

/** A request, ready to be sent but for its Host. */
export interface StoredRequest {
  readonly method: string;
  readonly path: string;
  /** `HTTP/1.1`, or `HTTP/1.0`. */
  readonly protocol: string;
  readonly headers: readonly Header[];
  readonly body: Buffer;
}

/** The parts of a request that a file shows. */
export interface ShownRequest extends Omit<StoredRequest, 'body'> {
  /** Bytes before the body's text, in hexadecimal: its byte order mark. */
  readonly mark: string;
  /** The body's text, unpacked. */
  readonly text: string;
}

/** The head of a reply that a file shows. */
export interface ShownHead {
  readonly status: number;
  readonly contentType: string;
  /** Empty where the reply isn't compressed. */
  readonly contentEncoding: string;
}

/**
 * Reads a stored request: macros expanded, compressed where the headers say so, Content-Length filled in unless it is
 * chunked.
 */
export function readRequest(
  stored: string,
  { encoding, asItStands, bareDeflate }: BodyOptions,
): StoredRequest {
  const [head, text] = splitAtBlankLine(stored);
  const [requestLine = '', ...headerLines] = head.split('\n');
  const [method = '', path = '', protocol = ''] = requestLine.split(' ');
  const headers = headerLines.map((line): Header => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon), line.slice(colon + 1).trim()];
  });
  const expanded = expand(text, encoding);
  const contentEncoding = headerOf(headers, 'content-encoding')?.toLowerCase();
  const body = asItStands ? expanded : compress(expanded, contentEncoding, bareDeflate);
  if (headerOf(headers, 'transfer-encoding') === undefined) {
    headers.push(['Content-Length', String(body.length)]);
  }
  return { method, path, protocol, headers, body };
}

/** A request as its file shows it. Text that reads like a macro stays text. */
export function showRequest({ method, path, protocol, headers, mark, text }: ShownRequest): string {
  const lines = headers.map(([name, value]) => `${name}: ${value}`);
  const head = [`${method} ${path} ${protocol}`, ...lines].join('\n');
  const before = mark && `{{hex:${mark}}}`;
  return `${head}\n\n${before}${text.replaceAll('{{', '{{hex:7b7b}}')}`;
}

/** The head of a reply's file, up to its body. */
export function showHead({ status, contentType, contentEncoding }: ShownHead): string {
  const encoding = contentEncoding && `Content-Encoding: ${contentEncoding}\n`;
  return `${status} ${contentType}\n${encoding}\n`;
}

/** The parts before and after the first blank line. */
export function splitAtBlankLine(text: string): [string, string] {
  const index = text.indexOf('\n\n');
  return index < 0 ? [text, ''] : [text.slice(0, index), text.slice(index + 2)];
}

/**
 * How a body's text became its bytes, and the mark before it in hexadecimal.
 * @returns undefined where it is in none of the encodings that a case may have
 */
export function encodingOf(
  bytes: Buffer,
  text: string,
): { readonly mark: string; readonly encoding?: BodyOptions['encoding'] } | undefined {
  const mark = MARKS.find((each) => bytes.toString('hex', 0, each.length / 2) === each) ?? '';
  const rest = bytes.subarray(mark.length / 2);
  if (encode(text, undefined).equals(rest)) return { mark };
  const encoding = ENCODINGS.find((each) => encode(text, each).equals(rest));
  return encoding && { mark, encoding };
}

const MARKS = ['efbbbf', 'fffe', 'feff'];
const ENCODINGS = ['utf16le', 'utf16be', 'latin1'] as const;

/** The value of a header, or undefined. @param name in lower case */
export function headerOf(headers: readonly Header[], name: string): string | undefined {
  return headers.find(([key]) => key.toLowerCase() === name)?.[1];
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
  if (encoding === 'br') return brotliCompressSync(body);
  return body;
}
