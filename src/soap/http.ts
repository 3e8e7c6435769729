/** SOAP over HTTP: from a request to the endpoint and back. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type ReaderOptions, type WriteReply, writeReply } from '../base/reply-reader';
import type { BodyLimits } from '../base/receive-body';
import { BIG, type BigReplies, HELD } from '../base/big-replies';
import type { Time } from '../base/time';
import type { Answer, Endpoint } from './endpoint';
import type { SoapReply } from './exchange';
import { packAtOnce, type Packed, packWhileWritten } from './pack-reply';
import { Body } from './receive-body';
import { createTurns } from './turn';
import { actionOf } from './soap-action';
import { writeBody } from './write-body';

/** Answers a request; rejects only when even a Fault cannot be sent. */
export type SoapOverHttp = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export interface SoapHttpOptions extends BodyLimits {
  /** Finds the address that a request comes from. */
  readonly addressOf: (request: IncomingMessage) => string;
  readonly endpoint: Endpoint;
  /** The one that the endpoint has. */
  readonly bigReplies: BigReplies;
  /** Seconds that the reader of a large reply may stand still. */
  readonly replyTimeout: number;
  readonly time: Pick<Time, 'after'>;
}

/**
 * Answers POSTed SOAP requests. Bodies may be gzip or deflate, chunked or not.
 */
export function soapOverHttp({
  endpoint,
  bigReplies,
  replyTimeout,
  ...options
}: SoapHttpOptions): SoapOverHttp {
  const { addressOf, time } = options;
  const reader = { time, limit: replyTimeout * 1000 };
  const sendInPieces = sendInPiecesBy(bigReplies, reader);
  const presentTurn = createTurns();
  return async (request, response) => {
    const turn = presentTurn();
    const contentType = request.headers['content-type'];
    const address = addressOf(request);
    const received = new Body(request, address, options);
    const { reply, kind, log } = await endpoint({
      readBody: () => received.read(),
      contentType,
      address,
      // Node joins a header that comes twice: never an array.
      soapAction: (request.headers.soapaction as string | undefined) ?? actionOf(contentType),
    });
    received.done();
    const { body } = reply;
    // A client that accepts no encoding need not pay for the choice of one.
    const mayBePacked = request.headers['accept-encoding'] !== undefined;
    if (typeof body === 'function') {
      if (mayBePacked) packWhileWritten(request, response);
      await sendInPieces(response, { body, reply, kind, log });
      return;
    }
    const length = Buffer.byteLength(body);
    // Each reply that goes out alone wakes its client anew, which costs more than a look-up.
    if (!turn.isOver) await turn.end;
    const packed = mayBePacked && length <= AS_TEXT ? packAtOnce(request, body) : undefined;
    if (packed) {
      sendPacked(response, reply, packed);
      log(length);
      return;
    }
    if (mayBePacked) packWhileWritten(request, response);
    // Spread last: adding a property after a spread is ten times slower.
    response.writeHead(reply.status, {
      'Content-Type': reply.contentType,
      'Content-Length': length,
      ...reply.headers,
    });
    if (kind === undefined || length < BIG) {
      // As many bytes as characters: it is ASCII, which needn't be turned into anything.
      if (length <= AS_TEXT) response.end(body, length === body.length ? 'latin1' : 'utf8');
      else response.end(Buffer.from(body));
      log(length);
      return;
    }
    bigReplies.count(kind, length);
    const onRead = (bytes: number) => bigReplies.count(kind, -bytes);
    await writeBody(response, Buffer.from(body), { onRead, ...reader });
    log(length);
  };
}

function sendPacked(
  response: ServerResponse,
  { status, contentType, headers }: SoapReply,
  packed: Packed,
): void {
  // So that what is put around a response knows them before its end.
  for (const [name, value] of Object.entries(packed.headers)) response.setHeader(name, value);
  response.writeHead(status, {
    'Content-Type': contentType,
    'Content-Length': packed.body.length,
    ...headers,
  });
  response.end(packed.body);
}

/** Sends a reply that is made while it is written. */
function sendInPiecesBy(bigReplies: BigReplies, reader: ReaderOptions) {
  return async (
    response: ServerResponse,
    { body, reply, kind, log }: Answer & { readonly body: WriteReply },
  ): Promise<void> => {
    response.writeHead(reply.status, { 'Content-Type': reply.contentType, ...reply.headers });
    if (kind) bigReplies.count(kind, HELD);
    const make: WriteReply = (write) =>
      body((text) => {
        bigReplies.onLarge();
        return write(text);
      });
    const { bytes, failure } = await writeReply(response, make, reader);
    if (kind) bigReplies.count(kind, -HELD);
    log(bytes, failure);
  };
}

/**
 * Bytes of a body up to which it goes out as text: Node.js then writes it and the head as one, and sets aside three
 * bytes for each character meanwhile.
 */
const AS_TEXT = 2 ** 14;
