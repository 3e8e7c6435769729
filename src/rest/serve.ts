/**
 * The path of one REST call: from a request to its route's handler, and to the answer.
 * Decided: docs/decisions/rest-edge.md
 */
import express, {
  type ErrorRequestHandler,
  type NextFunction,
  type Request,
  type RequestHandler,
  type Response,
  type Router,
} from 'express';
import type { Logger } from 'pino';
import { isFromOtherSite } from '../base/other-site';
import { Refusal } from '../base/refusal';
import {
  ApiError,
  badRequest,
  fromOtherSite,
  internalError,
  readOnlyKey,
  toApiError,
  unknownPath,
  wrongKey,
} from './api-error';
import { bodyReader, checkInput, type ReadBody, requireNoBody } from './read-request';
import type { Contexts, PlainAnswer, Route } from './route';

/** A caller, as far as every room has one. */
export interface Caller {
  /** The API key's name. */
  readonly name: string;
  readonly readOnly: boolean;
  readonly merchant: { readonly login: string };
}

/** A call that is to be carried out. */
export interface CheckedCall<C extends Contexts, Who extends Caller> {
  readonly route: Route<C>;
  readonly caller: Who;
  /** Names the call in the log and in the answer's X-Request-Id. */
  readonly callId: string;
  readonly input: unknown;
}

/** The parts that a room's REST side is built from. */
export interface RestOptions<C extends Contexts, Who extends Caller> {
  readonly routes: readonly Route<C>[];
  readonly logger: Logger;
  /** Makes callIds. */
  readonly newId: () => string;
  /** Bytes, after decompression. */
  readonly maxBody: number;
  /**
   * The caller that the request's key names; undefined: the key is none.
   * @throws TooManyFailures
   */
  readonly authenticate: (key: string | undefined, address: string) => Promise<Who | undefined>;
  /** The address that a request comes from. */
  readonly addressOf: (request: Request) => string;
  /**
   * Has the route's handler carry out a call, in the context that it needs.
   * @throws Refusal
   */
  readonly carryOut: (call: CheckedCall<C, Who>) => Promise<PlainAnswer>;
}

/** The parts that every answer needs. */
type Answering = Pick<RestOptions<Contexts, Caller>, 'logger' | 'newId'>;

/** A call as the log shows it: without any value of the request's own. */
interface Trace {
  readonly callId: string;
  readonly route: string;
  readonly started: number;
  login?: string;
  key?: string;
}

/** Builds the router of all calls, to be mounted under the room's path. */
export function createRest<C extends Contexts, Who extends Caller>(
  options: RestOptions<C, Who>,
): Router {
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

/** Answers a path that nothing is at. @param docs the path of the page that lists the calls */
export function refuseUnknown(options: Answering, docs: string): RequestHandler {
  return refuse(() => unknownPath(docs), options);
}

/** Answers a path that cannot be read: `%zz`, say. */
export function refuseBroken(options: Answering): ErrorRequestHandler {
  return (error: unknown, request: Request, response: Response, next: NextFunction) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    request.resume();
    sendError(response, error, startTrace(request.method, options), options);
  };
}

/** `/users/{email}` → `/users/:email` */
function toExpressPath(path: string): string {
  return path.replace(/\{(\w+)\}/g, ':$1');
}

function methodsByPath(routes: readonly Pick<Route, 'method' | 'path'>[]): Map<string, string[]> {
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

function serve<C extends Contexts, Who extends Caller>(
  route: Route<C>,
  readBody: ReadBody,
  options: RestOptions<C, Who>,
): RequestHandler {
  return async (request, response) => {
    const trace = startTrace(`${route.method.toUpperCase()} ${route.path}`, options);
    try {
      if (route.method !== 'get' && isFromOtherSite(request.headers)) throw fromOtherSite();
      const caller = await options.authenticate(
        request.get('X-API-KEY'),
        options.addressOf(request),
      );
      if (!caller) throw wrongKey();
      Object.assign(trace, { login: caller.merchant.login, key: caller.name });
      if (route.access === 'write' && caller.readOnly) throw readOnlyKey();
      if (route.body) await readBody(request, response);
      else if (!route.memberspot) requireNoBody(request);
      const input = checkInput(route, request);
      const { callId } = trace;
      const answer = await options.carryOut({ route, caller, callId, input });
      send(response, answer, trace, options);
    } catch (error) {
      sendError(response, error, trace, options);
    }
  };
}

function refuse(toError: () => ApiError, options: Answering): RequestHandler {
  return (request, response) => {
    request.resume();
    sendError(response, toError(), startTrace(request.method, options), options);
  };
}

function startTrace(route: string, { newId }: Answering): Trace {
  return { callId: newId(), route, started: performance.now() };
}

function send(
  response: Response,
  { status, headers = {}, body }: PlainAnswer,
  trace: Trace,
  options: Answering,
): void {
  const { callId } = trace;
  response.status(status).set({ 'Cache-Control': 'no-store', 'X-Request-Id': callId, ...headers });
  if (body === undefined) response.end();
  else response.json(body);
  log(trace, { status }, options);
}

function sendError(response: Response, error: unknown, trace: Trace, options: Answering): void {
  const answer = errorOf(error);
  const { statusCode: status, headers, cause } = answer;
  response.status(status).set({ 'Cache-Control': 'no-store', 'X-Request-Id': trace.callId });
  response.set(headers).json(answer.toBody());
  log(trace, { status, ...(cause === undefined ? {} : { err: cause }) }, options);
}

function log(trace: Trace, fields: { status: number }, { logger }: Answering): void {
  const { started, ...named } = trace;
  const ms = Math.round((performance.now() - started) * 100) / 100;
  logger[fields.status < 500 ? 'info' : 'error']({ ...named, ...fields, ms }, 'rest');
}

function errorOf(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  if (error instanceof Refusal) return toApiError(error);
  if (error instanceof URIError) return badRequest('The path is not encoded as a URL.');
  return internalError(error);
}
