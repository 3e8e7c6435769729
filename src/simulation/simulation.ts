/**
 * A server as a counterpart that tests steer: nothing of this folder is loaded without --simulate.
 * Decided: docs/decisions/simulation.md
 */
import type { RequestListener } from 'node:http';
import type { RequestHandler } from 'express';
import type { Loop } from '../background/loop';
import type { Time } from '../base/time';
import type { RefusedCall } from '../rest/refused-call';
import type { Endpoint } from '../soap/endpoint';
import type { Store } from '../store/store';
import { Clocks, simulatedTime } from './clocks';
import { createDueLoop, type DueTools } from './due';
import { inExchanges } from './exchange';
import type { ControlOptions } from './surface';
import { Post, type PostTools } from './post';
import type { CarryOut, WatchedCall } from './watch-rest';
import { type SoapWatching, watchSoap } from './watch-soap';
import type { Watching } from './watching';
import { take } from './state';
import { Worlds } from './worlds';

/** The server's parts that the control is built from. */
export interface ControlParts extends Omit<ControlOptions, keyof OwnParts> {
  readonly settings: { readonly publicUrl: string | undefined };
}

/** Those that the simulation adds. */
type OwnParts = Pick<ControlOptions, 'clocks' | 'worlds' | 'post' | 'publicUrl'>;

/** Without what the simulation adds. */
type Unwatched<T extends Watching> = Omit<T, 'clocks' | 'worlds'>;

/** What a simulation changes of a server. */
export interface Simulation {
  /** What the store is opened with. */
  readonly time: Time;
  /** The loops that write down what time alone has changed, in place of the usual ones. */
  readonly createDueLoops: (tools: Omit<DueTools, 'clocks'>) => Loop[];
  /** What sends messages to endpoints, in place of the usual; to be made before the control. */
  readonly createDeliveries: (tools: PostTools) => Post;
  /** The control of it. */
  readonly createControl: (parts: ControlParts) => RequestHandler;
  /** The endpoint of SOAP, watched and struck by faults. */
  readonly watchSoap: (endpoint: Endpoint, tools: Unwatched<SoapWatching>) => Endpoint;
  /** The way to carry out calls of REST, the same. */
  readonly watchRest: <Call extends WatchedCall>(
    carryOut: CarryOut<Call>,
    tools: Unwatched<Watching>,
  ) => CarryOut<Call>;
  /** Takes down those that are refused before. */
  readonly watchRefused: (tools: Unwatched<Watching>) => (refused: RefusedCall) => Promise<void>;
  /** The listener of the server, around all that is served. */
  readonly around: (listener: RequestListener) => RequestListener;
  /** Keeps a merchant's data as they are for resets. */
  readonly keepAsSeed: (store: Store, login: string) => Promise<void>;
}

/** @param time the system's */
export function createSimulation(time: Time): Simulation {
  const clocks = new Clocks(time);
  const worlds = new Worlds();
  let post: Post | undefined;
  return {
    time: simulatedTime(time, clocks),
    createControl: ({ settings: { publicUrl }, ...parts }) =>
      loadControl().createControl({ ...parts, clocks, worlds, post, publicUrl }),
    createDeliveries: (tools) => (post = new Post(tools)),
    createDueLoops: (tools) => [createDueLoop({ ...tools, clocks })],
    watchSoap: (endpoint, tools) => watchSoap(endpoint, { ...tools, clocks, worlds }),
    watchRest: (carryOut, tools) =>
      loadRestWatch().watchRest(carryOut, { ...tools, clocks, worlds }),
    watchRefused: (tools) => loadRestWatch().watchRefused({ ...tools, clocks, worlds }),
    around: inExchanges,
    keepAsSeed: async (store, login) => {
      const merchant = await store.findMerchant(login);
      if (merchant) worlds.of(merchant.id).seed = await take({ store, clocks }, merchant.id);
    },
  };
}

/* eslint-disable @typescript-eslint/no-require-imports -- Their schemas take long to load: with the other surfaces, after the start. */
const loadControl = () => require('./surface') as typeof import('./surface');
const loadRestWatch = () => require('./watch-rest') as typeof import('./watch-rest');
/* eslint-enable @typescript-eslint/no-require-imports */
