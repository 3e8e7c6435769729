/** A SOAP call as the proxy heard it: what the client sent, and what the upstream server answered. */
import type { IncomingMessage } from 'node:http';
import type { Header } from '../cases/stored-request';
import { type Answered, pairsOf, pathOf } from './upstream';

/** A request and its reply, as they went over the wire. */
export interface HeardCall {
  readonly method: string;
  readonly path: string;
  /** `1.1` or `1.0`. */
  readonly httpVersion: string;
  readonly headers: readonly Header[];
  readonly body: Buffer;
  /** When the request came; UTC milliseconds. */
  readonly at: number;
  readonly status: number;
  readonly replyHeaders: readonly Header[];
  readonly reply: Buffer;
}

/** @returns undefined where a body is larger than what is kept */
export function toHeard(
  request: IncomingMessage,
  at: number,
  { status, rawHeaders, request: body, reply }: Answered,
): HeardCall | undefined {
  if (body === undefined || reply === undefined) return undefined;
  const { method = '', httpVersion } = request;
  return {
    method,
    path: pathOf(request),
    httpVersion,
    headers: pairsOf(request.rawHeaders),
    body,
    at,
    status,
    replyHeaders: pairsOf(rawHeaders),
    reply,
  };
}
