/** Takes a request apart and holds it against the schemas of its route. */
import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { constants as zlibConstants } from 'node:zlib';
import express, { type Request, type Response } from 'express';
import type { z } from 'zod';
import { CLOSE, type ComingBodies, TIMEOUT, TOO_SLOW } from '../base/coming-bodies';
import { isInTooManyPieces, TOO_MANY_PIECES } from '../base/pieces';
import { ApiError, badRequest } from './api-error';
import { checkPart, MAX_PROBLEMS } from './check-part';
import { hasBody } from './closed';
import type { Input, Route } from './route';

/** The input of any route. */
type AnyInput = Input<undefined, undefined, undefined, undefined>;

/** Reads a JSON body into `request.body`. @param address that the request comes from */
export type ReadBody = (request: Request, response: Response, address: string) => Promise<void>;

/**
 * Reads JSON bodies, whatever the Content-Type says, compressed or not.
 * @param maxBody bytes, before and after decompression
 * @throws ApiError 400, 408, 413 or 415
 */
export function bodyReader(maxBody: number, comingBodies: ComingBodies): ReadBody {
  const json = express.json({ type: () => true, limit: maxBody, strict: false, verify });
  return (request, response, address) =>
    new Promise((resolve, reject) => {
      const leave = comingBodies.watch(request, address, () => {
        leave();
        reject(new ApiError(TIMEOUT, TOO_SLOW, CLOSE));
      });
      json(request, response, (error?: unknown) => {
        leave();
        if (isInTooManyPieces(request)) {
          reject(new ApiError(413, TOO_MANY_PIECES));
          return;
        }
        if (error === undefined) {
          resolve();
          return;
        }
        // A client that sends all of a request before it looks at the answer shall see the answer.
        request.resume();
        reject(toApiError(error as BodyError, maxBody));
      });
    });
}

/**
 * Bytes that are no UTF-8 would be read as U+FFFD, so that two ids became one.
 * Decided: docs/decisions/text.md
 */
function verify(_request: IncomingMessage, _response: unknown, bytes: Buffer, encoding: string) {
  if (encoding === 'utf-8' && !isUtf8(bytes)) throw new Error('not UTF-8');
}

/** Errors that body-parser and zlib throw. */
interface BodyError extends Error {
  readonly type?: string;
  readonly code?: string;
  readonly status?: number;
}

function toApiError(error: BodyError, maxBody: number): Error {
  const { type, code, status } = error;
  if (type === 'entity.too.large') {
    return new ApiError(413, `The request body is larger than ${maxBody} bytes.`);
  }
  if (type === 'entity.verify.failed') return badRequest('The request body is not UTF-8.');
  if (type === 'entity.parse.failed') return badRequest('The request body is not JSON.');
  if (status === 415) {
    return new ApiError(
      415,
      'Send JSON in UTF-8, as it is or compressed with gzip, deflate or br.',
    );
  }
  if (code !== undefined && code in zlibConstants) {
    return badRequest('The request body is not in its Content-Encoding.');
  }
  return status === 400 ? badRequest('The request was cut off.') : error;
}

/**
 * A call of our own that reads no body must not get one: its fields would be dropped without a word.
 * @throws ApiError 400
 */
export function requireNoBody(request: IncomingMessage): void {
  if (hasBody(request)) {
    throw badRequest(
      'the body must be absent: this call takes its parameters in the path and query',
    );
  }
}

/**
 * @returns the parts that the route has a schema for, as the schemas transform them
 * @throws ApiError 400 that names each field that is wrong
 */
export function checkInput(
  route: Pick<Route, 'params' | 'query' | 'headers' | 'body' | 'access'>,
  request: Request,
): AnyInput {
  const problems: string[] = [];
  const check = (schema: z.ZodType | undefined, value: unknown, name: string) => {
    if (!schema) return undefined;
    const checked = checkPart(schema, value, name);
    problems.push(...checked.problems);
    return checked.data;
  };
  const input = {
    params: check(route.params, request.params, 'the path'),
    query: check(route.query, request.query, 'the query'),
    headers: check(route.headers, headersOf(request), 'the headers'),
    // Of a batch each line is checked when it is read.
    body: route.access === 'batch' ? undefined : check(route.body, request.body, 'the body'),
  };
  if (problems.length > 0) throw badRequest(problems.slice(0, MAX_PROBLEMS).join('; '));
  return input as AnyInput;
}

/** Node joins a header that comes twice, but for cookies, which no call takes. */
function headersOf({ headers }: IncomingMessage): Record<string, unknown> {
  return { ...headers };
}
