/**
 * The path of one SOAP request, from bytes to bytes. It knows HTTP by three fields and no CashBox
 * rule: authentication and handlers are injected.
 * Decided: docs/decisions/fault-or-return.md
 */
import type { Logger } from 'pino';
import type { LogIds, NamedIds } from '../base/log-ids';
import { cut } from '../base/quote';
import type { SlowCalls, Spent } from '../base/spent';
import type { Contract } from '../contract/contract';
import type { Operation } from '../contract/model';
import { Busy, Refusal, TooManyFailures } from '../base/refusal';
import type { Selection } from '../contract/selection';
import type { Authentication } from '../contract/types.generated';
import { BIG, type BigReplies, type ReplyKind } from '../base/big-replies';
import type { DecodedObject, DecodeOptions } from './decode';
import type { EncodeOptions, Fields } from './encode';
import { SoapFault, tooManyFailedLogins, tooManyLogins, writeFault } from './fault';
import { findOperation, type OperationCall } from './find-operation';
import { readEnvelopeInTurns } from './read-envelope';
import { isOtherVersion, readAuthentication, type Takes } from './read-input';
import { parseSrd } from './srd';
import { decodeText } from './text';
import { findProblems, type Validation } from './validate';
import type { Line, SoapReply, SoapRequest } from './exchange';
import { logOf, Visit } from './visit';
import type { OnLine, WatchCall } from './watch-call';
import type { XmlElement } from './xml-element';
import { bodyWriter, type WriteBody } from './reply-body';
import { announcedVersion, contentType, type SoapVersion } from './write-envelope';

/** A decoded and authenticated call, as a handler gets it. */
export interface SoapCall<Caller> {
  readonly caller: Caller;
  /** Names this call in the log, the ledger and the reply: 40 hexadecimal digits. */
  readonly soapId: string;
  /** The message's parts without auth and srd. */
  readonly input: DecodedObject;
  /** Gets the times of its units of work. */
  readonly spent: Spent;
  /** The parts of the reply that srd selects. */
  readonly selection: Selection;
}

/** Does what an operation is for and answers its output parts, without `return`. */
export interface SoapHandler<Caller> extends Takes {
  (call: SoapCall<Caller>): Promise<object>;
}

export interface EndpointOptions<Caller> extends SlowCalls {
  readonly contract: Contract;
  readonly codec: DecodeOptions & EncodeOptions;
  /** Strict: a request that breaks its version's WSDL gets a Fault, before its caller is known. */
  readonly validation: Validation;
  readonly logger: Logger;
  /** Writes the ids that a refused call names into the log. */
  readonly logIds: LogIds;
  /** Finds them. @param service the class */
  readonly namedIds: (service: string, input: DecodedObject) => NamedIds;
  readonly newSoapId: () => string;
  /**
   * The caller that the credentials name. @param operation for which they are given
   * @throws Refusal of wrong ones, TooManyFailures of an address that sent too many, Busy when it cannot be verified for now
   */
  readonly authenticate: (
    credentials: Partial<Authentication>,
    address: string,
    operation: Operation,
  ) => Promise<Caller>;
  /** Bounds what calls with large replies take. */
  readonly bigReplies: BigReplies;
  /** Goes along with each call; default: nothing does. */
  readonly watchCall?: WatchCall | undefined;
  readonly onLine?: OnLine | undefined;
  /** The operation's handler, or undefined where it isn't implemented. */
  readonly findHandler: (operation: Operation) => SoapHandler<Caller> | undefined;
}

/** The answer to a request. */
export interface Answer {
  readonly reply: SoapReply;
  /** Undefined: no call of a known caller. */
  readonly kind: ReplyKind | undefined;
  /**
   * Writes the log's line of it: to be called when the reply has gone out, so that no client waits.
   * @param replyBytes the length of its body, as far as it was written
   * @param failure what kept a reply from being finished that was begun
   */
  readonly log: (replyBytes: number, failure?: unknown) => void;
}

export type Endpoint = (request: SoapRequest) => Promise<Answer>;

/** An endpoint that shows what the log's line will say. */
export type PlainEndpoint = (request: SoapRequest) => Promise<Answer & { readonly line: Line }>;

/** The outcome of a request; the log gets it. */
interface Outcome {
  reply: SoapReply;
  level: 'info' | 'error';
  /** Fields of the log line: of the request's own values only ids, as LATCHKEY_LOG_IDS has them. */
  fields: Record<string, unknown>;
}

/** Builds the function that answers SOAP requests. It never rejects. */
export function createEndpoint<Caller>(endpointOptions: EndpointOptions<Caller>): PlainEndpoint {
  const options = { ...endpointOptions, writeBody: bodyWriter(endpointOptions.codec) };
  return async (request) => {
    const soapId = options.newSoapId();
    const { time } = options;
    const visit = new Visit(time.elapsed(), options.watchCall?.(request));
    const answered = await answer(request, soapId, visit, options);
    const { level, fields } = answered;
    const reply = watched(answered.reply, visit);
    const { kind, waited } = visit;
    const { body } = reply;
    // One that is made while it is written is large, and need not be known better.
    if (kind) options.bigReplies.leave(kind, typeof body === 'string' ? body.length : BIG, waited);
    const ms = time.elapsed() - visit.started;
    const line: Line = { soapId, address: request.address, level, ms, fields };
    return { reply, kind, line, log: logOf(options, visit, { line, reply }) };
  };
}

/** The reply, which goes past whatever goes along with the call. */
function watched(reply: SoapReply, { watch }: Visit): SoapReply {
  const { body } = reply;
  return watch && typeof body === 'function' ? { ...reply, body: watch.aroundPieces(body) } : reply;
}

