/** What goes along with calls of SOAP, beside the endpoint: it gets what they are made of, and changes nothing. */
import type { WriteReply } from '../base/reply-reader';
import type { Line, SoapReply, SoapRequest } from './exchange';

/** Goes along with one call. */
export interface CallWatch {
  /** Gets the request's bytes, decompressed, before they are read; their memory may be given back with the answer. */
  readonly onBody: (bytes: Buffer) => void;
  /** Gets a reply that is made while it is written. @returns writes the same */
  readonly aroundPieces: (write: WriteReply) => WriteReply;
  /** Gets what was answered, when it has gone out: no client waits for what is done here. */
  readonly onAnswered: (line: Line, reply: SoapReply, replyBytes: number) => void;
}

/** Begins to go along with a call. */
export type WatchCall = (request: SoapRequest) => CallWatch;

/** Gets the line of each call that was answered, when the answer has gone out. */
export type OnLine = (line: Line) => void;
