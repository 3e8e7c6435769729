/** A request of SOAP and its reply, as HTTP hands them over, and what is said of them. */
import type { WriteReply } from '../base/reply-reader';

/** A request. */
export interface SoapRequest {
  /** The body's bytes, decompressed. Rejects with a SoapFault when they cannot be had. */
  readonly readBody: () => Promise<Buffer>;
  readonly contentType: string | undefined;
  /** The SOAPAction header, or the action parameter of a SOAP 1.2 Content-Type. */
  readonly soapAction: string | undefined;
  /** Where it comes from. */
  readonly address: string;
}

/** Its reply. */
export interface SoapReply {
  readonly status: number;
  readonly contentType: string;
  /** Further headers. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Whole, or made while it is written. */
  readonly body: string | WriteReply;
}

/** What the log says of a call. */
export interface Line {
  readonly soapId: string;
  readonly address: string;
  readonly level: 'info' | 'error';
  /** From the request until its answer was made, in milliseconds. */
  readonly ms: number;
  /** As far as they are known: operation, version, and returnCode or faultcode, among others. */
  readonly fields: Readonly<Record<string, unknown>>;
}
