/** The context of the handlers of /v1, and how a call gets it. */
import type { Caller } from '../access/authenticate-key';
import { Refusal } from '../base/refusal';
import { whenUpToDate } from '../ledger/up-to-date';
import type { Time } from '../base/time';
import type { WorkTools } from '../base/work';
import type { Lines } from '../rest/lines';
import type { CheckedCall } from '../rest/serve';
import { type PlainAnswer, type RestCall, type Route, routesOf } from '../rest/route';
import {
  type Merchant,
  type Reader,
  type Store,
  StoreError,
  type UnitOfWork,
} from '../store/store';
import type { Waiting } from './waiting';
import { type CallStore, TimedStore } from '../store/timed-store';
import type { Work } from '../base/work';
import type { FormatOf } from '../webhooks/formats';

/** Whose data a call is about, and the call as the rules see it. */
export interface ApiContext<Unit extends Reader> {
  readonly merchant: Merchant;
  readonly work: Work;
  /** The merchant's data: all that the call changes is kept together, or nothing where it throws. */
  readonly unit: Unit;
  /** Whether a webhook may lead to a private address. */
  readonly webhookPrivate: boolean;
  /** Finds the format of an endpoint's messages. */
  readonly formatOf: FormatOf;
}

/** A batch: each part of it is a unit of work of its own, and is kept whatever becomes of the next. */
export interface BatchContext {
  readonly lines: Lines;
  /** Look-ups in the merchant's data, and the moment and circumstances of each. */
  readonly look: <T>(work: (reader: Reader, work: Work) => Promise<T>) => Promise<T>;
  /** The same as a unit of work: all that it changes is kept together, or nothing where it throws. */
  readonly change: <T>(work: (unit: UnitOfWork, work: Work) => Promise<T>) => Promise<T>;
}

/** A call whose parts are units of work of their own. */
export interface PartsContext {
  readonly merchant: Merchant;
  readonly store: CallStore;
  /** The call as the rules see it, at the moment of a look-up or unit of work. */
  readonly workOf: (reader: Reader) => Work;
}

/** A call that reads has no unit of work, and so cannot change anything. */
export interface ReadContext extends ApiContext<Reader> {
  /** Lists lines of the ledger: all that time changed until then was written down before. */
  readonly whenUpToDate: <T>(list: (reader: Reader) => Promise<T>) => Promise<T>;
  /** Aborted once the client is gone or the server stops: what goes on until then is to end. */
  readonly ended: AbortSignal;
  /** Whether the client is gone: a long look-up is then left. */
  readonly isGone: () => boolean;
  /** To be awaited before many rows are read that are all in the answer. */
  readonly enterList: () => Promise<void>;
  /** Counts the call among those that wait. @throws ApiError 429 when these are too many */
  readonly waits: <T>(work: AsyncIterable<T>) => AsyncIterable<T>;
  /** Waits until something has happened, or milliseconds are over. @returns whether it has */
  readonly waitUntil: (happened: () => Promise<boolean>, limit: number) => Promise<boolean>;
}

/** The contexts, by what a call does. */
export interface ApiContexts {
  readonly read: ReadContext;
  readonly write: ApiContext<UnitOfWork>;
  readonly parts: PartsContext;
  readonly batch: BatchContext;
}

/** A call that changes something. */
export type ChangingCall<Input> = RestCall<ApiContexts['write'], Input>;

/** A route under /v1. */
export type ApiRoute = Route<ApiContexts>;

export const defineRoute = routesOf<ApiContexts>();

/** The parts needed to carry calls out. */
export interface ApiTools extends WorkTools {
  readonly store: Store;
  /** Measures calls. */
  readonly time: Pick<Time, 'elapsed'>;
  /** The calls that wait. */
  readonly waiting: Waiting;
  /** Whether webhooks may lead to private addresses. */
  readonly webhookPrivate: boolean;
  /** Finds the format of an endpoint's messages. */
  readonly formatOf: FormatOf;
}

/** Has a route's handler carry out a call; one that changes something as one unit of work, unless it has parts. */
export async function carryOut(
  { store: all, newId, timeZone, time, waiting, webhookPrivate, formatOf }: ApiTools,
  {
    route,
    caller,
    callId,
    input,
    spent,
    lines,
    ended,
    isGone,
    enterList,
  }: CheckedCall<ApiContexts, Caller>,
): Promise<PlainAnswer> {
  const { merchant, name: actor } = caller;
  const store = new TimedStore(all, spent);
  const workOf = (reader: Reader) => ({ actor, callId, now: reader.now(), timeZone, newId });
  const handle = (unit: Reader) => {
    const listing: ReadContext['whenUpToDate'] = (list) =>
      whenUpToDate({ store, timeZone }, merchant.id, list);
    return route.handle({
      merchant,
      work: workOf(unit),
      unit,
      webhookPrivate,
      formatOf,
      whenUpToDate: listing,
      isGone,
      enterList,
      get ended() {
        return ended();
      },
      waits: (pieces) => waiting.among({ merchantId: merchant.id, name: actor }, pieces),
      waitUntil: async (happened, limit) => {
        const from = time.elapsed();
        const has = await waiting.until(happened, limit, ended());
        spent.waited += time.elapsed() - from;
        return has;
      },
      input,
    });
  };
  const look: BatchContext['look'] = (act) => {
    const reader = store.reader(merchant.id);
    return act(reader, workOf(reader));
  };
  const change: BatchContext['change'] = (act) =>
    store.transact(merchant.id, (unit) => act(unit, workOf(unit)));
  try {
    if (route.access === 'batch') return await route.handle({ lines, look, change, input });
    if (route.access === 'parts') return await route.handle({ merchant, store, workOf, input });
    return await (route.access === 'read'
      ? handle(store.reader(merchant.id))
      : store.transact(merchant.id, handle));
  } catch (error) {
    throw toRefusal(error);
  }
}

/** A refusal in place of an error that says that the store cannot work just now; others as they are. */
export function toRefusal(error: unknown): unknown {
  return error instanceof StoreError && error.kind === 'unavailable'
    ? new Refusal(503, `The store failed: ${error.description}.`, { cause: error })
    : error;
}
