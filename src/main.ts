/**
 * Starts the server and stops it.
 * Decided: docs/decisions/connections.md
 */
import type { RequestListener, Server } from 'node:http';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Logger } from 'pino';
import { THROW_AWAY } from './access/password';
import { type App, createApp } from './app';
import { startBackground } from './background/background';
import { catchUp } from './background/catch-up';
import type { Loop } from './background/loop';
import { createDueLoops, createLoops } from './background/loops';
import type { ClockReport } from './base/clock';
import { PACKAGE_ROOT } from './base/package';
import { type Cancel, SYSTEM_TIME } from './base/time';
import type { Surroundings } from './cashbox/call';
import type { Settings } from './config/settings';
import { loadContract } from './contract/contract';
import { DEMO_LOGIN, type DemoAccess, findDemoAccess, loadDemo, withDemoYear } from './demo';
import { createIsBusy } from './call-rate';
import type { Connections } from './connections';
import { createHttpServer } from './http-server';
import { isLoopback, listen } from './listening';
import { createLog } from './log';
import { newId } from './base/new-id';
import { createFormats } from './formats';
import type { Database } from './store/database';
import { findDatabase } from './store/open';
import type { Store } from './store/store';
import type { Simulation } from './simulation/simulation';
import { readProvider } from './oidc';
import { readTls } from './tls';
import { startWatching, type Watched } from './watching';
import { Deliveries, type DeliveriesOptions } from './webhooks/deliveries';
import type { FormatOf } from './webhooks/formats';
import { createTransport } from './webhooks/transport';

/** How long the last lines of the log may wait for their reader, in milliseconds. */
const LOG_TIMEOUT = 1000;

/**
 * Milliseconds that requests wait at most for what time changed while no server ran. Decided: docs/decisions/work.md
 */
const CATCH_UP = 10_000;

/** Milliseconds between two looks at the clock and the memory. */
const WATCH = 1000;

export interface RunningServer {
  /** `http://127.0.0.1:8787`. */
  readonly url: string;
  /** Where the metrics are read; undefined: nowhere. */
  readonly metricsUrl: string | undefined;
  /** Whether there was no database before. */
  readonly madeDatabase: boolean;
  readonly isSimulation: boolean;
  /** Looks up how to try it with the demo merchant, as far as that is there. */
  readonly findDemoAccess: () => Promise<DemoAccess>;
  /** Loads what the first requests would otherwise wait for; wanted once the start is announced. */
  readonly load: () => Promise<void>;
  /** Takes no new request, answers those that have arrived, then closes the database. */
  readonly stop: () => Promise<void>;
}

export interface StartOptions {
  /** Whether an empty database gets the demo merchant and its accounts. */
  readonly demo?: boolean;
  /** The descriptor that log lines go to; default: standard output. */
  readonly logTo?: number;
  /** Called every second, when a large reply begins, and for each piece of one that is made while it is written. */
  readonly watchMemory?: (() => void) | undefined;
}

/**
 * Takes the port, opens the store and answers. The port comes first: a server that can't have it
 * must not leave a database where there was none.
 * @throws SettingError when the certificate or its key cannot be used
 * @throws Error when the database cannot be opened, read and written, or the port is taken
 */
