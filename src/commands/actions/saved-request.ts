/** Reads a request from a file: an XML envelope alone, or HTTP as it went over the wire. */
import { gunzipSync, inflateSync } from 'node:zlib';
import { actionOf } from '../../soap/soap-action';

export interface SavedRequest {
  readonly body: Buffer;
  readonly contentType?: string | undefined;
  readonly soapAction?: string | undefined;
}

const REQUEST_LINE = /^[A-Z]+ \S+ HTTP\/1\.[01]\r?\n/;

/**
 * @param bytes a file's content; without a request line at its beginning it is an envelope
 * @throws Error when the body is compressed and damaged
 */
export function readSavedRequest(bytes: Buffer): SavedRequest {
  // Headers are ASCII, and Latin-1 keeps every byte in its place.
  const text = bytes.toString('latin1');
  if (!REQUEST_LINE.test(text)) return { body: bytes };
  const [end = ''] = /\r?\n\r?\n/.exec(text) ?? [];
  const length = end === '' ? text.length : text.indexOf(end);
  const headers = text.slice(0, length).split(/\r?\n/);
  const header = (name: string) =>
    headers
      .find((line) => line.toLowerCase().startsWith(`${name}:`))
      ?.slice(name.length + 1)
      .trim();
  const contentType = header('content-type');
  return {
    body: unpack(bytes.subarray(length + end.length), header('content-encoding')),
    contentType,
    soapAction: header('soapaction') ?? actionOf(contentType),
  };
}

/** Many a capture shows the body unpacked under headers that call it compressed. */
function unpack(body: Buffer, encoding: string | undefined): Buffer {
  if (body[0] === 0x1f && body[1] === 0x8b) return gunzipSync(body);
  if (encoding === 'deflate' && body[0] === 0x78) return inflateSync(body);
  return body;
}
