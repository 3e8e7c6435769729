/** The parts that the application is wired from. */
import type { Logger } from 'pino';
import { createAddressOf } from './access/client-address';
import { createFailedLogins } from './access/failed-logins';
import type { Provider } from './access/oidc';
import { createSessions } from './access/sessions';
import { createVerification } from './access/verification';
import { finishingLeftOver } from './batches/left-over';
import { createLogIds } from './base/log-ids';
import type { Time } from './base/time';
import type { Surroundings } from './cashbox/call';
import type { Settings } from './config/settings';
import { createCalls, recordCalls } from './console/record-calls';
import { createFormats } from './formats';
import { withDueBefore } from './ledger/due-before-calls';
import type { Contract } from './contract/contract';
import { together, type Watching } from './metrics/watching';
import type { Simulation } from './simulation/simulation';
import { BigReplies } from './base/big-replies';
import { ComingBodies } from './base/coming-bodies';
import type { EndpointOptions } from './soap/endpoint';
import type { ConnectionSettings } from './store/database';
import type { Merchant } from './store/store';

/** The parts that come from outside. */
export interface AppOptions extends Surroundings {
  readonly contract: Contract;
  readonly settings: Pick<
    Settings,
    | 'timeZone'
    | 'publicUrl'
    | 'maxBody'
    | 'replyTimeout'
    | 'xsiTypes'
    | 'validation'
    | 'maxFailedLogins'
    | 'trustedProxies'
    | 'logIds'
    | 'slowCall'
    | 'webhookPrivate'
    | 'pushSoapVersion'
    | 'console'
    | 'calls'
    | 'database'
    | keyof ConnectionSettings
  >;
  readonly logger: Logger;
  /** Whose users sign in to the console; undefined: passwords alone do. */
  readonly provider?: Provider | undefined;
  /** Undefined: the server is no simulation. */
  readonly simulation?: Simulation | undefined;
  /** Aborted when the server is to end: what waits for something to happen ends, too. */
  readonly stopping?: AbortSignal;
  /** Called when a large request is worked on or a large reply begins, and for each piece of one that is made while it is written. */
  readonly watchMemory?: (() => void) | undefined;
  /** What goes along with calls; default: nothing does. */
  readonly watching?: Watching | undefined;
  /** Dates nothing: changes of data happen at the moment of their unit. */
  readonly time: Time;
}

/** Those, and what all surfaces share: one count of failed logins, one way to an address. */
export interface Parts extends AppOptions, ReturnType<typeof createShared> {}

/** The parts of SOAP. */
export type SoapParts = Pick<EndpointOptions<Merchant>, 'codec' | 'findHandler'>;

/** Adds what is shared. */
export function createParts(options: AppOptions): Parts {
  const shared = createShared(options);
  const { calls } = shared;
  const { watching = {}, time, timeZone } = options;
  const watchingCalls = calls ? together(watching, recordCalls(calls, time)) : watching;
  const store = withDueBefore(finishingLeftOver(options.store), timeZone);
  return { ...options, ...shared, store, watching: watchingCalls };
}

function createShared(options: AppOptions) {
  const { contract, settings, time, store, logger, simulation, watchMemory } = options;
  const failedLogins = createFailedLogins(settings.maxFailedLogins, time);
  const verify = createVerification(failedLogins);
  return {
    formatOf: createFormats(contract, settings),
    slowCall: settings.slowCall,
    logIds: createLogIds(settings.logIds, () => store.findSecret('log')),
    maxBody: settings.maxBody,
    replyTimeout: settings.replyTimeout,
    // Receivers of a test are on its own machine.
    webhookPrivate: settings.webhookPrivate || simulation !== undefined,
    bigReplies: new BigReplies(watchMemory),
    comingBodies: new ComingBodies(settings.maxBody, time, watchMemory),
    addressOf: createAddressOf(settings.trustedProxies),
    failedLogins,
    verify,
    calls: settings.console ? createCalls(settings.calls) : undefined,
    sessions: settings.console
      ? createSessions({ store, logger, failedLogins, verify })
      : undefined,
  };
}
