/**
 * The path of one REST call: from a request to its route's handler, and to the answer.
 * Decided: docs/decisions/rest-edge.md
 */
import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import type { Logger } from 'pino';
import { Refusal } from '../base/refusal';
import { type Reader, type Store, StoreError } from '../store/store';
import {
  ApiError,
  badRequest,
  internalError,
  readOnlyKey,
  toApiError,
  unknownPath,
  wrongKey,
} from './api-error';
import type { Caller } from '../access/authenticate-key';
import { bodyReader, checkInput, type ReadBody } from './read-request';
import type { ApiSurroundings, PlainAnswer, Route } from './route';

/** What the REST side is built from. */
export interface ApiOptions extends ApiSurroundings {
  readonly routes: readonly Route[];
  readonly store: Store;
  readonly logger: Logger;
  /** Bytes, after decompression. */
  readonly maxBody: number;
  /**
   * The caller that the request's key names; undefined: the key is none.
   * @throws TooManyFailures
   */
  readonly authenticate: (key: string | undefined, address: string) => Promise<Caller | undefined>;
  /** The address that a request comes from. */
  readonly addressOf: (request: Request) => string;
}

/** What the log gets of a call: never a value of the request's own. */
interface Trace {
  readonly callId: string;
  readonly route: string;
  readonly started: number;
  login?: string;
  key?: string;
}

/** Builds the router of all calls, to be mounted under /v1. */
export function createApi(options: ApiOptions): Router {
  const router = express.Router({ caseSensitive: true, strict: true });
  const readBody = bodyReader(options.maxBody);
  for (const route of options.routes) {
    router[route.method](toExpressPath(route.path), serve(route, readBody, options));
  }
  for (const [path, methods] of methodsByPath(options.routes)) {
    router.all(
      path,
      refuse(() => notAllowed(methods), options),
    );
  }
  return router;
}

/** What answers a path under /v1 that nothing else is at. */
export function refuseUnknown(options: ApiOptions): RequestHandler {
  return refuse(unknownPath, options);
}

/** `/users/{email}` → `/users/:email` */
function toExpressPath(path: string): string {
  return path.replace(/\{(\w+)\}/g, ':$1');
}

function methodsByPath(routes: readonly Route[]): Map<string, string[]> {
  const methods = new Map<string, string[]>();
  for (const { path, method } of routes) {
    const known = methods.get(toExpressPath(path)) ?? [];
    methods.set(toExpressPath(path), [...known, method.toUpperCase()]);
  }
  return methods;
}

function notAllowed(methods: readonly string[]): ApiError {
  const allow = methods.join(', ');
  return new ApiError(405, `The method is not allowed here; ${allow} is.`, { Allow: allow });
}

function serve(route: Route, readBody: ReadBody, options: ApiOptions): RequestHandler {
  return async (request, response) => {
    const trace = startTrace(`${route.method.toUpperCase()} ${route.path}`, options);
    try {
      const caller = await options.authenticate(
        request.get('X-API-KEY'),
        options.addressOf(request),
      );
      if (!caller) throw wrongKey();
      Object.assign(trace, { login: caller.merchant.login, key: caller.name });
      if (route.access === 'write' && caller.readOnly) throw readOnlyKey();
      if (route.body) await readBody(request, response);
      const input = checkInput(route, request);
      send(response, await handle(route, caller, input, trace, options), trace, options);
    } catch (error) {
      sendError(response, error, trace, options);
    }
  };
}

async function handle(
  route: Route,
  { merchant, name }: Caller,
  input: unknown,
  { callId }: Trace,
  { store, newId, timeZone }: ApiOptions,
): Promise<PlainAnswer> {
  const carryOut = (unit: Reader) => {
    const work = { actor: name, callId, now: unit.now(), timeZone, newId };
    return route.handle({ merchant, work, input, unit });
  };
  return route.access === 'read'
    ? carryOut(store.reader(merchant.id))
    : store.transact(merchant.id, carryOut);
}

function refuse(toError: () => ApiError, options: ApiOptions): RequestHandler {
  return (request, response) => {
    request.resume();
    sendError(response, toError(), startTrace(request.method, options), options);
  };
}

function startTrace(route: string, { newId }: ApiOptions): Trace {
  return { callId: newId(), route, started: performance.now() };
}

function send(
  response: Response,
  { status, headers = {}, body }: PlainAnswer,
  trace: Trace,
  options: ApiOptions,
): void {
  const { callId } = trace;
  response.status(status).set({ 'Cache-Control': 'no-store', 'X-Request-Id': callId, ...headers });
  if (body === undefined) response.end();
  else response.json(body);
  log(trace, { status }, options);
}

function sendError(response: Response, error: unknown, trace: Trace, options: ApiOptions): void {
  const answer = errorOf(error);
  const { statusCode: status, headers, cause } = answer;
  response.status(status).set({ 'Cache-Control': 'no-store', 'X-Request-Id': trace.callId });
  response.set(headers).json(answer.toBody());
  log(trace, { status, ...(cause === undefined ? {} : { err: cause }) }, options);
}

function log(trace: Trace, fields: { status: number }, { logger }: ApiOptions): void {
  const { started, ...named } = trace;
  const ms = Math.round((performance.now() - started) * 100) / 100;
  logger[fields.status < 500 ? 'info' : 'error']({ ...named, ...fields, ms }, 'rest');
}

function errorOf(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  if (error instanceof Refusal) return toApiError(error);
  if (error instanceof URIError) return badRequest('The path is not encoded as a URL.');
  if (error instanceof StoreError && error.kind === 'unavailable') {
    return new ApiError(503, `The store failed: ${error.description}.`, {}, { cause: error });
  }
  return internalError(error);
}
