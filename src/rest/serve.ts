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
import type { LogIds, NamedIds } from '../base/log-ids';
import type { BigReplies } from '../base/big-replies';
import { isFromOtherSite } from '../base/other-site';
import type { BodyLimits } from '../base/receive-body';
import { endEarly, ReaderGone } from '../base/reply-reader';
import { describeSlow, round, type SlowCalls, Spent } from '../base/spent';
import type { Time } from '../base/time';
import { errorOf, fromOtherSite, requireScope, unknownPath, wrongKey } from './api-error';
import { endOf } from './end-of';
import { accompanied } from './accompanied';
import { countedBy, enterList, mayBeLong } from './list-call';
import { type Lines, readLines, requirePlain } from './lines';
import { methodsByPath, notAllowed, toExpressPath } from './paths';
import { bodyReader, type ReadBody } from './read-json';
import { checkInput, requireNoBody } from './read-request';
import { type Contexts, type Pieces, type PlainAnswer, type Route, scopeOf } from './route';
import { type RefusedCall, toRefused } from './refused-call';
import { sendList, sendText, withText } from './send-json';
import { hearing, readerOf, sendLines, sendPieces, writtenHead } from './send-pieces';
import { type Caller, type GoAlong, namesOf, type Visit } from './visit';

/** A call that is to be carried out. */
export interface CheckedCall<C extends Contexts, Who extends Caller> {
  readonly route: Route<C>;
  readonly caller: Who;
  /** Names the call in the log and in the answer's X-Request-Id. */
  readonly callId: string;
  readonly input: unknown;
  /** Gets the times of its units of work. */
  readonly spent: Spent;
  /** Of a batch, its body. */
  readonly lines: Lines;
  /** The signal that its client is gone, or the server stops. */
  readonly ended: () => AbortSignal;
  /** Whether its client is gone. */
  readonly isGone: () => boolean;
  /** Waits until an answer of many rows may be read, where the route itself does not say that it may be one. */
  readonly enterList: () => Promise<void>;
}

/** The parts that a room's REST side is built from. */
export interface RestOptions<C extends Contexts, Who extends Caller> extends SlowCalls, BodyLimits {
  readonly time: Pick<Time, 'elapsed' | 'after'>;
  /** Seconds that the reader of an answer in pieces may stand still. */
  readonly replyTimeout: number;
  /** Where long lists wait for one another. */
  readonly bigReplies: BigReplies;
  readonly routes: readonly Route<C>[];
  readonly logger: Logger;
  /** Writes the ids that a refused call names into the log. */
  readonly logIds: LogIds;
  /** Finds them. @param parts path, query and body, as they were sent */
  readonly namedIds: (parts: readonly unknown[]) => NamedIds;
  /** Makes callIds. */
  readonly newId: () => string;
  /** Aborted when the server is to end: answers that go on until then end. */
  readonly stopping?: AbortSignal | undefined;
  /**
   * The caller that the request's key or session names; undefined: the key is none.
   * @throws TooManyFailures
   * @throws ApiError where it is refused in words of its own
   */
  readonly authenticate: (
    request: Request,
    address: string,
    route: Route<C>,
  ) => Promise<Who | undefined>;
  /** The address that a request comes from. */
  readonly addressOf: (request: Request) => string;
  /**
   * Has the route's handler carry out a call, in the context that it needs.
   * @throws Refusal
   */
  readonly carryOut: (call: CheckedCall<C, Who>) => Promise<PlainAnswer>;
  /** Gets each call that is refused before, ahead of its answer. */
  readonly onRefused?: ((refused: RefusedCall) => Promise<void>) | undefined;
  /** Goes along with every call; default: nothing does. */
  readonly goAlong?: GoAlong | undefined;
}

/** The parts that every answer needs. */
type Answering = Pick<
  RestOptions<Contexts, Caller>,
  'logger' | 'logIds' | 'namedIds' | 'newId' | 'addressOf' | 'slowCall' | 'time' | 'goAlong'
>;

/** The parts that answers in pieces need beside them. */
type Writing = Answering & Pick<RestOptions<Contexts, Caller>, 'replyTimeout' | 'bigReplies'>;

/** Builds the router of all calls, to be mounted under the room's path. */
export function createRest<C extends Contexts, Who extends Caller>(
  options: RestOptions<C, Who>,
): Router {
  const router = express.Router({ caseSensitive: true, strict: true });
  const readBody = bodyReader(options);
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
    void refuse(() => error, options)(request, response, next);
  };
}

