/** The path of a SOAP call in a simulation: taken down, struck by faults, and answered by the endpoint in between. */
import { STATUS_CODES } from 'node:http';
import type { WriteReply } from '../base/reply-reader';
import type { Answer, Endpoint } from '../soap/endpoint';
import type { SoapReply } from '../soap/exchange';
import type { EncodeOptions } from '../soap/encode';
import type { DecodeOptions } from '../soap/decode';
import { SoapFault, writeFault } from '../soap/fault';
import { bodyWriter, type WriteBody } from '../soap/reply-body';
import { contentType } from '../soap/write-envelope';
import { breakConnection, dribble } from './broken-reply';
import { currentExchange, dateReply, type Exchange } from './exchange';
import { lengthOf, type Ordered, pause } from './faults';
import type { Journal, JournalEntry } from './journal';
import { kept } from './journal';
import { returnOf } from './named-strings';
import { type SeeingTools, type SeenCall, seeCall } from '../soap/see-call';
import type { Watching } from './watching';

/** The parts that this needs. */
export interface SoapWatching extends Watching, SeeingTools {
  readonly codec: DecodeOptions & EncodeOptions;
}

/** An answer that never comes: the connection was broken in its place. */
const NEVER = new Promise<never>(() => undefined);

/** The same endpoint, watched. */
export function watchSoap(endpoint: Endpoint, tools: SoapWatching): Endpoint {
  const writeBody = bodyWriter(tools.codec);
  return async (request) => {
    let bytes: Buffer;
    try {
      bytes = await request.readBody();
    } catch (error) {
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- as it was thrown
      return endpoint({ ...request, readBody: () => Promise.reject(error) });
    }
    const read = { ...request, readBody: () => Promise.resolve(bytes) };
    const seen = await seeCall(bytes, request, tools);
    const merchant = seen && (await tools.store.findMerchant(seen.login));
    if (!seen || !merchant) return endpoint(read);
    const visit = await begin(seen, merchant.id, tools);
    return answer(() => endpoint(read), visit, { ...tools, writeBody });
  };
}

/** A call that was taken down. */
interface Visit {
  readonly seen: SeenCall;
  readonly merchantId: number;
  readonly exchange: Exchange;
  readonly journal: Journal;
  readonly entry: JournalEntry;
  readonly ordered: Ordered | undefined;
}

async function begin(seen: SeenCall, merchantId: number, tools: SoapWatching): Promise<Visit> {
  const { worlds, clocks, store, time } = tools;
  const world = worlds.of(merchantId);
  await world.whole();
  const { journal, faults } = world;
  const { operation, fields, raw, problems } = seen;
  const call = {
    api: 'soap' as const,
    operation: `${operation.service}.${operation.name}`,
    fields,
  };
  const ordered = faults.strike(call, time.elapsed());
  const after = await store.reader(merchantId).events.last();
  const entry: JournalEntry = {
    ...call,
    // Until the reply says which.
    id: '',
    number: journal.next,
    at: clocks.now(merchantId),
    received: clocks.systemNow(),
    version: operation.version.version,
    raw: raw === undefined ? undefined : kept(raw),
    problems,
    after,
    fault: ordered?.fault,
  };
  journal.add(entry);
  return { seen, merchantId, exchange: currentExchange(), journal, entry, ordered };
}

async function answer(
  carryOut: () => Promise<Answer>,
  visit: Visit,
  tools: SoapWatching & { readonly writeBody: WriteBody },
): Promise<Answer> {
  const { ordered, exchange, merchantId } = visit;
  const { clocks, time } = tools;
  const show = (given: Answer) => {
    dateReply(exchange, clocks.now(merchantId));
    return takeDown(given, visit);
  };
  if (!ordered) return show(await carryOut());
  const { fault, when, random } = ordered;
  const { returnCode, returnString, status, fault: kind } = fault;
  const isOnlyDelay = [returnCode, returnString, status, kind].every((one) => one === undefined);
  const isCarriedOut = when === 'after' || isOnlyDelay;
  if (when === 'before') await pause(lengthOf(fault.delay, random), exchange.response, time);
  const real = isCarriedOut ? await carryOut() : undefined;
  if (when === 'after') await pause(lengthOf(fault.delay, random), exchange.response, time);
  return strike(real, visit, { ...tools, show, ordered });
}