export async function startServer(
  settings: Settings,
  { demo = false, logTo, watchMemory }: StartOptions = {},
): Promise<RunningServer> {
  const { logger, flush } = createLog(settings.logLevel, SYSTEM_TIME, logTo);
  const provider = readProvider(settings);
  const place = findDatabase(settings.database, settings);
  const { name: database } = place;
  place.requireWritable();
  const madeDatabase = place.kept && !place.exists();
  const answer = Promise.withResolvers<RequestListener>();
  const { server, connections } = createHttpServer(settings, readTls(settings), answer.promise);
  const url = await listen(server, settings);
  let watched: Watched | undefined;
  try {
    watched = await startWatching(settings, logger);
    const { watching, metricsUrl, begin, close } = watched;
    const stopping = connections.stopping.signal;
    const options = { demo, stopping, watching, watchMemory, logger, provider };
    const prepared = await prepare(place, settings, options);
    const { simulation, store, app, formatOf, dueLoops } = prepared;
    answer.resolve(app.listener);
    const wake = () => background.wake();
    const sending = { store, logger, formatOf, connections, watching, wake };
    const deliveries = createDeliveries(simulation, sending);
    const loops = createLoops({ ...settings, store, newId }, dueLoops, deliveries);
    const holder = newId();
    const background = startBackground({ loops, holder, time: SYSTEM_TIME, store, logger });
    const unwatch = watch(store, watchMemory);
    begin({ store, leads: () => background.leads() });
    if (madeDatabase) logger.info({ database }, 'there was no database: made one');
    logger.info({ url, database, metrics: metricsUrl }, 'listening');
    const demoAccess = lookForDemo(store, { demo, server, logger });
    let loading: Promise<void> | undefined;
    return {
      url,
      metricsUrl,
      madeDatabase,
      isSimulation: simulation !== undefined,
      findDemoAccess: () => demoAccess,
      load: () => (loading ??= nextTurn().then(app.load)),
      stop: async () => {
        const limit = settings.stopTimeout * 1000;
        await Promise.all([connections.stop(server, limit, SYSTEM_TIME), deliveries.stop(limit)]);
        await loading?.catch(() => undefined);
        unwatch();
        await background.stop();
        await demoAccess.catch(() => undefined);
        await close();
        await store.close();
        logger.info('stopped');
        await flush(LOG_TIMEOUT, SYSTEM_TIME);
      },
    };
  } catch (error) {
    await watched?.close();
    await connections.stop(server, 0, SYSTEM_TIME);
    throw error;
  }
}

/** Finds what demo data there is, and warns of it where it should not be. */
function lookForDemo(store: Store, around: Parameters<typeof warnOfDemo>[1]): Promise<DemoAccess> {
  const access = findDemoAccess(store);
  void access.then(
    (found) => warnOfDemo(found, around),
    () => undefined,
  );
  return access;
}

/** What a server is prepared with, beside its settings. */
interface Preparing extends Pick<Parameters<typeof createApp>[0], 'watchMemory' | 'provider'> {
  readonly watching: Watched['watching'];
  readonly demo: boolean;
  readonly stopping: AbortSignal;
  readonly logger: Logger;
}

/** Opens the store, builds the application on it, and brings the ledger up to date. */
async function prepare(place: Database, settings: Settings, options: Preparing) {
  const { logger, watching } = options;
  const simulation = loadSimulation(settings, logger);
  const { time = SYSTEM_TIME, createDueLoops: createDue = createDueLoops } = simulation ?? {};
  const onClock = (report: ClockReport) => logClock(logger, report);
  const opened = await place.open(time, onClock, settings.simulate, watching.onCommit);
  const store = watching.aroundStore?.(opened) ?? opened;
  const named = { ...settings, database: place.name };
  const { app, formatOf } = await orClose(store, loadApp(named, { ...options, simulation }, store));
  const dueLoops = createDue({ store, timeZone: settings.timeZone });
  await writeDownDue(store, dueLoops, logger);
  return { simulation, store, app, formatOf, dueLoops };
}

