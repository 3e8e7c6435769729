/** Holds a request against the schemas of its route. */
import type { IncomingMessage } from 'node:http';
import type { Request } from 'express';
import type { z } from 'zod';
import { badRequest } from './api-error';
import { checkPart, MAX_PROBLEMS } from './check-part';
import { hasBody } from './closed';
import type { Input, Route } from './route';

/** The input of any route. */
type AnyInput = Input<undefined, undefined, undefined, undefined>;

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
  if (route.query) requireEncodedQuery(request);
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

/** Express puts U+FFFD for what is not UTF-8: another text than the client named would be looked for. */
function requireEncodedQuery({ originalUrl }: Request): void {
  const start = originalUrl.indexOf('?');
  if (start < 0 || !originalUrl.includes('%', start)) return;
  try {
    decodeURIComponent(originalUrl.slice(start));
  } catch {
    throw badRequest('The query is not encoded as a URL.');
  }
}

/** Node joins a header that comes twice, but for cookies, which no call takes. */
function headersOf({ headers }: IncomingMessage): Record<string, unknown> {
  return { ...headers };
}