/** What a fault makes of an answer. @param real undefined: the call was not carried out */
async function strike(
  real: Answer | undefined,
  visit: Visit,
  tools: SoapWatching & {
    readonly writeBody: WriteBody;
    readonly ordered: Ordered;
    readonly show: (answer: Answer) => Answer;
  },
): Promise<Answer> {
  const { exchange, entry, seen } = visit;
  const { fault, random } = tools.ordered;
  const text = real && (await textOf(real.reply));
  const soapId = /<soapId[^>]*>(\w+)</.exec(text ?? '')?.[1] ?? tools.newId();
  entry.id = soapId;
  const log = real?.log ?? (() => tools.logger.info({ soapId, fault }, 'struck by a fault'));
  const reply = orderedReply(tools.ordered, soapId, seen, tools.writeBody);
  if (reply) return tools.show({ reply, kind: undefined, log });
  const whole = real && { ...real.reply, body: text ?? '' };
  if (typeof fault.fault === 'string') {
    breakConnection(fault.fault, exchange, { reply: whole, random });
    log(0);
    return NEVER;
  }
  if (!whole || typeof fault.delay !== 'object' || fault.delay.type !== 'dribble') {
    if (!real || !whole) throw new Error('a fault without an effect');
    return tools.show({ ...real, reply: whole });
  }
  takeDown({ reply: whole, kind: undefined, log }, visit);
  await dribble(exchange, whole, fault.delay, tools.time);
  log(Buffer.byteLength(whole.body));
  return NEVER;
}

/** The reply that a fault gives in place of the call's own; undefined: it gives none. */
function orderedReply(
  { fault }: Ordered,
  soapId: string,
  { soap, operation }: SeenCall,
  writeBody: WriteBody,
): SoapReply | undefined {
  const { status, fault: kind } = fault;
  const type = contentType(soap);
  if (status !== undefined) {
    const body = `${STATUS_CODES[status] ?? status}\n`;
    return { status, contentType: 'text/plain; charset=utf-8', body };
  }
  if (typeof kind === 'object') {
    const given = new SoapFault(kind.faultcode ?? 'Server', kind.faultstring);
    return { status: 500, contentType: type, body: writeFault(given, soapId, soap) };
  }
  const given = returnOf(fault);
  if (!given) return undefined;
  const output = { return: { ...given, soapId } };
  return {
    status: 200,
    contentType: type,
    body: writeBody(soap, { operation, output, selection: 'all' }),
  };
}

/** Has the journal get what an answer says, as it is written. */
function takeDown(given: Answer, { journal, entry }: Visit): Answer {
  const { reply } = given;
  const note = (text: string) => {
    entry.id = /<soapId[^>]*>(\w+)</.exec(text)?.[1] ?? entry.id;
    const code = /<returnCode[^>]*>(\d+)</.exec(text)?.[1];
    entry.returnCode = code === undefined ? undefined : Number(code);
    entry.returnString = unescape(/<returnString[^>]*>([^<]*)</.exec(text)?.[1]);
    journal.answer(entry, reply.status, text);
  };
  if (typeof reply.body === 'string') {
    note(reply.body);
    return given;
  }
  const make = reply.body;
  const body: WriteReply = async (write) => {
    let text = '';
    await make((piece) => {
      // What the journal keeps is in the first pieces.
      if (text.length < 2 ** 17) text += piece;
      return write(piece);
    });
    note(text);
  };
  return { ...given, reply: { ...reply, body } };
}

/** The encoder writes these three. */
function unescape(text: string | undefined): string | undefined {
  return text?.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** The text of a reply, also of one that is made while it is written. */
async function textOf({ body }: SoapReply): Promise<string> {
  if (typeof body === 'string') return body;
  let text = '';
  await body((piece) => {
    text += piece;
    return Promise.resolve();
  });
  return text;
}
