/**
 * Takes calls down once they are answered: goes along with those of SOAP and of REST. Nothing of a call
 * is looked at before its answer has gone out.
 * Decided: docs/decisions/calls.md
 */
import type { IncomingMessage } from 'node:http';
import type { Request, Response } from 'express';
import { outlasting } from '../base/growing-body';
import { readKeptCalls } from '../base/kept-calls';
import type { WriteReply } from '../base/reply-reader';
import type { Time } from '../base/time';
import type { GoAlong, Visit } from '../rest/visit';
import type { Line, SoapReply, SoapRequest } from '../soap/exchange';
import type { CallWatch, WatchCall } from '../soap/watch-call';
import { CallCounts } from './call-counts';
import { CallLog, MOST_TEXT } from './call-log';
import { type KeptCall, SOAP_PATH } from './kept-call';

/** Where calls are taken down. */
export interface Calls {
  /** How many are kept, as the setting has it. */
  readonly kept: string;
  /** Undefined: none is kept. */
  readonly log: CallLog | undefined;
  readonly counts: CallCounts;
}

type Clock = Pick<Time, 'now' | 'elapsed'>;

/** @param text of the setting: how many are kept */
export function createCalls(text: string): Calls {
  const kept = readKeptCalls(text) ?? { kind: 'off' };
  return {
    kept: text,
    log: kept.kind === 'off' ? undefined : new CallLog(kept),
    counts: new CallCounts(),
  };
}

/** What goes along with calls to take them down. */
export function recordCalls(calls: Calls, time: Clock) {
  const watchCall: WatchCall = (request) => new SoapRecord(request, calls, time);
  return { watchCall, goAlong: recordRest(calls, time) };
}

/** Takes down one call of SOAP. */
class SoapRecord implements CallWatch {
  /** Undefined: none, or more than are kept. */
  private bytes: Buffer | undefined;
  private requestBytes: number | undefined;
  /** The text of a reply that was made while it was written; undefined: it is too long. */
  private written: string | undefined = '';

  constructor(
    private readonly request: SoapRequest,
    private readonly calls: Calls,
    private readonly time: Clock,
  ) {}

  onBody(body: Buffer): void {
    this.requestBytes = body.length;
    // One that isn't kept is let go of as soon as it is read: its reply may wait long.
    if (this.calls.log && body.length <= MOST_TEXT) this.bytes = outlasting(body);
  }

  aroundPieces(body: WriteReply): WriteReply {
    if (!this.calls.log) return body;
    return (write) =>
      body((piece) => {
        if (this.written !== undefined) this.written = whole(this.written + piece);
        return write(piece);
      });
  }

  onAnswered(line: Line, { body }: SoapReply, replyBytes: number): void {
    const { request, bytes, requestBytes } = this;
    keepSoap(this.calls, line, {
      at: this.time.now(),
      bytes,
      requestBytes,
      contentType: request.contentType,
      soapAction: request.soapAction,
      replyBytes,
      text: typeof body === 'string' ? whole(body) : this.written,
    });
  }
}

/** What of a call the endpoint's line doesn't say. */
interface SeenOfSoap extends Pick<SoapRequest, 'contentType' | 'soapAction'> {
  readonly at: number;
  /** Undefined: none, or more than are kept. */
  readonly bytes: Buffer | undefined;
  readonly requestBytes: number | undefined;
  readonly replyBytes: number;
  /** Undefined: it is not kept. */
  readonly text: string | undefined;
}

function keepSoap(
  { log, counts }: Calls,
  { soapId: id, address, ms, fields }: Line,
  { at, bytes, requestBytes, replyBytes, text, contentType, soapAction }: SeenOfSoap,
): void {
  const said: SaidOfSoap = fields;
  const {
    operation = '-',
    version,
    login,
    returnCode,
    returnString,
    faultcode,
    faultstring,
  } = said;
  const code = String(returnCode ?? faultcode ?? 500);
  counts.add({ login, code, at });
  log?.add({
    id,
    at,
    api: 'soap',
    operation,
    version,
    login,
    key: undefined,
    address,
    code,
    message: returnString ?? faultstring,
    ms,
    requestBytes,
    replyBytes,
    request: bytes,
    reply: text,
    isCut: (requestBytes ?? 0) > MOST_TEXT || text === undefined,
    contentType,
    soapAction,
    method: 'POST',
    path: SOAP_PATH,
  });
}

/** What the endpoint's line says of a call, as far as it is known. */
interface SaidOfSoap {
  readonly operation?: string;
  readonly version?: string;
  readonly login?: string;
  readonly returnCode?: number;
  readonly returnString?: string;
  readonly faultcode?: string;
  readonly faultstring?: string;
}

