/**
 * Wires SOAP calls, and loads everything beside them later, so that a server listens sooner: the
 * packages for HTTP and REST take longer to load than all of the rest.
 * Decided: docs/decisions/start.md
 */
import type { RequestListener } from 'node:http';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { createAuthenticate } from './access/authenticate';
import { ABSENT_VALUES, IGNORED_TYPES } from './cashbox/ignored-types';
import { createLogIn } from './cashbox/log-in';
import { namedIds } from './cashbox/named-ids';
import { bindOperations, OPERATIONS } from './cashbox/operations';
import { type AppOptions, createParts, type Parts, type SoapParts } from './parts';
import { createDateTimeFormat } from './soap/date-time';
import { createEndpoint, type PlainEndpoint } from './soap/endpoint';
import { listenForSoap } from './soap/listener';
import { whenReady } from './when-ready';

/** The application. */
export interface App {
  /** Answers SOAP calls at once, other requests when their surfaces are loaded. */
  readonly listener: RequestListener;
  /**
   * Loads what the first requests would otherwise wait for. Takes several turns: a call that comes
   * meanwhile waits for one of them.
   */
  readonly load: () => Promise<void>;
}

/** Builds the HTTP application. */
export function createApp(options: AppOptions): App {
  const parts = createParts(options);
  const soap = createSoapParts(parts);
  let loading: Promise<RequestListener> | undefined;
  const surfaces = () => (loading ??= loadSurfaces({ ...parts, ...soap }));
  const { simulation } = options;
  const { aroundEndpoint = (own: PlainEndpoint) => own } = parts.watching ?? {};
  const own = aroundEndpoint(createSoapEndpoint({ ...parts, ...soap }));
  const endpoint = simulation ? simulation.watchSoap(own, { ...parts, ...soap }) : own;
  const listener = listenForSoap({ endpoint, ...parts }, whenReady(surfaces));
  return {
    listener: simulation ? simulation.around(listener) : listener,
    load: async () => {
      await surfaces();
      for (const name of Object.keys(OPERATIONS)) {
        await nextTurn();
        options.contract.newest.services.get(name);
      }
    },
  };
}

/* eslint-disable @typescript-eslint/no-require-imports -- import() would load Node's ES module loader, too. */
async function loadSurfaces(parts: Parts & SoapParts): Promise<RequestListener> {
  // The two large packages first, each in a turn of its own.
  require('express');
  await nextTurn();
  require('zod');
  await nextTurn();
  const { createSurfaces } = require('./surfaces') as typeof import('./surfaces');
  return createSurfaces(parts);
}
/* eslint-enable @typescript-eslint/no-require-imports */

/** How messages are read and written, and what carries operations out. */
function createSoapParts({ settings, store, newId }: Parts): SoapParts {
  const { timeZone, xsiTypes } = settings;
  return {
    codec: {
      dateTime: createDateTimeFormat(timeZone),
      ignoredTypes: IGNORED_TYPES,
      absentValues: ABSENT_VALUES,
      xsiTypes,
    },
    findHandler: bindOperations({ store, newId, timeZone }),
  };
}

/** SOAP, with the operations of CashBox. */
function createSoapEndpoint(parts: Parts & SoapParts) {
  const { contract, codec, settings, logger, store, newId, failedLogins, bigReplies, time } = parts;
  const { onFailedLogin, watchCall, onLine } = parts.watching ?? {};
  const authenticate = createAuthenticate(store, failedLogins, parts.verify);
  return createEndpoint({
    contract,
    codec,
    validation: settings.validation,
    bigReplies,
    logger,
    logIds: parts.logIds,
    namedIds,
    slowCall: settings.slowCall,
    time,
    watchCall,
    onLine,
    newSoapId: newId,
    authenticate: createLogIn(authenticate, onFailedLogin),
    findHandler: parts.findHandler,
  });
}
