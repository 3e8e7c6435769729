/** SOAP over HTTP: from a request to the endpoint and back. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { finished } from 'node:stream/promises';
import type { Time } from '../base/time';
import { type ReaderOptions, type WriteReply, writeReply } from '../base/reply-reader';
import { isInTooManyPieces, TOO_MANY_PIECES } from '../base/pieces';
import { FROM_OTHER_SITE, isFromOtherSite } from '../base/other-site';
import { BIG, type BigReplies, HELD } from '../base/big-replies';
import { decompressorOf, tooLarge } from './content-encoding';
import type { Answer, Endpoint } from './endpoint';
import { SoapFault } from './fault';
import { GrowingBody } from './growing-body';
import { createTurns } from './turn';
import { actionOf } from './soap-action';
import { writeBody } from './write-body';

/** Answers a request; rejects only when even a Fault cannot be sent. */
export type SoapOverHttp = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export interface SoapHttpOptions {
  readonly endpoint: Endpoint;
  /** The one that the endpoint has. */
  readonly bigReplies: BigReplies;
  /** Bytes, before and after decompression. */
  readonly maxBody: number;
  /** Finds the address that a request comes from. */
  readonly addressOf: (request: IncomingMessage) => string;
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
  maxBody,
  addressOf,
  replyTimeout,
  time,
}: SoapHttpOptions): SoapOverHttp {
  const receive = async (request: IncomingMessage) => {
    if (isFromOtherSite(request.headers)) {
      throw new SoapFault('Client', FROM_OTHER_SITE, undefined, 403);
    }
    if (Number(request.headers['content-length']) > maxBody) throw tooLarge(maxBody);
    const decompress = decompressorOf(request.headers['content-encoding']);
    const body = await readPlain(request, maxBody);
    return decompress ? decompress(body, maxBody) : body;
  };
  const readBody = async (request: IncomingMessage) => {
    try {
      return await receive(request);
    } catch (error) {
      await readAway(request, READ_AWAY * maxBody);
      throw error;
    }
  };

  const reader = { time, limit: replyTimeout * 1000 };
  const sendInPieces = sendInPiecesBy(bigReplies, reader);
  const presentTurn = createTurns();
  return async (request, response) => {
    const turn = presentTurn();
    const contentType = request.headers['content-type'];
    const { reply, kind, log } = await endpoint({
      readBody: () => readBody(request),
      contentType,
      address: addressOf(request),
      // Node joins a header that comes twice: never an array.
      soapAction: (request.headers.soapaction as string | undefined) ?? actionOf(contentType),
    });
    const { body } = reply;
    if (typeof body === 'function') {
      await sendInPieces(response, { body, reply, kind, log });
      return;
    }
    const length = Buffer.byteLength(body);
    // Each reply that goes out alone wakes its client anew, which costs more than a look-up.
    if (!turn.isOver) await turn.end;
    // Spread last: adding a property after a spread is ten times slower.
    response.writeHead(reply.status, {
      'Content-Type': reply.contentType,
      'Content-Length': length,
      ...reply.headers,
    });
    if (kind === undefined || length < BIG) {
      response.end(length <= AS_TEXT ? body : Buffer.from(body));
      log(length);
      return;
    }
    bigReplies.count(kind, length);
    const onRead = (bytes: number) => bigReplies.count(kind, -bytes);
    await writeBody(response, Buffer.from(body), { onRead, ...reader });
    log(length);
  };
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

/** Reads a body that is sent as it is. */
function readPlain(request: IncomingMessage, maxBody: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const body = new GrowingBody();
    const take = (chunk: Buffer) => {
      body.add(chunk);
      if (body.length > maxBody) fail(tooLarge(maxBody));
    };
    const end = () => {
      if (isInTooManyPieces(request)) fail(new SoapFault('Client', TOO_MANY_PIECES));
      else resolve(body.bytes());
    };
    const close = () => {
      if (!request.complete) fail(cutOff());
    };
    const fail = (error: Error) => {
      request.off('data', take).off('end', end).off('close', close).off('error', close);
      reject(error);
    };
    request.on('data', take).on('end', end).on('close', close).on('error', close);
  });
}

function cutOff(): SoapFault {
  return new SoapFault('Client', 'The request was cut off.');
}

/**
 * Bytes of a body up to which it goes out as text: Node.js then writes it and the head as one, and sets aside three
 * bytes for each character meanwhile.
 */
const AS_TEXT = 2 ** 14;

/** A refused body is read away up to this many times the size of the largest that is taken. */
const READ_AWAY = 64;

/**
 * Reads what is left of a refused body, and keeps none of it. After the reply to a client that
 * asked for no further request, Node closes the connection at once; older stacks send all of a
 * request before they look at the reply, so cut off in the middle they would never see the Fault.
 * A client that goes on for ever is cut off nevertheless.
 */
async function readAway(request: IncomingMessage, most: number): Promise<void> {
  let bytes = 0;
  request.on('data', ({ length }: Buffer) => {
    bytes += length;
    if (bytes > most) request.destroy();
  });
  request.resume();
  try {
    await finished(request);
  } catch {
    // The client went away and waits for no reply.
  }
}
