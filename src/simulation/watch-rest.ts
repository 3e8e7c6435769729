/** The path of a REST call in a simulation: taken down, and struck by faults before or after it is carried out. */
import { cut } from '../base/quote';
import { ApiError, errorOf } from '../rest/api-error';
import type { PlainAnswer } from '../rest/route';
import type { RefusedCall } from '../rest/refused-call';
import { hideSecrets } from '../rest/secrets';
import { breakConnection, dribble, type WholeReply } from './broken-reply';
import { DEMO } from './demo';
import { currentExchange, dateReply, type Exchange } from './exchange';
import { lengthOf, type Ordered, pause } from './faults';
import type { Journal, JournalEntry } from './journal';
import { returnOf } from './named-strings';
import type { Watching } from './watching';

/** A call as far as it is watched. */
export interface WatchedCall {
  readonly route: { readonly name: string };
  readonly caller: { readonly merchant: { readonly login: string } };
  readonly callId: string;
  /** Its checked parts. */
  readonly input: unknown;
}

/** Carries calls out. */
export type CarryOut<Call> = (call: Call) => Promise<PlainAnswer>;

/** An answer that never comes: the connection was broken in its place. */
const NEVER = new Promise<never>(() => undefined);

/** The same way to carry calls out, watched. */
export function watchRest<Call extends WatchedCall>(
  carryOut: CarryOut<Call>,
  tools: Watching,
): CarryOut<Call> {
  return async (call) => {
    const merchant = await tools.store.findMerchant(call.caller.merchant.login);
    if (!merchant) return carryOut(call);
    const visit = await begin(call, merchant.id, tools);
    try {
      const answer = await struck(() => carryOut(call), visit, tools);
      dateReply(visit.exchange, tools.clocks.now(merchant.id));
      takeDown(visit, answer);
      return answer;
    } catch (error) {
      const refused = errorOf(error);
      dateReply(visit.exchange, tools.clocks.now(merchant.id));
      takeDown(visit, { status: refused.statusCode, body: refused.toBody() });
      throw error;
    }
  };
}

/** A call that was taken down. */
interface Visit {
  readonly exchange: Exchange;
  readonly journal: Journal;
  readonly entry: JournalEntry;
  readonly ordered: Ordered | undefined;
}

async function begin(
  { route, callId, input }: WatchedCall,
  merchantId: number,
  { worlds, clocks, store, time }: Watching,
): Promise<Visit> {
  const world = worlds.of(merchantId);
  await world.whole();
  const { journal, faults } = world;
  const { params, query, body } = input as Readonly<Record<string, unknown>>;
  const call = matched(route.name, [params, query, body]);
  const ordered = faults.strike(call, time.elapsed());
  const after = await store.reader(merchantId).events.last();
  const now = { at: clocks.now(merchantId), received: clocks.systemNow() };
  const rest = { problems: [], after, fault: ordered?.fault };
  const entry: JournalEntry = { ...call, id: callId, number: journal.next, ...now, ...rest };
  journal.add(entry);
  return { exchange: currentExchange(), journal, entry, ordered };
}

/** A call as it is matched, without secrets. @param parts path, query and body */
function matched(operation: string, parts: readonly unknown[]) {
  const objects = parts.filter((part) => typeof part === 'object' && !Array.isArray(part));
  const fields = JSON.parse(JSON.stringify(Object.assign({}, ...objects), hideSecrets)) as unknown;
  return { api: 'rest' as const, operation, fields };
}

/**
 * Takes down calls that are refused before they are carried out: in the journal of their key's merchant, or of the demo
 * merchant where the key is none. No fault strikes them.
 */
export function watchRefused(tools: Watching): (refused: RefusedCall) => Promise<void> {
  const { store, clocks, worlds } = tools;
  return async ({ route, caller, callId, parts, error }) => {
    const merchant = await store.findMerchant(caller?.merchant.login ?? DEMO);
    if (!merchant) return;
    const { journal } = worlds.of(merchant.id);
    const after = await store.reader(merchant.id).events.last();
    const now = { at: clocks.now(merchant.id), received: clocks.systemNow() };
    const call = { ...matched(route.name, parts), id: callId, number: journal.next };
    const entry: JournalEntry = { ...call, ...now, problems: [], after };
    journal.add(entry);
    dateReply(currentExchange(), now.at);
    takeDown({ journal, entry }, { status: error.statusCode, body: error.toBody() });
  };
}

async function struck(
  carryOut: () => Promise<PlainAnswer>,
  { ordered, exchange }: Visit,
  { time }: Watching,
): Promise<PlainAnswer> {
  if (!ordered) return carryOut();
  const { fault, when, random } = ordered;
  const { response } = exchange;
  const error = orderedError(fault);
  const { fault: kind, delay } = fault;
  const isOnlyDelay = !error && kind === undefined;
  if (when === 'before') await pause(lengthOf(delay, random), response, time);
  const real = when === 'after' || isOnlyDelay ? await carryOut() : undefined;
  if (when === 'after') await pause(lengthOf(delay, random), response, time);
  if (error) throw error;
  if (typeof kind === 'string') {
    breakConnection(kind, exchange, { reply: real && wholeOf(real), random });
    return NEVER;
  }
  if (!real) throw new Error('a fault without an effect');
  if (typeof delay !== 'object' || delay.type !== 'dribble') return real;
  await dribble(exchange, wholeOf(real), delay, time);
  return NEVER;
}

/** The error that a fault orders; a SOAP Fault is a 500 here. */
function orderedError(fault: Ordered['fault']): ApiError | undefined {
  const { status, fault: kind } = fault;
  if (status !== undefined) return new ApiError(status, 'The simulation has ordered it.');
  if (typeof kind === 'object') return new ApiError(500, kind.faultstring);
  const given = returnOf(fault);
  return given && new ApiError(given.returnCode, given.returnString);
}

function wholeOf({ status, body }: PlainAnswer): WholeReply {
  const text = body === undefined ? '' : JSON.stringify(body);
  return { status, contentType: 'application/json; charset=utf-8', body: text };
}

/** An answer in pieces is not kept. */
function takeDown(
  { journal, entry }: Pick<Visit, 'journal' | 'entry'>,
  { status, body }: Pick<PlainAnswer, 'status' | 'body'>,
) {
  const shown = body === undefined ? '' : JSON.stringify(body, hideSecrets);
  entry.returnCode = status;
  const { message } = (body ?? {}) as { readonly message?: unknown };
  if (status >= 400 && typeof message === 'string') entry.returnString = cut(message);
  journal.answer(entry, status, shown);
}
