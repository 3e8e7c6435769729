/** The context of the handlers of /v1, and how a call gets it. */
import type { Caller } from '../access/authenticate-key';
import { Refusal } from '../base/refusal';
import { whenUpToDate } from '../ledger/up-to-date';
import type { Time } from '../base/time';
import type { WorkTools } from '../base/work';
import type { CheckedCall } from '../rest/serve';
import { type PlainAnswer, type RestCall, type Route, routesOf } from '../rest/route';
import {
  type Merchant,
  type Reader,
  type Store,
  StoreError,
  type UnitOfWork,
} from '../store/store';
import { TimedStore } from '../store/timed-store';
import type { Work } from '../base/work';

/** Whose data a call is about, and the call as the rules see it. */
export interface ApiContext<Unit extends Reader> {
  readonly merchant: Merchant;
  readonly work: Work;
  /** The merchant's data: all that the call changes is kept together, or nothing where it throws. */
  readonly unit: Unit;
}

/** A call that reads has no unit of work, and so cannot change anything. */
export interface ReadContext extends ApiContext<Reader> {
  /** Lists lines of the ledger: all that time changed until then was written down before. */
  readonly whenUpToDate: <T>(list: (reader: Reader) => Promise<T>) => Promise<T>;
}

export interface ApiContexts {
  readonly read: ReadContext;
  readonly write: ApiContext<UnitOfWork>;
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
}

/** Has a route's handler carry out a call; one that changes something as one unit of work. */
export async function carryOut(
  { store: all, newId, timeZone, time }: ApiTools,
  { route, caller, callId, input, spent }: CheckedCall<ApiContexts, Caller>,
): Promise<PlainAnswer> {
  const { merchant, name: actor } = caller;
  const store = new TimedStore(all, spent, time);
  const handle = (unit: Reader) => {
    const work = { actor, callId, now: unit.now(), timeZone, newId };
    const listing: ReadContext['whenUpToDate'] = (list) => whenUpToDate(store, merchant.id, list);
    return route.handle({ merchant, work, unit, whenUpToDate: listing, input });
  };
  try {
    return await (route.access === 'read'
      ? handle(store.reader(merchant.id))
      : store.transact(merchant.id, handle));
  } catch (error) {
    throw error instanceof StoreError && error.kind === 'unavailable'
      ? new Refusal(503, `The store failed: ${error.description}.`, { cause: error })
      : error;
  }
}
