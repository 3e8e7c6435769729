/** Reads JSON bodies, whatever the Content-Type says, compressed or not. */
import { TextDecoder } from 'node:util';
import type { Request, Response } from 'express';
import { BodyRefused } from '../base/body-refused';
import { CLOSE, TIMEOUT, TOO_SLOW } from '../base/coming-bodies';
import { TOO_MANY_PIECES } from '../base/pieces';
import { type BodyLimits, ReceivedBody } from '../base/receive-body';
import { ApiError, badRequest } from './api-error';
import { mostValues, parseJson } from './parse-json';

/** Reads a JSON body into `request.body`. @param address that the request comes from */
export type ReadBody = (request: Request, response: Response, address: string) => Promise<void>;

/** @throws ApiError 400, 408, 413 or 415 */
export function bodyReader(limits: BodyLimits): ReadBody {
  const most = mostValues(limits.maxBody);
  return async (request, response, address) => {
    const { headers } = request;
    if (headers['transfer-encoding'] === undefined && headers['content-length'] === undefined) {
      return;
    }
    const decode = decoderOf(headers['content-type']);
    const received = new ReceivedBody(request, address, limits);
    // A long one stays in memory until then.
    response.once('close', () => received.done());
    let bytes: Buffer;
    try {
      bytes = await received.read();
    } catch (error) {
      throw error instanceof BodyRefused ? toApiError(error, limits.maxBody) : error;
    }
    request.body = bytes.length === 0 ? {} : parseJson(decode(bytes), most, 'The request body');
  };
}

const CHARSET = /;\s*charset\s*=\s*"?([^\s";]+)/i;

/** JSON is UTF-8; UTF-16 is taken from those who say so. */
const DECODERS: ReadonlyMap<string, TextDecoder> = new Map(
  ['utf-8', 'utf-16', 'utf-16le', 'utf-16be'].map((name) => [
    name,
    new TextDecoder(name, { fatal: true }),
  ]),
);

/**
 * Bytes that are no UTF-8 would be read as U+FFFD, so that two ids became one.
 * Decided: docs/decisions/text.md
 * @throws ApiError 415
 */
function decoderOf(contentType = ''): (bytes: Buffer) => string {
  const [, charset = 'utf-8'] = CHARSET.exec(contentType) ?? [];
  const decoder = DECODERS.get(charset.toLowerCase());
  if (!decoder) throw notSupported();
  return (bytes) => {
    try {
      return decoder.decode(bytes);
    } catch {
      throw badRequest(`The request body is not ${charset.toUpperCase()}.`);
    }
  };
}

function notSupported(): ApiError {
  return new ApiError(415, 'Send JSON in UTF-8, as it is or compressed with gzip, deflate or br.');
}

function toApiError({ problem }: BodyRefused, maxBody: number): ApiError {
  switch (problem) {
    case 'too large':
      return new ApiError(413, `The request body is larger than ${maxBody} bytes.`);
    case 'too many pieces':
      return new ApiError(413, TOO_MANY_PIECES);
    case 'too slow':
      return new ApiError(TIMEOUT, TOO_SLOW, CLOSE);
    case 'unknown encoding':
      return notSupported();
    case 'not in its encoding':
      return badRequest('The request body is not in its Content-Encoding.');
    case 'cut off':
      return badRequest('The request was cut off.');
  }
}
