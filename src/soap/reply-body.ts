/** The body of a reply: an envelope around a response, whole or in pieces. */
import type { WriteReply } from '../base/reply-reader';
import { encodeBy, type EncodeOptions, TooLong, Writers } from './encode';
import { encodeInPieces, type Response } from './encode-in-pieces';
import { envelope, envelopeFrame, type SoapVersion } from './write-envelope';

/** Writes a body or, where it is too large for one turn of the event loop, gives what makes it while it is written. */
export type WriteBody = (soap: SoapVersion, response: Response) => string | WriteReply;

/** Builds it. */
export function bodyWriter(options: EncodeOptions): WriteBody {
  const writers = new Writers(options);
  const encode = encodeBy(writers);
  return (soap, response) => {
    const { operation, output, selection } = response;
    try {
      return envelope(soap, encode(operation, output, selection));
    } catch (error) {
      if (!(error instanceof TooLong)) throw error;
      return (write) => encodeInPieces(writers, response, { frame: envelopeFrame(soap), write });
    }
  };
}