interface AnswerOptions<Caller> extends EndpointOptions<Caller> {
  readonly writeBody: WriteBody;
}

async function answer<Caller>(
  request: SoapRequest,
  soapId: string,
  visit: Visit,
  options: AnswerOptions<Caller>,
): Promise<Outcome> {
  // Until the envelope is read, what the Content-Type says: a body may be refused unread.
  let soap = announcedVersion(request.contentType);
  try {
    const bytes = await request.readBody();
    visit.requestBytes = bytes.length;
    visit.watch?.onBody(bytes);
    const received = await readEnvelopeInTurns(decodeText(bytes, request.contentType));
    soap = received.soap;
    const { operation, parts } = findOperation(options.contract, received, request.soapAction);
    if (options.validation === 'strict') {
      findProblems(received, operation, options.codec).throwIfAny(operation.version.version);
    }
    const { address } = request;
    visit.spent.read = visit.lap(options.time.elapsed());
    const call = { operation, parts, body: received.body, address, visit };
    return await answerCall(call, soap, soapId, options);
  } catch (error) {
    return await withoutIds(faultOutcome(error, soap, soapId), [], options.logIds);
  }
}

/** A call whose caller is not known yet. */
interface ReceivedCall extends OperationCall {
  /** Where references of the parts lead. */
  readonly body: readonly XmlElement[];
  readonly address: string;
  readonly visit: Visit;
}

async function answerCall<Caller>(
  { operation, parts, body, address, visit }: ReceivedCall,
  soap: SoapVersion,
  soapId: string,
  options: AnswerOptions<Caller>,
): Promise<Outcome> {
  const operationName = `${operation.service}.${operation.name}`;
  const fields: Record<string, unknown> = {
    operation: operationName,
    version: operation.version.version,
  };
  const respond = (output: object, selection: Selection): SoapReply => ({
    status: 200,
    contentType: contentType(soap),
    body: options.writeBody(soap, { operation, output: output as Fields, selection }),
  });
  let given: DecodedObject = {};
  try {
    const received = readAuthentication(operation, { parts, body }, options.codec);
    const { auth } = received;
    if (auth.login !== undefined) fields.login = cut(auth.login);
    if (isOtherVersion(auth.version, operation)) fields.authVersion = auth.version;
    const caller = await options.authenticate(auth, address, operation);
    visit.spent.login = visit.lap(options.time.elapsed());
    const handler = options.findHandler(operation);
    if (!handler) throw new Refusal(501, `${operationName} is not implemented.`);
    const { login = '' } = auth;
    visit.kind = { caller: login, name: `${operationName} ${login}` };
    const place = options.bigReplies.enter(visit.kind);
    if (place) {
      visit.waited = true;
      await place;
      visit.spent.queue = visit.lap(options.time.elapsed());
    }
    const selection = parseSrd(received.srd());
    given = received.input(handler);
    received.letGo();
    const output = await handler({ caller, soapId, input: given, selection, spent: visit.spent });
    fields.returnCode = 200;
    const result = { returnCode: 200, returnString: 'OK', soapId };
    return {
      reply: respond({ return: result, ...output }, selection),
      level: 'info',
      fields,
    };
  } catch (error) {
    const refused = refusedOutcome(error, respond, soapId, fields);
    return withoutIds(refused, options.namedIds(operation.service, given), options.logIds);
  }
}

/**
 * The outcome of a call that its caller or handler refused.
 * @throws SoapFault where it is answered by one
 */
function refusedOutcome(
  error: unknown,
  respond: (output: object, selection: Selection) => SoapReply,
  soapId: string,
  fields: Outcome['fields'],
): Outcome {
  if (error instanceof SoapFault) throw error;
  if (error instanceof TooManyFailures) throw tooManyFailedLogins(error.seconds);
  if (error instanceof Busy) throw tooManyLogins(error.seconds);
  const refusal = error instanceof Refusal ? error : INTERNAL_ERROR;
  const { code: returnCode, message: returnString } = refusal;
  return {
    reply: respond({ return: { returnCode, returnString, soapId } }, 'all'),
    level: error === refusal && returnCode !== 500 ? 'info' : 'error',
    fields: {
      ...fields,
      returnCode,
      returnString,
      ...(error === refusal ? causeOf(refusal) : { err: error }),
    },
  };
}

/** The same, with the ids that the call names as the log may show them, and so in the words of its refusal. */
async function withoutIds(outcome: Outcome, named: NamedIds, logIds: LogIds): Promise<Outcome> {
  const { returnString, faultstring } = outcome.fields as Record<string, string | undefined>;
  const texts = {
    ...(returnString === undefined ? {} : { returnString }),
    ...(faultstring === undefined ? {} : { faultstring }),
  };
  const described = await logIds.describe(named, texts);
  return { ...outcome, fields: { ...outcome.fields, ...described } };
}

const INTERNAL_ERROR = new Refusal(
  500,
  'Internal error; the server log has the cause under this soapId.',
);

function causeOf(refusal: Refusal): { err?: unknown } {
  return refusal.cause === undefined ? {} : { err: refusal.cause };
}

function faultOutcome(error: unknown, expected: SoapVersion, soapId: string): Outcome {
  const fault =
    error instanceof SoapFault ? error : new SoapFault('Server', INTERNAL_ERROR.message);
  const { soap = expected, status, headers } = fault;
  return {
    reply: {
      status,
      headers,
      contentType: contentType(soap),
      body: writeFault(fault, soapId, soap),
    },
    level: error === fault ? 'info' : 'error',
    fields: {
      faultcode: fault.faultcode,
      faultstring: fault.faultstring,
      ...(error === fault ? {} : { err: error }),
    },
  };
}