function serve<C extends Contexts, Who extends Caller>(
  route: Route<C>,
  readBody: ReadBody,
  options: RestOptions<C, Who>,
): RequestHandler {
  const operation = `${route.method.toUpperCase()} ${route.path}`;
  const begin = (request: Request) => start(operation, request, options);
  const answer = async (request: Request, response: Response, visit: Visit) => {
    const { trace, spent, started } = visit;
    const { elapsed } = options.time;
    let caller: Who | undefined;
    let isRefused = true;
    try {
      if (route.method !== 'get' && isFromOtherSite(request.headers)) throw fromOtherSite();
      caller = await options.authenticate(request, trace.address, route);
      const known = elapsed();
      spent.login = known - started;
      if (!caller) throw wrongKey();
      Object.assign(trace, namesOf(caller));
      requireScope(caller, scopeOf(route));
      if (route.access === 'batch') requirePlain(request);
      else if (route.body) await readBody(request, response, trace.address);
      else if (!route.memberspot) requireNoBody(request);
      const input = checkInput(route, request);
      spent.read = elapsed() - known;
      const { merchant } = caller;
      const enter = async () => {
        const from = elapsed();
        visit.list = await enterList(route, merchant, options.bigReplies);
        spent.queue = elapsed() - from;
        if (response.destroyed) throw new ReaderGone();
      };
      if (mayBeLong(route, input)) await enter();
      const { callId } = trace;
      const lines = readLines(request, visit.onPiece);
      const call = { route, caller, callId, input, spent, lines };
      const end = { ended: endOf(response, options.stopping), isGone: () => response.destroyed };
      isRefused = false;
      const { body, ...answer } = await options.carryOut({ ...call, ...end, enterList: enter });
      const { pieces } = answer;
      if (pieces) await sendWritten(response, route, { ...answer, pieces }, visit, options);
      else await send(response, answer, withText(visit, body), options);
    } catch (error) {
      if (isRefused) await options.onRefused?.(toRefused(request, { route, caller, trace, error }));
      const isOver = response.headersSent || error instanceof ReaderGone;
      if (isOver) breakOff(response, error, visit, options);
      else await sendError(response, error, visit, options);
    } finally {
      visit.list?.leave(0);
    }
  };
  return accompanied({ begin, answer }, options.goAlong);
}

function refuse(toError: () => unknown, options: Answering): RequestHandler {
  const answer = (request: Request, response: Response, visit: Visit) => {
    request.resume();
    return sendError(response, toError(), visit, options);
  };
  const begin = (request: Request) => start(undefined, request, options);
  return accompanied({ begin, answer }, options.goAlong);
}

/** @param operation undefined: nothing is at its path */
function start(operation: string | undefined, request: Request, options: Answering): Visit {
  const { newId, addressOf, time } = options;
  const route = operation ?? request.method;
  const trace = { callId: newId(), route, address: addressOf(request) };
  return { operation, trace, started: time.elapsed(), spent: new Spent() };
}

async function send(
  response: Response,
  { status, headers = {}, changed }: Omit<PlainAnswer, 'body'>,
  visit: Visit,
  options: Writing,
): Promise<void> {
  const { text, list, trace } = visit;
  const answered = options.time.elapsed();
  response.status(status).set({ 'Cache-Control': 'no-store', 'X-Request-Id': trace.callId });
  response.set(headers);
  const fields = changed === undefined ? { status } : { status, changed };
  if (text === undefined) response.end();
  else if (!list) sendText(response, text);
  else if (await sendList(response, { text, list }, options.bigReplies, readerOf(options)))
    Object.assign(fields, CUT_OFF);
  log(response, visit, fields, answered, options);
}

/** Sends an answer that is made while it is sent. */
async function sendWritten(
  response: Response,
  route: Pick<Route, 'answers'>,
  answer: PlainAnswer & { readonly pieces: Pieces },
  visit: Visit,
  options: Writing,
): Promise<void> {
  const { status, pieces } = answer;
  const { list, onAnswer } = visit;
  const { written } = route.answers[status] ?? {};
  const begin = () => response.status(status).set(writtenHead(route, answer, visit.trace.callId));
  const heard = onAnswer && written ? hearing(pieces, onAnswer) : pieces;
  const counted = list ? countedBy(list, options.bigReplies, heard) : heard;
  const sendAll = written === 'lines' ? sendLines : sendPieces;
  const { isGone, failure } = await sendAll(response, counted, begin, readerOf(options));
  if (failure !== undefined) throw failure as Error;
  const fields = { status, ...(isGone ? CUT_OFF : {}) };
  log(response, visit, fields, options.time.elapsed(), options);
}

/** In the log: the client went away. What was done before is done. */
const CUT_OFF = { cutOff: true };

/** Ends an answer that has begun: an error cannot be answered any more. */
function breakOff(response: Response, error: unknown, visit: Visit, options: Writing): void {
  const { statusCode: status, req } = response;
  const isGone = (req.destroyed && !req.complete) || error instanceof ReaderGone;
  endEarly(response, readerOf(options));
  const fields = isGone ? { status, ...CUT_OFF } : { status: 500, err: error };
  log(response, visit, fields, options.time.elapsed(), options);
}

async function sendError(
  response: Response,
  error: unknown,
  visit: Visit,
  options: Answering,
): Promise<void> {
  const answer = errorOf(error);
  const answered = options.time.elapsed();
  const { statusCode: status, headers, cause, message: reason } = answer;
  response.status(status).set({ 'Cache-Control': 'no-store', 'X-Request-Id': visit.trace.callId });
  response.set(headers);
  sendText(response, withText(visit, answer.toBody()).text ?? '');
  const { req } = response;
  const named = options.namedIds([req.params, req.query, req.body as unknown]);
  const described = await options.logIds.describe(named, { reason });
  const fields = { status, ...described, ...(cause === undefined ? {} : { err: cause }) };
  log(response, visit, fields, answered, options);
}

function log(
  response: Response,
  { trace, started, spent }: Visit,
  fields: { readonly status: number; readonly [name: string]: unknown },
  answered: number,
  options: Answering,
): void {
  const { logger } = options;
  const ms = round(answered - started);
  logger[fields.status < 500 ? 'info' : 'error']({ ...trace, ...fields, ms }, 'rest');
  const { req: request } = response;
  // A compressed body says its length nowhere.
  const replyBytes = numberOf(response.get('Content-Length'));
  const requestBytes = numberOf(request.get('Content-Length'));
  const slow = describeSlow(options, { spent, started, answered, requestBytes, replyBytes });
  if (slow !== undefined) logger.warn({ ...trace, ...slow }, 'slow call');
}

function numberOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}