function whole(text: string): string | undefined {
  return text.length <= MOST_TEXT ? text : undefined;
}

/** A body of lines, copied as it comes: the pieces lie in larger memory, which is not to be held. */
class SentLines {
  private held: Buffer | undefined;
  private end = 0;

  /** @param length of the body, in bytes; more than is kept: nothing is copied */
  constructor(private readonly length: number) {}

  add(piece: Buffer): void {
    if (this.length > MOST_TEXT) return;
    this.held ??= Buffer.allocUnsafe(this.length);
    this.end += piece.copy(this.held, this.end);
  }

  /** The last line is ended, too: no other body ends so. Undefined: it was none, or not all of it came. */
  text(): string | undefined {
    if (!this.held || this.end < this.length) return undefined;
    const text = this.held.toString();
    return text.endsWith('\n') ? text : `${text}\n`;
  }
}

/** An answer that is made while it is sent. */
class WrittenAnswer {
  private held: string | undefined = '';
  private isWhole = false;

  /** @param piece null: that was all */
  add(piece: string | null): void {
    if (piece === null) this.isWhole = true;
    else if (this.held !== undefined) this.held = whole(this.held + piece);
  }

  /** Undefined: there was none, not all of it was made, or it is too long. */
  text(): string | undefined {
    return this.isWhole ? this.held : undefined;
  }
}

/** Goes along with calls of REST. What people's pages only read is left out: looking would fill the list by itself. */
function recordRest({ log, counts }: Calls, time: Clock): GoAlong {
  return async (visit, response, answer) => {
    const { req: request } = response;
    const lines = log && new SentLines(lengthOf(request));
    const written = log && new WrittenAnswer();
    if (lines) visit.onPiece = (piece) => lines.add(piece);
    if (written) visit.onAnswer = (piece) => written.add(piece);
    await answer();
    const { login, person } = visit.trace;
    const { statusCode } = response;
    if (person !== undefined && request.method === 'GET') return;
    const at = time.now();
    counts.add({ login, code: String(statusCode), at });
    const ms = time.elapsed() - visit.started;
    const reply = visit.text ?? written?.text();
    log?.add(restCall(visit, response, { at, ms, lines: lines?.text(), text: reply }));
  };
}

/** What of a call its visit doesn't say. */
interface SeenOfRest {
  readonly at: number;
  readonly ms: number;
  /** The body, where it was one of lines. */
  readonly lines: string | undefined;
  /** The answer; undefined: it is not kept. */
  readonly text: string | undefined;
}

/** Statuses of answers without a body. */
const BODILESS: ReadonlySet<number> = new Set([204, 304]);

function restCall(
  { operation, trace }: Visit,
  { req, statusCode }: Response,
  seen: SeenOfRest,
): KeptCall {
  const { at, ms, lines, text } = seen;
  const { callId, login, key, person, address, route } = trace;
  const length = lengthOf(req);
  const sent = lines ?? textOf(req);
  const reply = text === undefined ? undefined : whole(text);
  return {
    id: callId,
    at,
    api: 'rest',
    operation: operation ?? route,
    version: undefined,
    login,
    key: key ?? person,
    address,
    code: String(statusCode),
    message: statusCode < 400 ? undefined : messageOf(reply),
    ms,
    requestBytes: Number.isFinite(length) ? length : undefined,
    replyBytes: text === undefined ? undefined : Buffer.byteLength(text),
    request: sent,
    reply,
    isCut: (sent === undefined && length > 0) || (reply === undefined && !BODILESS.has(statusCode)),
    contentType: req.headers['content-type'],
    soapAction: undefined,
    method: req.method,
    path: req.originalUrl,
  };
}

/** The body as JSON; undefined: there is none, or it is too long, or was not read as one document. */
function textOf(request: Request): string | undefined {
  const body: unknown = request.body;
  const isPacked = request.headers['content-encoding'] !== undefined;
  if (body === undefined || isPacked || lengthOf(request) > MOST_TEXT) return undefined;
  return whole(JSON.stringify(body));
}

/** The bytes of a body; Infinity: its length is not known. */
function lengthOf({ headers }: IncomingMessage): number {
  const isLengthUnknown = headers['transfer-encoding'] !== undefined;
  return isLengthUnknown ? Infinity : Number(headers['content-length'] ?? 0);
}

function messageOf(reply: string | undefined): string | undefined {
  const { message } = JSON.parse(reply ?? '{}') as { readonly message?: string };
  return message;
}
