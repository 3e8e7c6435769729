/** Turns the bytes of a request into text: UTF-8, UTF-16 or ISO-8859-1. */
import { TextDecoder } from 'node:util';
import { cut } from '../base/quote';
import { SoapFault } from './fault';

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'iso-8859-1';

const ENCODING_NAMES: ReadonlyMap<string, Encoding | 'utf-16'> = new Map([
  ['utf-8', 'utf-8'],
  ['utf8', 'utf-8'],
  ['us-ascii', 'utf-8'],
  ['ascii', 'utf-8'],
  ['utf-16', 'utf-16'],
  ['utf-16le', 'utf-16le'],
  ['utf-16be', 'utf-16be'],
  ['iso-8859-1', 'iso-8859-1'],
  ['latin1', 'iso-8859-1'],
]);

/**
 * Refuses a body whose envelope is one part of several: with MTOM or SOAP with Attachments.
 * @throws SoapFault that names it
 */
function refuseMultipart(contentType = ''): void {
  const type = /^\s*(multipart\/[\w.+-]+)/i.exec(contentType)?.[1];
  if (type === undefined) return;
  const soap = /application\/soap\+xml/i.test(contentType) ? '1.2' : undefined;
  throw new SoapFault(
    'Client',
    `The request is ${type.toLowerCase()} (MTOM or SOAP with Attachments), which is not supported; ` +
      'send the envelope alone.',
    soap,
  );
}

/** An XML declaration ends within this number of bytes. */
const DECLARATION_BYTES = 200;

/**
 * Decodes a request body. A byte order mark decides, then the charset of the Content-Type, then
 * the XML declaration (the order of RFC 7303); where all are silent it is UTF-8.
 * @throws SoapFault when the encoding isn't one of those, or the bytes are not in it, or the body is
 *   multipart
 */
export function decodeText(bytes: Buffer, contentType: string | undefined): string {
  refuseMultipart(contentType);
  const encoding = detectEncoding(bytes, contentType);
  // TextDecoder takes the label iso-8859-1 for windows-1252; Buffer's latin1 is the real one.
  if (encoding === 'iso-8859-1') return bytes.toString('latin1');
  try {
    return decoderOf(encoding).decode(bytes);
  } catch {
    throw new SoapFault('Client', `The request body is not valid ${encoding.toUpperCase()}.`);
  }
}

const UTF_8_DECODER = new TextDecoder('utf-8', { fatal: true });

function decoderOf(encoding: Encoding): TextDecoder {
  return encoding === 'utf-8' ? UTF_8_DECODER : new TextDecoder(encoding, { fatal: true });
}

function detectEncoding(bytes: Buffer, contentType: string | undefined): Encoding {
  const marked = byteOrderMark(bytes);
  if (marked) return marked;
  const charset = /;\s*charset\s*=\s*["']?([^"';\s]+)/i.exec(contentType ?? '')?.[1];
  const named = charset ?? declaredEncoding(bytes);
  const encoding = named === undefined ? 'utf-16' : ENCODING_NAMES.get(named.toLowerCase());
  if (encoding === undefined) {
    throw new SoapFault(
      'Client',
      `The encoding ${cut(named ?? '')} is not supported; send UTF-8, UTF-16 or ISO-8859-1.`,
    );
  }
  // An unmarked UTF-16 text shows in the zero byte beside its first "<".
  return encoding === 'utf-16' ? (unmarkedUtf16(bytes) ?? 'utf-8') : encoding;
}

function byteOrderMark(bytes: Buffer): Encoding | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return undefined;
}

function unmarkedUtf16(bytes: Buffer): Encoding | undefined {
  if (bytes[0] === 0x3c && bytes[1] === 0) return 'utf-16le';
  if (bytes[0] === 0 && bytes[1] === 0x3c) return 'utf-16be';
  return undefined;
}

function declaredEncoding(bytes: Buffer): string | undefined {
  if (bytes[0] !== 0x3c || bytes[1] !== 0x3f) return undefined;
  const start = bytes.toString('latin1', 0, DECLARATION_BYTES);
  return /^<\?xml\s[^>]*?encoding\s*=\s*["']([^"']*)["']/.exec(start)?.[1];
}
