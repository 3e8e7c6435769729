/** A text that is served as a file is: known again by its ETag, compressed once. */
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Request, Response } from 'express';

/** The document at one URL. */
export class Document {
  private readonly plain: Buffer;
  private readonly digest: string;
  private packed: Buffer | undefined;

  constructor(
    readonly contentType: string,
    text: string,
  ) {
    this.plain = Buffer.from(text);
    this.digest = createHash('sha256').update(this.plain).digest('base64url').slice(0, 27);
  }

  /** The bytes, and a strong ETag: other bytes, compressed ones too, have another. */
  encoded(gzip: boolean): { readonly bytes: Buffer; readonly etag: string } {
    if (!gzip) return { bytes: this.plain, etag: `"${this.digest}"` };
    this.packed ??= gzipSync(this.plain);
    return { bytes: this.packed, etag: `"${this.digest}-gzip"` };
  }
}

/** The number of documents kept. The WSDL of Account and the schema of every version need 60. */
const MAX_DOCUMENTS = 128;

/** The documents that were asked for last. Some hold the request's Host: they are without number. */
export class DocumentCache {
  private readonly documents = new Map<string, Document>();

  /** The document of that key; made when it isn't kept. */
  get(key: string, make: () => Document): Document {
    const document = this.documents.get(key) ?? make();
    // A Map remembers the order of insertion: the first is the one not asked for the longest.
    this.documents.delete(key);
    this.documents.set(key, document);
    if (this.documents.size > MAX_DOCUMENTS) {
      const [oldest] = this.documents.keys();
      if (oldest !== undefined) this.documents.delete(oldest);
    }
    return document;
  }
}

/**
 * Sends a document, or 304 to a client that has it. Clients ask each time whether it is still the
 * same (`no-cache`), so that a WSDL and its schema never come from two releases.
 * @param visibility `private` where it depends on what a shared cache may not look at
 */
export function sendDocument(
  request: Request,
  response: Response,
  document: Document,
  visibility: 'public' | 'private',
): void {
  const gzip = request.acceptsEncodings('gzip', 'identity') === 'gzip';
  const { bytes, etag } = document.encoded(gzip);
  response.set({ ETag: etag, 'Cache-Control': `${visibility}, no-cache` }).vary('Accept-Encoding');
  if (request.fresh) {
    response.status(304).end();
    return;
  }
  if (gzip) response.set('Content-Encoding', 'gzip');
  response.set('Content-Type', document.contentType).send(bytes);
}
