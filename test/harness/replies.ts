/** Keeps a server's answers, for tests whose replies go to a program that shows little of them. */
import type { Server, ServerResponse } from 'node:http';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';

/** The bodies of the replies to POST requests, decompressed; each is there before it is sent. */
export function keepReplies(server: Server): readonly string[] {
  const replies: string[] = [];
  // Before the application's own listener, which may answer at once.
  server.prependListener('request', ({ method }, response) => {
    if (method === 'POST') watch(response, (body) => void replies.push(body));
  });
  return replies;
}

function watch(response: ServerResponse, keep: (body: string) => void): void {
  const pieces: Buffer[] = [];
  const before = (name: 'write' | 'end', look: (piece: unknown) => void): void => {
    const send = response[name].bind(response) as (...args: unknown[]) => never;
    response[name] = (...args: unknown[]) => {
      look(args[0]);
      return send(...args);
    };
  };
  const add = (piece: unknown) => {
    if (typeof piece === 'string' || piece instanceof Uint8Array) pieces.push(Buffer.from(piece));
  };
  before('write', add);
  before('end', (piece) => {
    add(piece);
    const encoding = String(response.getHeader('Content-Encoding') ?? 'identity');
    keep(DECOMPRESS[encoding]?.(Buffer.concat(pieces)).toString('utf8') ?? '');
  });
}

const DECOMPRESS: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
  identity: (bytes) => bytes,
  gzip: gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync,
};
