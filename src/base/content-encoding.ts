/** Takes a request's body out of its Content-Encoding. */
import type { Transform } from 'node:stream';
import {
  brotliDecompressSync,
  constants,
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createInflateRaw,
  gunzipSync,
  inflateRawSync,
  inflateSync,
} from 'node:zlib';
import { BodyRefused } from './body-refused';
import { GrowingBody } from './growing-body';

/**
 * @param most bytes that may come of it
 * @returns undefined where more would
 * @throws BodyRefused when the body is not in its encoding
 */
export type Decompress = (body: Buffer, most: number) => Promise<Buffer | undefined>;

/**
 * Bytes, packed and unpacked, up to which a body is unpacked at once: that takes less of the turn than handing it to one of
 * libuv's threads, and doesn't wait for one that verifies a password.
 */
const AT_ONCE = 2 ** 15;

/** Bytes that one of those threads unpacks in one go. */
const PIECE = 2 ** 16;

const ofGzip = throughZlib(createGunzip, gunzipSync);
const ofBrotli = throughZlib(createBrotliDecompress, brotliDecompressSync);
const ofZlib = throughZlib(createInflate, inflateSync);
const ofRawDeflate = throughZlib(createInflateRaw, inflateRawSync);
/** HTTP means zlib's format by deflate, but some clients send the bare stream (RFC 9110, 8.4.1.2). */
const ofDeflate: Decompress = (body, most) =>
  hasZlibHeader(body) ? ofZlib(body, most) : ofRawDeflate(body, most);

const DECOMPRESSORS: ReadonlyMap<string, Decompress | undefined> = new Map([
  ['identity', undefined],
  ['gzip', ofGzip],
  // The name of old; recipients take it for gzip (RFC 9110, 8.4.1.3).
  ['x-gzip', ofGzip],
  ['deflate', ofDeflate],
  ['br', ofBrotli],
]);

/**
 * @param header Content-Encoding
 * @returns undefined where the body is sent as it is
 * @throws BodyRefused when the encoding isn't known
 */
export function decompressorOf(header: string | undefined): Decompress | undefined {
  if (!header) return undefined;
  const name = header.trim().toLowerCase();
  if (DECOMPRESSORS.has(name)) return DECOMPRESSORS.get(name);
  throw new BodyRefused('unknown encoding');
}

type UnpackAtOnce = (body: Buffer, options: { readonly maxOutputLength: number }) => Buffer;
type Unpacking = (options: { readonly chunkSize: number }) => Transform;

function throughZlib(unpacking: Unpacking, unpackAtOnce: UnpackAtOnce): Decompress {
  return async (body, most) => {
    // An empty body is none in any encoding; the error to report is that it is empty.
    if (body.length === 0) return body;
    try {
      const isShort = Math.max(body.length, most) <= AT_ONCE;
      if (isShort) return unpackAtOnce(body, { maxOutputLength: most });
      return await unpackInPieces(unpacking({ chunkSize: PIECE }), body, most);
    } catch (error) {
      const { code = '' } = error as NodeJS.ErrnoException;
      if (code === 'ERR_BUFFER_TOO_LARGE') return undefined;
      if (!isZlibError(code)) throw error;
      throw new BodyRefused('not in its encoding');
    }
  };
}

/** @returns undefined where there would be more */
async function unpackInPieces(
  unpacked: Transform,
  body: Buffer,
  most: number,
): Promise<Buffer | undefined> {
  const grown = new GrowingBody(most);
  unpacked.end(body);
  for await (const piece of unpacked) if (!grown.add(piece as Buffer)) return undefined;
  return grown.bytes();
}

/** Whether a body of deflate is in zlib's format: the method is deflate, and the two bytes are a multiple of 31 (RFC 1950). */
export function hasZlibHeader([method = 0, flags = 0]: Buffer): boolean {
  return (method & 0x0f) === 8 && (method * 256 + flags) % 31 === 0;
}

/** Of gzip and deflate the codes are zlib's own, of br `ERR_` and what follows BROTLI_DECODER. */
function isZlibError(code: string): boolean {
  return code in constants || code.replace(/^ERR_/, 'BROTLI_DECODER') in constants;
}
