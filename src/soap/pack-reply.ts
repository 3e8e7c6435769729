/**
 * Packs replies for clients that take them packed: short ones at once, with their length, long ones while they are
 * written, by `compression`. Decided: docs/decisions/verification.md
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import compression from 'compression';
import type { Request, Response } from 'express';
import Negotiator from 'negotiator';

const compress = compression({ threshold: 0 });

/** What short replies come in, unless a client takes no gzip. */
const AT_ONCE = ['gzip', 'identity'];

/** A body that is packed, and the headers that say so. */
export interface Packed {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Packs a short body: that takes less of the turn than handing it to one of libuv's threads, and waits for none.
 * @returns undefined where the client wants it plain, or doesn't take gzip
 */
export function packAtOnce(request: IncomingMessage, body: string): Packed | undefined {
  if (new Negotiator(request).encoding(AT_ONCE) !== 'gzip') return undefined;
  return {
    body: gzipSync(body),
    headers: { 'Content-Encoding': 'gzip', Vary: 'Accept-Encoding' },
  };
}

/** Has what is written to a response be packed as its client wants it. To be called before its head is written. */
export function packWhileWritten(request: IncomingMessage, response: ServerResponse): void {
  compress(request as Request, response as Response, () => undefined);
}