/** Closes the store where what it was opened for fails. */
async function orClose<T>(store: Store, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** What sends messages to endpoints. */
function createDeliveries(
  simulation: Simulation | undefined,
  {
    connections,
    watching: { aroundTransport, onSettled },
    ...parts
  }: Pick<DeliveriesOptions, 'store' | 'logger' | 'formatOf' | 'wake'> &
    Pick<Watched, 'watching'> & { readonly connections: Connections },
) {
  const own = createTransport(SYSTEM_TIME);
  const transport = aroundTransport?.(own) ?? own;
  const sending = { time: SYSTEM_TIME, transport, onSettled, ...parts };
  if (simulation) return simulation.createDeliveries(sending);
  return new Deliveries({
    chance: Math.random,
    isBusy: createIsBusy(
      {
        counted: () => connections.taken,
        spent: () => connections.spent,
        active: () => performance.eventLoopUtilization().active,
      },
      SYSTEM_TIME,
    ),
    ...sending,
  });
}

/** What makes the server a simulation; none of it is loaded where it isn't one. */
function loadSimulation({ simulate }: Settings, logger: Logger): Simulation | undefined {
  if (simulate === 'off') return undefined;
  /* eslint-disable @typescript-eslint/no-require-imports -- test frameworks that embed it take no import(). */
  const { createSimulation } =
    require('./simulation/simulation') as typeof import('./simulation/simulation');
  /* eslint-enable @typescript-eslint/no-require-imports */
  logger.warn('this is a simulation: its time and data are made up');
  return createSimulation(SYSTEM_TIME);
}

/** Brings the ledger up to date, as far as requests can wait for it; the background does the rest. */
async function writeDownDue(store: Store, loops: readonly Loop[], logger: Logger): Promise<void> {
  try {
    if (await catchUp(loops, { store, time: SYSTEM_TIME, most: CATCH_UP })) return;
    logger.info('starts and ends of before are still being written down');
  } catch (error) {
    // Calls fail by themselves where they need what has failed here.
    logger.error({ err: error }, 'starts and ends of before could not be written down');
  }
}

/**
 * Warns where credentials that everybody knows are good: without being asked for, or beyond this machine; and where
 * --demo has added nothing.
 */
function warnOfDemo(
  { login, apiKey }: DemoAccess,
  { demo, server, logger }: { demo: boolean; server: Server; logger: Logger },
): void {
  if (login === undefined && apiKey === undefined) {
    if (demo) logger.warn('the database was not empty: --demo has added nothing');
    return;
  }
  const known = { login, apiKey };
  if (!demo) {
    logger.warn(known, 'the database was filled by --demo: everybody knows the demo credentials');
  }
  if (!isLoopback(server)) {
    logger.warn(known, 'whoever reaches this address may use the demo credentials');
  }
}

/** Says loudly when the wall clock jumps. */
function logClock(logger: Logger, { event, ahead }: ClockReport): void {
  const seconds = ahead / 1000;
  const texts = {
    parted:
      'the clock of this machine jumped: time goes on without it until it is back or has stayed so',
    met: 'the clock of this machine is back',
    believed: 'the clock of this machine has stayed as it is: time follows it',
  };
  logger[event === 'met' ? 'info' : 'error']({ clockAheadSeconds: seconds }, texts[event]);
}

/** Looks at both now and then. Jumps of the wall clock are noticed while nobody calls, too. */
function watch(store: Store, watchMemory: StartOptions['watchMemory']): Cancel {
  return SYSTEM_TIME.every(WATCH, () => {
    store.now();
    watchMemory?.();
  });
}

/** The application on an open store, filled with the demo data where that is wanted, and the formats of messages. */
async function loadApp(
  settings: Settings,
  { demo, ...options }: Preparing & { readonly simulation: Simulation | undefined },
  store: Store,
): Promise<{ readonly app: App; readonly formatOf: FormatOf }> {
  const { timeZone } = settings;
  const { simulation, logger } = options;
  const surroundings: Surroundings = { store, newId, timeZone };
  const demoFile = join(PACKAGE_ROOT, 'fixtures', 'demo.json');
  // The demo password is hashed on another thread while this one reads the contract.
  const [contract, demoLoaded] = await Promise.all([
    nextTurn().then(() => loadContract(join(PACKAGE_ROOT, 'wsdl'))),
    demo && loadDemo(demoFile, surroundings, simulation && THROW_AWAY),
  ]);
  if (demoLoaded) {
    await simulation?.keepAsSeed(store, DEMO_LOGIN);
    logger.info({ database: settings.database }, 'the database was empty: demo data loaded');
  }
  const formatOf = createFormats(contract, settings);
  const own = createApp({ contract, settings, time: SYSTEM_TIME, ...options, ...surroundings });
  const app = demoLoaded && !simulation ? withDemoYear(own, surroundings, logger) : own;
  return { app, formatOf };
}
